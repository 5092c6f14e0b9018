import type { Storage } from '../../src/storage/storage.ts';
import { Wrapped } from '../fixtures/storages.ts';

/** One publisher whose calls wait until the schedule lets it do the next one. */
class Actor {
  #ended = false;
  #failure: unknown;
  readonly #waiting: (() => Promise<void>)[] = [];
  #wake = (): void => {};
  readonly #done: Promise<void>;

  constructor(storage: Storage, work: (storage: Storage) => Promise<unknown>) {
    const held = new Wrapped(storage, (_call, call) => this.#hold(call));
    this.#done = work(held).then(
      () => this.#end(undefined),
      (failure: unknown) => this.#end(failure),
    );
  }

  /** Lets it do one call; false when it has ended. */
  async step(): Promise<boolean> {
    while (this.#waiting.length === 0 && !this.#ended) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const next = this.#waiting.shift();
    await next?.();
    return next !== undefined;
  }

  /** Lets it do all that is left; throws what it failed with. */
  async finish(): Promise<void> {
    while (await this.step());
    await this.#done;
    if (this.#failure !== undefined) throw this.#failure;
  }

  #hold<T>(call: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#waiting.push(() => call().then(resolve, reject));
      this.#wake();
    });
  }

  #end(failure: unknown): void {
    this.#ended = true;
    this.#failure = failure;
    this.#wake();
  }
}

/**
 * Runs publishers side by side on one storage, one call at a time: the schedule says whose turn it is. When it is over
 * each does what is left, in their order; the first failure is thrown then.
 */
export async function interleave(
  storage: Storage,
  works: readonly ((storage: Storage) => Promise<unknown>)[],
  schedule: Iterable<number>,
): Promise<void> {
  const actors = works.map((work) => new Actor(storage, work));
  for (const index of schedule) await actors[index]?.step();
  for (const actor of actors) await actor.finish();
}
