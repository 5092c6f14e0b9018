import PQueue from 'p-queue';

/** How many requests run at once where nobody says how many. */
const usual = { all: 32, large: 4 };

/** In bytes: what is larger fills a line by itself, what is smaller waits for answers most of its time. */
const leastLarge = 1024 * 1024;

/**
 * The order in which a place is asked and sent to. Few large uploads run at once, so that each ends soon; questions and small
 * ones go beside them, many at once, as all that they cost is the way there and back. `most` bounds all of that together.
 */
export class Lanes {
  /** How many run at once. */
  readonly most: number;
  readonly #all: PQueue;
  readonly #large: PQueue;

  constructor(most: number | undefined) {
    this.most = most ?? usual.all;
    this.#all = new PQueue({ concurrency: this.most });
    this.#large = new PQueue({ concurrency: most ?? usual.large });
  }

  /** What is answered at once: it goes before all that is sent. */
  ask<T>(work: () => Promise<T>): Promise<T> {
    return this.#all.add(work, { priority: Number.MAX_SAFE_INTEGER });
  }

  /**
   * What has so many bytes; large blobs go before small ones, so that none is left to go alone at the end. Undefined is what is
   * made while it is sent, and holds up who makes it.
   */
  send<T>(work: () => Promise<T>, size: number | undefined): Promise<T> {
    const priority = size ?? Number.MAX_SAFE_INTEGER;
    const inTurn = (): Promise<T> => this.#all.add(work, { priority });
    return priority > leastLarge ? this.#large.add(inTurn, { priority }) : inTurn();
  }
}
