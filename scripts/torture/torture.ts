/** What a torture is told. */
export interface Order {
  readonly rounds: number;
  /** All that is random follows from it; how processes meet does not. */
  readonly seed: number;
  /** An empty one of its own. */
  readonly folder: string;
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
}
