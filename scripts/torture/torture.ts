import { randomNumbers } from '../../__tests__/compression/samples.ts';

/** Gives a number from 0 up to the one it is given, without that. */
export type Random = (below: number) => number;

/** What a torture is told. */
export interface Order {
  readonly rounds: number;
  /** All that is random follows from it and from the number of the round; how processes meet does not. */
  readonly seed: number;
  /** An empty one of its own. */
  readonly folder: string;
  /** Asked before each round: whether what was done has to do. */
  readonly isOver?: () => boolean;
  /** Told after each round how far it is. */
  readonly tell?: (tally: Outcome) => void;
}

/** What came of it. */
export interface Outcome {
  /** How often what happened, by name. */
  readonly counts: Readonly<Record<string, number>>;
  /** What is wrong, a sentence each, with the round. */
  readonly findings: readonly string[];
}

/** Something that is made hard, on one place after the other. */
export interface Torture {
  /** One line about what has to hold. */
  readonly about: string;
  /** By name; each with the tools that it needs. */
  readonly places: Readonly<
    Record<string, { readonly tools: readonly string[]; run(order: Order): Promise<Outcome> }>
  >;
}

/** Adds up what happens, and keeps what is wrong. */
export class Tally implements Outcome {
  readonly counts: Record<string, number> = {};
  readonly findings: string[] = [];

  count(name: string, by = 1): void {
    this.counts[name] = (this.counts[name] ?? 0) + by;
  }

  /** Notes what a check throws. */
  async check(round: number, work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (thrown) {
      this.findings.push(`round ${round}: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
  }

  /** Does rounds, so many at once, each with random numbers of its own; notes what they throw. */
  async eachRound(
    order: Order,
    work: (round: number, random: Random) => Promise<unknown>,
    atOnce = 1,
  ): Promise<void> {
    let last = 0;
    const oneByOne = async (): Promise<void> => {
      while (last < order.rounds && !order.isOver?.()) {
        last += 1;
        const round = last;
        this.count('rounds');
        const random = randomNumbers(Math.imul(order.seed, 0x9e3779b1) ^ Math.imul(round, 0x85ebca6b));
        await this.check(round, () => work(round, random));
        order.tell?.(this);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, oneByOne));
  }
}
