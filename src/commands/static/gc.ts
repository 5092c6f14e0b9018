import { AlbaError } from '../../errors.ts';
import { formatNames } from '../../progress/format.ts';
import type { Holdings } from '../../release/holdings.ts';
import { unmatchedPatterns } from '../../retention/choose-tags.ts';
import { assertAllowed, assertWithinRules } from '../../retention/decide.ts';
import { planReleases, type ReleasePlan, redraftReleases } from '../../retention/release-plan.ts';
import { savedPlanFor } from '../../retention/saved-plan.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { plansToApply, savePlans } from '../saved-plans.ts';
import { assertNameless, deleteAssets, isOfAssets } from './assets.ts';
import { connectionTo } from './connection-to.ts';
import { deleteReleases } from './delete-releases.ts';
import type { staticGcInputs } from './gc-command.ts';
import { assertNamed, namedReleases } from './named-releases.ts';

/** Deletes the releases that rules let go, or that a saved plan names. */
export async function staticGc(
  { target, tag, rules, dryRun, savePlan, apply, connection }: Values<typeof staticGcInputs>,
  host: Host,
): Promise<DeletionResult> {
  const { now, progress } = host;
  const isAssets = isOfAssets(target);
  if (isAssets) assertNameless(target, tag);
  else assertNamed(target, tag);
  const all = namedReleases(target, tag);
  for (const { name, tags } of all) {
    const [one] = tags;
    if (one === undefined) continue;
    const remedy = `name ${name} alone, or delete that with static rm`;
    throw new AlbaError('usage', `gc goes by rules, not by "${one}": ${remedy}`);
  }
  const saved = await plansToApply(apply, rules, host);
  const storages = all.map(({ storage }) => storage);
  const deletion = {
    ...{ connection: connectionTo(storages, connection, host.env), progress },
    dryRun: dryRun || savePlan !== undefined,
    plan(reference: string, holdings: Pick<Holdings, 'releases' | 'loose' | 'obstacles'>) {
      if (saved) {
        const draft = redraftReleases(savedPlanFor(saved, reference, apply ?? ''), reference, holdings);
        assertWithinRules(draft.plan, () => planReleases(reference, holdings, rules, now).plan, rules);
        assertAllowed(draft.plan, rules);
        return draft;
      }
      const names = holdings.releases.map((release) => release.tag);
      const unmatched = unmatchedPatterns(names, rules);
      if (unmatched.length > 0) progress.warn(`${reference}: no tag matches ${formatNames(unmatched)}`);
      const draft = planReleases(reference, holdings, rules, now);
      assertAllowed(draft.plan, rules);
      return draft;
    },
    planned: (drafts: readonly ReleasePlan[]) =>
      savePlans(
        savePlan,
        drafts.map(({ plan }) => plan),
        rules,
        host,
      ),
  };
  return isAssets ? deleteAssets(target, deletion, host) : deleteReleases(all, deletion);
}
