import { AlbaError } from '../errors.ts';

/** Which tags are meant: `*` stands for any letters, `?` for one. */
export interface TagPattern {
  /** As it was written. */
  readonly text: string;
  matches(tag: string): boolean;
}

/** A pattern of tags, for an input of this name; throws a usage error where no tag could match. */
export function parseTagPattern(text: string, name: string): TagPattern {
  if (!/^[\w.*?-]{1,256}$/.test(text)) {
    throw new AlbaError(
      'usage',
      `${name} "${text}" is no pattern of tags: expected their letters, with * for any and ? for one, such as v*`,
    );
  }
  const pieces = text.split(/\*+/);
  return { text, matches: (tag) => matchesPieces(tag, pieces) };
}

/** The pattern that every tag matches. */
export const everyTag: TagPattern = { text: '*', matches: () => true };

/** Without going back: each piece is taken where it comes first, the last one at the end. */
function matchesPieces(tag: string, pieces: readonly string[]): boolean {
  const [first = '', ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return tag.length === first.length && fits(tag, first, 0);
  if (!fits(tag, first, 0) || tag.length < first.length + last.length) return false;
  let at = first.length;
  for (const piece of others) {
    while (at + piece.length <= tag.length && !fits(tag, piece, at)) at += 1;
    at += piece.length;
  }
  return at + last.length <= tag.length && fits(tag, last, tag.length - last.length);
}

function fits(tag: string, piece: string, at: number): boolean {
  return (
    at + piece.length <= tag.length &&
    [...piece].every((sign, index) => sign === '?' || sign === tag[at + index])
  );
}
