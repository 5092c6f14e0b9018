import type { Digest } from '../../oci/digest.ts';
import type { CopiedTag } from './copy-outcome.ts';
import type { Drift } from './drift.ts';

/** What was found at a target of a release. */
interface FoundAtTarget {
  readonly tags: readonly CopiedTag[];
  /** Whether all of it is there, tagged or not. */
  readonly isThere: boolean;
  /** What refers to it and is missing: digests, or tags of cosign. */
  readonly referrers: readonly string[];
}

/** How a target differs in one release, which is `expected` there. */
export function driftOf(expected: Digest, { tags, isThere, referrers }: FoundAtTarget): Drift[] {
  const ofTags = tags.flatMap(({ tag, before }): Drift[] => {
    const what = tag ?? expected;
    if (before && before !== expected) return [{ kind: 'moved', what, expected, found: before }];
    if (tag !== undefined && !before) return [{ kind: 'missing', what, expected }];
    return isThere ? [] : [{ kind: 'incomplete', what, expected }];
  });
  const what = tags[0]?.tag ?? expected;
  return [...ofTags, ...referrers.map((digest): Drift => ({ kind: 'referrer', what, expected: digest }))];
}
