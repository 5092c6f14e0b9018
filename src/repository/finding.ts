import { messageOf } from '../errors.ts';

/** What a place may be able to do, in the order in which it is told. */
export const capabilities = [
  'reach',
  'tls',
  'auth',
  'clock',
  'pull',
  'listing',
  'content types',
  'missing',
  'ranges',
  'referrers',
  'delete',
  'push',
  'chunked',
  'mount',
  'tags',
  'conditional writes',
  'cleanup',
] as const;

export type Capability = (typeof capabilities)[number];

/** What was found out about one of them. */
export interface Finding {
  readonly capability: Capability;
  /** `untried` is what was not asked for, `unknown` what the answer did not tell. */
  readonly outcome: 'yes' | 'no' | 'unknown' | 'untried';
  /** For people: what was seen. */
  readonly detail: string;
  /** For people: what to do about a no. */
  readonly remedy?: string;
}

/** What is asked of a place. */
export interface Examination {
  /** Something that is there, to be read; undefined: the first thing that is listed. */
  readonly tag: string | undefined;
  /** Whether it may be written to, if what is written can be deleted. */
  readonly writes: boolean;
}

/** What a check comes to: a detail where the answer is yes. */
export type Checked = string | Omit<Finding, 'capability'>;

/** What is found out about a place, each thing once; one that fails is a no. */
export class Findings {
  readonly #found = new Map<Capability, Finding>();

  /** Runs a check; whether it came to a yes. What it throws is a no, with what it throws as the detail. */
  async check(capability: Capability, work: () => Promise<Checked>, remedy?: string): Promise<boolean> {
    const checked = await work().catch((thrown: unknown): Checked => refusal(thrown, remedy));
    const finding = typeof checked === 'string' ? { outcome: 'yes' as const, detail: checked } : checked;
    this.#found.set(capability, { capability, ...finding });
    return finding.outcome === 'yes';
  }

  /** Notes what was not tried, and why. */
  leave(detail: string, ...names: readonly Capability[]): void {
    for (const capability of names) {
      if (!this.#found.has(capability))
        this.#found.set(capability, { capability, outcome: 'untried', detail });
    }
  }

  isYes(capability: Capability): boolean {
    return this.#found.get(capability)?.outcome === 'yes';
  }

  /** In the order of {@link capabilities}. */
  get all(): readonly Finding[] {
    return capabilities.flatMap((capability) => this.#found.get(capability) ?? []);
  }
}

/** Errors say what to do about them after a semicolon. */
function refusal(thrown: unknown, remedy: string | undefined): Checked {
  const [detail = '', ...advice] = messageOf(thrown).split('; ');
  const told = advice.length > 0 ? advice.join('; ') : remedy;
  return { outcome: 'no', detail, ...(told && { remedy: told }) };
}
