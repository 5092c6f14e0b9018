/** What a round came to, by name: `{ refused: 3, published: 1 }`. They are added up over all rounds. */
export type Counts = Readonly<Record<string, number>>;

/** Something to be fuzzed: every file of scripts/fuzz/targets exports one as `target`. */
export interface FuzzTarget {
  /** One line about what has to hold. */
  readonly about: string;
  /** How many hostile things a round reads. */
  readonly perRound: number;
  /**
   * Does a round whose every choice follows from the seed, in a folder of its own; throws what it finds to be wrong.
   */
  round(seed: number, folder: string): Promise<Counts>;
}

/** Adds up counts that have names in common. */
export function addCounts(...all: readonly Counts[]): Record<string, number> {
  const sums: Record<string, number> = {};
  for (const counts of all) {
    for (const [name, count] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + count;
  }
  return sums;
}
