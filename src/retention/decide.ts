import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { subjectOfTag } from '../oci/referrer.ts';
import { followingTags } from '../oci/tag-following.ts';
import { formatCount } from '../progress/format.ts';
import type { Inventory } from '../repository/inventory.ts';
import type { Age } from './age.ts';
import { chooseTags, type Verdict } from './choose-tags.ts';
import type { Decision, DeletionPlan } from './plan.ts';
import type { Rules } from './rules.ts';

/** What rules say of a repository: all that they let go, and all that nothing leads to. */
export function decideByRules(inventory: Pick<Inventory, 'tags'>, rules: Rules, now: Date): Decision {
  const own = inventory.tags.filter(({ tag }) => !subjectOfTag(tag));
  const floating = followingTags(own);
  const protectedFloating = own.flatMap(({ tag }): [string, Verdict][] => {
    const held = floating.has(tag) && rules.keepMatching.find((pattern) => pattern.matches(tag));
    return held ? [[tag, { fate: 'stays', why: `protected by keep-matching ${held.text}` }]] : [];
  });
  const releases = own.filter(({ tag }) => !floating.has(tag));
  const verdicts = new Map([...chooseTags(releases, rules, now), ...protectedFloating]);
  return { verdicts, floating, sweepsAll: true, grace: rules.grace, now };
}

/** What is named goes, and what nothing else led to; other tags of the same digest stay. */
export function decideByName(
  named: { readonly tags: readonly string[]; readonly digests: readonly Digest[] },
  grace: Age,
  now: Date,
): Decision {
  const verdicts = new Map(
    named.tags.map((tag) => [tag, { fate: 'goes', why: 'named to be deleted' } as const]),
  );
  return { verdicts, floating: new Map(), digests: new Set(named.digests), sweepsAll: false, grace, now };
}

/** Throws where a saved plan lets a tag go that stays by rules that are given beside it, if any are. */
export function assertWithinRules(
  saved: Pick<DeletionPlan, 'reference' | 'tags'>,
  ruled: () => Pick<DeletionPlan, 'tags'>,
  { keep, keepMatching, olderThan }: Rules,
): void {
  if (keep.length + keepMatching.length === 0 && !olderThan) return;
  const staying = new Map(
    ruled().tags.flatMap(({ tag, fate, why }) => (fate === 'stays' ? [[tag, why]] : [])),
  );
  const held = saved.tags.find(({ tag, fate }) => fate === 'goes' && staying.has(tag));
  if (!held) return;
  throw new AlbaError(
    'usage',
    `${saved.reference}: the plan lets ${held.tag} go, which the rules beside it do not (${staying.get(held.tag)}); nothing was deleted`,
  );
}

/** Throws where a plan deletes more than is allowed, or leaves a repository without a release. */
export function assertAllowed(
  { reference, tags }: Pick<DeletionPlan, 'reference' | 'tags'>,
  { maxDelete, force }: Pick<Rules, 'maxDelete' | 'force'>,
): void {
  const releases = tags.filter(({ kind }) => kind === 'release');
  const going = releases.filter(({ fate }) => fate === 'goes').length;
  if (going > 0 && going === releases.length && !force) {
    throw new AlbaError(
      'usage',
      `${reference}: ${going === 1 ? 'its only release' : `all ${going} releases`} would go: give force if that is meant`,
    );
  }
  if (!maxDelete) return;
  const most = 'count' in maxDelete ? maxDelete.count : (maxDelete.percent * releases.length) / 100;
  if (going <= most) return;
  const limit = 'count' in maxDelete ? `${maxDelete.count}` : `${maxDelete.percent}%`;
  throw new AlbaError(
    'target',
    `${reference}: ${going} of ${formatCount(releases.length, 'release')} would go, max-delete is ${limit}: nothing was deleted`,
  );
}
