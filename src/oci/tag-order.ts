import semver from 'semver';
import { compareText } from './compare.ts';

/** A tag that is there, with the time when its document was written. */
export interface PublishedTag {
  readonly tag: string;
  readonly modified: Date;
}

/**
 * Tags newest first. Versions lead, by semver (`0.10` is newer than `0.9`). The others follow: the one that
 * is being published, then those that the present list lacks, by time, then the rest in the order that the
 * list gives them, since tags of the older tool have no other.
 */
export function orderTags(
  found: readonly PublishedTag[],
  present: readonly string[],
  published: string | undefined,
): string[] {
  const rank = (tag: string): number => (tag === published ? -2 : present.indexOf(tag));
  const byTime = (a: PublishedTag, b: PublishedTag): number =>
    b.modified.getTime() - a.modified.getTime() || compareText(a.tag, b.tag);
  const byRank = (a: PublishedTag, b: PublishedTag): number => rank(a.tag) - rank(b.tag) || byTime(a, b);
  const versions = versionsOf(found.map(({ tag }) => tag));
  const others = found.filter(({ tag }) => !versionOf(tag));
  return [...versions, ...others.sort(byRank).map(({ tag }) => tag)];
}

/** The version that leads in {@link orderTags}; undefined where there is none. */
export function newestVersion(tags: readonly string[]): string | undefined {
  return versionsOf(tags)[0];
}

/** Newest first, without the names. */
function versionsOf(tags: readonly string[]): string[] {
  const versions = tags.flatMap((tag) => {
    const version = versionOf(tag);
    return version ? [{ tag, version }] : [];
  });
  versions.sort((a, b) => semver.rcompare(a.version, b.version) || compareText(b.tag, a.tag));
  return versions.map(({ tag }) => tag);
}

/** `1.2.3`, `v1.2` and `0.9-rc.1` are versions; `7`, `main` and `20240131` are names. */
function versionOf(tag: string): semver.SemVer | null {
  const [, core = '', rest = ''] = /^v?(\d+(?:\.\d+){1,2})(-.*)?$/.exec(tag) ?? [];
  const full = core.split('.').length === 2 ? `${core}.0` : core;
  return semver.parse(`${full}${rest}`, { loose: true });
}
