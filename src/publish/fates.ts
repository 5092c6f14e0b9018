import type { Fate } from '../content/copy.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { formatBytes, formatCount } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import { sum } from '../progress/sum.ts';

/** How the fates of content are told. */
export interface FatesOptions {
  /** The URL of the target. */
  readonly url: string;
  /** What a piece of content is, for people. */
  readonly nameOf: (digest: Digest) => string;
  readonly dryRun: boolean;
  readonly progress: Progress;
}

/** What became of each piece of content at one target: tells it, and counts bytes. */
export class Fates {
  readonly #options: FatesOptions;
  readonly #fates = new Map<Digest, { fate: Fate; size: number }>();

  constructor(options: FatesOptions) {
    this.#options = options;
  }

  note({ digest, size }: Descriptor, fate: Fate): void {
    const { url, nameOf, dryRun, progress } = this.#options;
    this.#fates.set(digest, { fate, size });
    const words = {
      pushed: dryRun ? 'would be sent' : 'sent',
      mounted: 'taken over from another repository',
      skipped: 'already there',
    };
    const line = `[${nameOf(digest)}] ${digest} (${formatBytes(size)}) -> ${url}: ${words[fate]}`;
    if (fate === 'skipped') progress.debug(line);
    else progress.line(line);
  }

  /** One line for all that was there. */
  tellSkipped(): void {
    const { url, progress } = this.#options;
    const sizes = this.sizesOf('skipped');
    if (sizes.length === 0) return;
    const what = `${formatCount(sizes.length, 'item')} (${formatBytes(sum(sizes))})`;
    progress.line(`[all else] ${what} -> ${url}: already there`);
  }

  /** Whether this content was missing: by now it was sent, save in a dry run. */
  wasMissing(digest: Digest): boolean {
    return this.#fates.get(digest)?.fate === 'pushed';
  }

  /** In bytes, of all that came to one of these. */
  sizesOf(...wanted: readonly Fate[]): number[] {
    return [...this.#fates.values()].filter(({ fate }) => wanted.includes(fate)).map(({ size }) => size);
  }
}
