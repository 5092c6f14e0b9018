import { AlbaError } from '../errors.ts';
import { formatNames } from '../progress/format.ts';
import { sum } from '../progress/sum.ts';
import type { Holdings, LooseFiles, StoredRelease } from '../release/holdings.ts';
import type { Age } from './age.ts';
import { chooseTags, type Verdict } from './choose-tags.ts';
import type { DeletionPlan, TagRow } from './plan.ts';
import type { TagRules } from './rules.ts';

/** What a plan looks at: what is stored, be it in a storage or on GitHub. */
type PlannedHoldings = Pick<Holdings, 'releases' | 'loose' | 'obstacles'>;

/** What becomes of the tags of plain files of one name. */
export interface ReleasePlan {
  readonly plan: DeletionPlan;
  readonly going: readonly StoredRelease[];
  /** Files of tags that have no document, and are not about to get one. */
  readonly loose: readonly LooseFiles[];
}

/** What rules let go. Each tag has files of its own, so that none follows another. */
export function planReleases(
  reference: string,
  holdings: PlannedHoldings,
  rules: TagRules & { readonly grace: Age },
  now: Date,
): ReleasePlan {
  const { releases, loose } = holdings;
  // One that was withdrawn is about to be published anew.
  const whole = releases.filter(({ manifest }) => manifest.flavors.length > 0);
  const verdicts = chooseTags(
    whole.map(({ tag, modified }) => ({ tag, time: { at: modified, from: 'stored' } })),
    rules,
    now,
  );
  for (const { tag, keptBecause } of releases) {
    if (keptBecause !== undefined) verdicts.set(tag, { fate: 'stays', why: keptBecause });
  }
  const old = loose.filter(({ modified }) => now.getTime() - modified.getTime() >= rules.grace.milliseconds);
  return planOf(reference, holdings, verdicts, old);
}

/** Tags that are named go; throws where one is not there. */
export function planNamedReleases(
  reference: string,
  holdings: PlannedHoldings,
  tags: readonly string[],
): ReleasePlan {
  const missing = tags.filter((tag) => !holdings.releases.some((release) => release.tag === tag));
  if (missing.length > 0) {
    throw new AlbaError('target', `${reference} has no ${formatNames(missing)}: nothing was deleted`);
  }
  const verdicts = new Map(tags.map((tag) => [tag, { fate: 'goes', why: 'named to be deleted' } as const]));
  return planOf(reference, holdings, verdicts, []);
}

/** A saved plan for what is stored now; throws where a tag has changed since, and where one goes that no rule lets go. */
export function redraftReleases(
  saved: { readonly tags: readonly Pick<TagRow, 'tag' | 'digest' | 'fate' | 'why'>[] },
  reference: string,
  holdings: PlannedHoldings,
): ReleasePlan {
  for (const { tag, digest, fate } of saved.tags) {
    const found = holdings.releases.find((release) => release.tag === tag);
    if (fate === 'goes' && found?.keptBecause !== undefined) {
      throw new AlbaError(
        'target',
        `${reference}: the plan lets ${tag} go, which stays (${found.keptBecause}); nothing was deleted`,
      );
    }
    if (found?.digest === digest) continue;
    const how = found ? `${tag} has other files by now` : `${tag} is gone`;
    throw new AlbaError(
      'target',
      `${reference} is not as the plan found it: ${how}; nothing was deleted, make a new plan`,
    );
  }
  const verdicts = new Map(saved.tags.map(({ tag, fate, why }) => [tag, { fate, why }]));
  return planOf(reference, holdings, verdicts, []);
}

function planOf(
  reference: string,
  { releases, obstacles }: PlannedHoldings,
  verdicts: ReadonlyMap<string, Verdict>,
  loose: readonly LooseFiles[],
): ReleasePlan {
  const rows = releases.map(({ tag, digest, modified, manifest }): TagRow => {
    const why = manifest.flavors.length > 0 ? 'not named' : 'is being replaced';
    const verdict = verdicts.get(tag) ?? { fate: 'stays', why };
    return { tag, digest, kind: 'release', time: { at: modified, from: 'stored' }, ...verdict };
  });
  const going = releases.filter(({ tag }) => verdicts.get(tag)?.fate === 'goes');
  const plan: DeletionPlan = {
    ...{ reference, tags: rows, manifests: [], blobs: [], usedBlobs: 0, notes: [], obstacles },
    freedBytes: sum([...going, ...loose].map(({ size }) => size)),
  };
  return { plan, going, loose };
}
