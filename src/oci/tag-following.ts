import { parseVersion } from './version.ts';

/** A tag, and what it names. */
interface Named {
  readonly tag: string;
  readonly digest: string;
}

/**
 * Tags that follow releases and are none themselves, each with those releases: `1.2` and `1` where they name the same as a
 * longer version that begins so, such as `1.2.3` (`v1` follows `v1.2.3`), and `latest`, which may follow none. In a repository
 * of `0.8` and `0.9` those are the releases.
 */
export function followingTags(named: readonly Named[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { tag, digest } of named) groups.set(digest, [...(groups.get(digest) ?? []), tag]);
  return new Map([...groups.values()].flatMap(followersIn));
}

/** Of tags that name the same. */
function followersIn(tags: readonly string[]): [string, string[]][] {
  const followed = new Map(tags.map((tag) => [tag, longerVersions(tag, tags)]));
  const isFollower = (tag: string): boolean => tag === 'latest' || followed.get(tag)?.length !== 0;
  const releases = tags.filter((tag) => !isFollower(tag));
  return tags
    .filter(isFollower)
    .map((tag) => [
      tag,
      tag === 'latest' ? releases : releases.filter((other) => followed.get(tag)?.includes(other)),
    ]);
}

function longerVersions(tag: string, tags: readonly string[]): string[] {
  const [, prefix, major, minor] = /^(v?)(\d{1,15})(?:\.(\d{1,15}))?$/.exec(tag) ?? [];
  if (prefix === undefined) return [];
  return tags.filter((other) => {
    const version = parseVersion(other);
    if (version?.preview !== '' || version.prefix !== prefix || version.parts[0] !== major) return false;
    return minor === undefined || (version.parts.length === 3 && version.parts[1] === minor);
  });
}
