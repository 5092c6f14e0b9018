import { AlbaError } from '../errors.ts';
import { guessAddress, isAddress } from '../place/schemes.ts';
import { withoutPassword } from '../progress/format.ts';

/**
 * Targets are addresses, all else is an artifact. What comes first is read, what comes last is written: a target
 * before an artifact may be meant as a source.
 */
export function splitWords(words: readonly string[]): { artifacts: string[]; targets: string[] } {
  const first = words.findIndex(isAddress);
  if (first < 0) return withoutTarget(words);
  const late = words.slice(first).find((word) => !isAddress(word));
  if (late === undefined) return { artifacts: words.slice(0, first), targets: words.slice(first) };
  const meant = guessAddress(late, 'target');
  const remedy = 'name artifacts first, then targets; a published image to read is --from <reference>';
  throw new AlbaError(
    'usage',
    `${withoutPassword(late)} comes behind a target: ${meant ? `did you mean ${meant}?` : remedy}`,
  );
}

/** The last word may be a target whose scheme is missing. */
function withoutTarget(words: readonly string[]): { artifacts: string[]; targets: string[] } {
  const last = words.at(-1) ?? '';
  const meant = words.length > 1 && (guessAddress(last, 'target') ?? guessAddress(last, 'files'));
  if (!meant) return { artifacts: [...words], targets: [] };
  throw new AlbaError('usage', `no target: did you mean ${meant} by ${withoutPassword(last)}?`);
}
