import type { Inventory } from '../../src/repository/inventory.ts';
import type { TagRules } from '../../src/retention/rules.ts';

/** What a repository is, for the model: names instead of maps, and no order that matters. */
export interface Expected {
  readonly tags: readonly string[];
  readonly manifests: readonly string[];
  readonly blobs: readonly string[];
}

/**
 * What goes, worked out in the dullest way: each sentence of the rules is a question about all pairs, and what stays grows
 * until it does not. Versions here are `a.b` and `a.b.c` alone, so that their order needs no library.
 */
export function expectGone(inventory: Inventory, rules: TagRules, grace: number, now: number): Expected {
  const isVersion = (tag: string) => /^\d+\.\d+(\.\d+)?$/.test(tag);
  const isAboutTag = (tag: string) => tag.startsWith('sha256-');
  const subjectOf = (tag: string) => `sha256:${tag.slice(7, 71)}`;
  const names = inventory.tags.map(({ tag }) => tag);
  const digestFor = (tag: string) => inventory.tags.find((one) => one.tag === tag)?.digest;
  const sameDigest = (tag: string) => names.filter((other) => digestFor(other) === digestFor(tag));
  const followed = (tag: string) =>
    sameDigest(tag).filter((other) => isVersion(other) && other.startsWith(`${tag}.`));
  const isFloating = (tag: string) => tag === 'latest' || followed(tag).length > 0;
  const timeOf = (tag: string) => inventory.tags.find((one) => one.tag === tag)?.time?.at.getTime();
  const isNewer = (one: string, other: string): boolean => {
    if (isVersion(one)) {
      const [a, b] = [one, other].map((tag) => tag.split('.').map(Number));
      for (const at of [0, 1, 2]) {
        const [left, right] = [a?.[at] ?? 0, b?.[at] ?? 0];
        if (left !== right) return left > right;
      }
      return one > other;
    }
    const [a = 0, b = 0] = [timeOf(one), timeOf(other)];
    return a === b ? one < other : a > b;
  };
  const mayGo = (tag: string): boolean => {
    if (rules.keepMatching.some((pattern) => pattern.matches(tag))) return false;
    const covering = rules.keep.filter(({ pattern }) => pattern.matches(tag));
    if (rules.keep.length > 0 && covering.length === 0) return false;
    for (const { pattern, count } of covering) {
      if (!isVersion(tag) && timeOf(tag) === undefined) return false;
      const rivals = names.filter(
        (other) =>
          !isAboutTag(other) &&
          !isFloating(other) &&
          pattern.matches(other) &&
          isVersion(other) === isVersion(tag) &&
          (isVersion(other) || timeOf(other) !== undefined),
      );
      if (rivals.filter((other) => isNewer(other, tag)).length < count) return false;
    }
    if (!rules.olderThan) return true;
    const time = timeOf(tag);
    return time !== undefined && now - time > rules.olderThan.milliseconds;
  };
  const isYoung = (stored: Date | undefined) => stored !== undefined && now - stored.getTime() < grace;
  const isRelease = (tag: string) => !isAboutTag(tag) && !isFloating(tag);
  const isHeld = (tag: string) => rules.keepMatching.some((pattern) => pattern.matches(tag));
  const followerGoes = (tag: string): boolean => {
    const releases = (tag === 'latest' ? sameDigest(tag) : followed(tag)).filter(isRelease);
    return !isHeld(tag) && releases.length > 0 && releases.every(mayGo);
  };
  const live = new Set<string>();
  for (const { tag, digest, time } of inventory.tags) {
    const stays = isAboutTag(tag)
      ? ![...inventory.documents.keys()].some((one) => one === subjectOf(tag)) && isYoung(time?.at)
      : isFloating(tag)
        ? !followerGoes(tag)
        : !mayGo(tag);
    if (stays) live.add(digest);
  }
  for (const [digest, { stored }] of inventory.documents) if (isYoung(stored)) live.add(digest);
  for (let before = -1; before !== live.size; ) {
    before = live.size;
    for (const [digest, { children, subject }] of inventory.documents) {
      if (live.has(digest)) for (const child of children) live.add(child);
      if (subject && live.has(subject)) live.add(digest);
    }
    for (const { tag, digest } of inventory.tags) {
      if (isAboutTag(tag) && live.has(subjectOf(tag))) live.add(digest);
    }
  }
  const tagGoes = ({ tag, digest }: Inventory['tags'][number]): boolean => {
    if (isRelease(tag)) return mayGo(tag);
    if (!isAboutTag(tag)) return followerGoes(tag);
    return inventory.documents.has(subjectOf(tag) as `sha256:${string}`)
      ? !live.has(subjectOf(tag))
      : !live.has(digest);
  };
  return {
    tags: inventory.tags
      .filter(tagGoes)
      .map(({ tag }) => tag)
      .sort(),
    manifests: [...inventory.documents.keys()].filter((digest) => !live.has(digest)).sort(),
    blobs: [...inventory.blobs]
      .filter(([digest, { stored }]) => !live.has(digest) && !isYoung(stored))
      .map(([digest]) => digest as string)
      .sort(),
  };
}
