import { AlbaError } from '../errors.ts';
import { parseTagPattern } from './tag-pattern.ts';
import { isInRange, isVersionRange } from './version-range.ts';

/** Which tags of a repository are meant. */
export interface TagChoice {
  /** As it was written. */
  readonly text: string;
  matches(tag: string): boolean;
}

/** Tags by a pattern (`v1.*`), by a range of versions (`>=1.2 <2`), or one tag; a usage error for anything else. */
export function parseTagChoice(text: string): TagChoice {
  if (/^[\w.*?-]+$/.test(text)) return parseTagPattern(text, 'tags');
  if (isVersionRange(text)) return { text, matches: (tag) => isInRange(tag, text) };
  throw new AlbaError(
    'usage',
    `tags "${text}" is neither a pattern of tags, such as v1.*, nor a range of versions, such as >=1.2 <2`,
  );
}
