import semver from 'semver';
import { parseVersion } from './version.ts';

const ranges = { loose: true } as const;

/** Whether a text is a range of versions, such as `^1.2` or `>=1.2 <2`, as npm writes them; of one with a comma semver reads a part alone. */
export function isVersionRange(text: string): boolean {
  return text !== '' && !text.includes(',') && semver.validRange(text, ranges) !== null;
}

/** Whether a tag is a version in a range; a pre-release only where the range names one (semver's own rule). */
export function isInRange(tag: string, range: string): boolean {
  const version = semverOf(tag);
  return version !== undefined && semver.satisfies(version, range, ranges);
}

/** Orders tags of a range, newest first: pre-releases count as what they are before. */
export function compareInRange(a: string, b: string): number {
  return semver.rcompare(semverOf(a) ?? a, semverOf(b) ?? b, ranges);
}

/** A tag as semver writes it: `0.9` is 0.9.0, `2024.01.15` is 2024.1.15; undefined for what is no version. */
function semverOf(tag: string): string | undefined {
  const version = parseVersion(tag);
  if (!version) return undefined;
  const numbers = [0, 1, 2].map((at) => Number(version.parts[at] ?? 0));
  return `${numbers.join('.')}${version.preview && `-${version.preview}`}`;
}
