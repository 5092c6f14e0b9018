import { compareText } from '../oci/compare.ts';
import { newestOfKinds } from '../oci/tag-order.ts';
import { parseVersion } from '../oci/version.ts';
import type { KnownTime } from '../repository/inventory.ts';
import type { KeepRule, TagRules } from './rules.ts';

/** A tag of a release, as rules see it. */
export interface Candidate {
  readonly tag: string;
  readonly time?: KnownTime | undefined;
}

/** Whether a tag goes, and why or why not. */
export interface Verdict {
  readonly fate: 'goes' | 'stays';
  /** For a table: `kept by v*=10`. */
  readonly why: string;
}

/**
 * What rules say of tags. A tag goes only if some rule covers it, every `keep` that covers it is beyond its count, and, where
 * that is given, it is older than `olderThan`, which alone covers all. Of what a `keep` covers, versions are counted by their
 * order, each kind (semantic, calendar, day) by itself, all other tags by time; what has no time stays.
 */
export function chooseTags(
  candidates: readonly Candidate[],
  rules: TagRules,
  now: Date,
): Map<string, Verdict> {
  const ranks = rules.keep.map((rule) => rankTags(candidates, rule));
  return new Map(candidates.map((candidate) => [candidate.tag, judge(candidate, rules, ranks, now)]));
}

/** Whether rules need to know when a tag was made. */
export function needsTime(tag: string, { keep, olderThan }: TagRules): boolean {
  if (olderThan) return true;
  return isNamed(tag) && keep.some(({ pattern }) => pattern.matches(tag));
}

/** Patterns that no tag matches, as they were written. */
export function unmatchedPatterns(tags: readonly string[], { keep, keepMatching }: TagRules): string[] {
  return [...keep.map(({ pattern }) => pattern), ...keepMatching].flatMap((pattern) =>
    pattern.text === '*' || tags.some((tag) => pattern.matches(tag)) ? [] : [pattern.text],
  );
}

/** The place of each tag that a rule covers, from 1; undefined for one whose place is not known. */
type Ranks = ReadonlyMap<string, number | undefined>;

function rankTags(candidates: readonly Candidate[], { pattern }: KeepRule): Ranks {
  const covered = candidates.filter(({ tag }) => pattern.matches(tag));
  const versions = [...newestOfKinds(covered.map(({ tag }) => tag)).values()];
  const names = covered.flatMap(({ tag, time }) =>
    time && isNamed(tag) ? [{ tag, at: time.at.getTime() }] : [],
  );
  names.sort((a, b) => b.at - a.at || compareText(a.tag, b.tag));
  const lists = [...versions, names.map(({ tag }) => tag)];
  const known = new Map(lists.flatMap((tags) => tags.map((tag, index) => [tag, index + 1] as const)));
  return new Map(covered.map(({ tag }) => [tag, known.get(tag)]));
}

function judge(
  { tag, time }: Candidate,
  { keep, keepMatching, olderThan }: TagRules,
  ranks: readonly Ranks[],
  now: Date,
): Verdict {
  const held = keepMatching.find((pattern) => pattern.matches(tag));
  if (held) return stays(`protected by keep-matching ${held.text}`);
  const covering = keep.flatMap((rule, at) => {
    const rank = ranks[at];
    return rank?.has(tag) ? [{ rule, place: rank.get(tag) }] : [];
  });
  if (keep.length > 0 && covering.length === 0) return stays('no rule covers it');
  for (const { rule, place } of covering) {
    if (place === undefined) return stays(`no time is known, so keep ${rule.text} cannot count it`);
    if (place <= rule.count) return stays(`kept by ${rule.text}`);
  }
  if (olderThan && !time) return stays(`no time is known, so it is not older than ${olderThan.text}`);
  if (olderThan && time && now.getTime() - time.at.getTime() <= olderThan.milliseconds) {
    return stays(`younger than ${olderThan.text}`);
  }
  const reasons = [
    ...covering.map(({ rule }) => `beyond ${rule.text}`),
    ...(olderThan ? [`older than ${olderThan.text}`] : []),
  ];
  return { fate: 'goes', why: reasons.join(', ') };
}

function stays(why: string): Verdict {
  return { fate: 'stays', why };
}

function isNamed(tag: string): boolean {
  return parseVersion(tag) === undefined;
}
