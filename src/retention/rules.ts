import { AlbaError } from '../errors.ts';
import { everyTag, parseTagPattern, type TagPattern } from '../oci/tag-pattern.ts';
import type { Age } from './age.ts';

/** So many of the newest tags that match are kept. */
export interface KeepRule {
  /** As it was written: `10`, `v*=10`. */
  readonly text: string;
  readonly pattern: TagPattern;
  readonly count: number;
}

/** How many releases may go at most: a number of them, or a share of all, in percent. */
export type MaxDelete = { readonly count: number } | { readonly percent: number };

/** Which tags may go. */
export interface TagRules {
  readonly keep: readonly KeepRule[];
  /** Tags that stay, whatever other rules say. */
  readonly keepMatching: readonly TagPattern[];
  readonly olderThan?: Age | undefined;
}

/** All that decides what goes. */
export interface Rules extends TagRules {
  /** How long what nothing refers to stays. */
  readonly grace: Age;
  /** The same, where it was said, and is not what is usual. */
  readonly saidGrace?: Age | undefined;
  readonly maxDelete?: MaxDelete | undefined;
  /** Whether a repository may be left without a release. */
  readonly force: boolean;
}

/** `10`, or `pattern=10`. */
export function parseKeep(text: string): KeepRule {
  const [, pattern, count = ''] = /^(?:(.*)=)?(\d{1,9})$/.exec(text) ?? [];
  if (count === '') {
    throw new AlbaError(
      'usage',
      `keep "${text}" is neither a number nor pattern=number: expected such as 10 or v*=10`,
    );
  }
  return {
    text,
    pattern: pattern === undefined ? everyTag : parseTagPattern(pattern, 'keep'),
    count: Number(count),
  };
}

/** A count, or a share such as `20%`. */
export function parseMaxDelete(text: string, name: string): MaxDelete {
  const [, number = '', sign] = /^(\d{1,9})(%?)$/.exec(text) ?? [];
  if (number !== '' && sign === '') return { count: Number(number) };
  if (number !== '' && Number(number) <= 100) return { percent: Number(number) };
  throw new AlbaError(
    'usage',
    `${name} "${text}" is neither a number of releases nor a share of them: expected such as 5 or 20%`,
  );
}

/** Throws where nothing says which tags may go. */
export function assertSomeRule({ keep, olderThan }: TagRules): void {
  if (keep.length > 0 || olderThan) return;
  throw new AlbaError(
    'usage',
    'no rule says which tags may go: give keep, such as 10 or v*=10, or older-than, such as 30d',
  );
}
