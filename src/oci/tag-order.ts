import { compareText } from './compare.ts';
import { compareVersions, parseVersion, type Version } from './version.ts';

/** A tag that is there, with the time when its document was written. */
export interface PublishedTag {
  readonly tag: string;
  readonly modified: Date;
}

/**
 * Tags newest first: releases, then pre-releases, then names; where there is no release, names come before pre-releases.
 * Semantic versions (`0.10` is newer than `0.9`) lead, then calendar versions (`2024.01.15`), then days (`20240115.1`).
 * Names follow: the one that is being published, then those that the present list lacks, by time, then the rest in the
 * order that the list gives them, since tags of the older tool have no other.
 */
export function orderTags(
  found: readonly PublishedTag[],
  present: readonly string[],
  published: string | undefined,
): string[] {
  const rank = (tag: string): number => (tag === published ? -2 : present.indexOf(tag));
  const byTime = (a: PublishedTag, b: PublishedTag): number =>
    b.modified.getTime() - a.modified.getTime() || compareText(a.tag, b.tag);
  return ordered(found, (a, b) => rank(a.tag) - rank(b.tag) || byTime(a, b)).map(({ tag }) => tag);
}

/** The version that is the newest release, else the newest pre-release; undefined where there is no version. */
export function newestVersion(tags: readonly string[]): string | undefined {
  const versions = tags.filter((tag) => parseVersion(tag) !== undefined).map((tag) => ({ tag }));
  return ordered(versions, () => 0)[0]?.tag;
}

/**
 * The versions among these tags by their kind, newest first: here a pre-release comes between its release and the one before
 * (semver.org, 11), since `1.2.3-alpine` is as new as `1.2.3`. Versions of two kinds are not compared.
 */
export function newestOfKinds(tags: readonly string[]): Map<Version['kind'], string[]> {
  const read = tags.flatMap((tag) => ({ tag, version: parseVersion(tag) }));
  const versions = read.flatMap(({ tag, version }) => (version ? [{ tag, version }] : []));
  versions.sort((a, b) => compareVersions(b.version, a.version) || compareText(b.tag, a.tag));
  const ofKind = (kind: Version['kind']): string[] =>
    versions.flatMap(({ tag, version }) => (version.kind === kind ? [tag] : []));
  return new Map(kinds.map((kind) => [kind, ofKind(kind)]));
}

/** Whether a tag is a pre-release, or a variant of a release, which is never the latest. */
export function isPreview(tag: string): boolean {
  return (parseVersion(tag)?.preview ?? '') !== '';
}

const kinds: readonly Version['kind'][] = ['semantic', 'calendar', 'date'];

function ordered<T extends { readonly tag: string }>(
  found: readonly T[],
  byName: (a: T, b: T) => number,
): T[] {
  const read = found.map((item) => ({ item, version: parseVersion(item.tag) }));
  const versions = read.flatMap(({ item, version }) => (version ? [{ item, version }] : []));
  versions.sort(
    (a, b) =>
      kinds.indexOf(a.version.kind) - kinds.indexOf(b.version.kind) ||
      compareVersions(b.version, a.version) ||
      compareText(b.item.tag, a.item.tag),
  );
  const pick = (isWanted: (version: Version) => boolean): T[] =>
    versions.flatMap(({ item, version }) => (isWanted(version) ? [item] : []));
  const releases = pick(({ preview }) => preview === '');
  const previews = pick(({ preview }) => preview !== '');
  const names = read.flatMap(({ item, version }) => (version ? [] : [item])).sort(byName);
  return releases.length > 0 ? [...releases, ...previews, ...names] : [...names, ...previews];
}
