import { AlbaError } from '../../errors.ts';
import { assertAllowed, assertWithinRules, decideByRules } from '../../retention/decide.ts';
import { planDeletion } from '../../retention/plan.ts';
import { redraft, savedPlanFor } from '../../retention/saved-plan.ts';
import type { DraftedPlan } from '../../retention/sweep.ts';
import type { Values } from '../command.ts';
import type { DeletionResult } from '../deletion-result.ts';
import type { Host } from '../host.ts';
import { plansToApply, savePlans } from '../saved-plans.ts';
import { assertThere, deleteIn } from './delete-in.ts';
import type { containerGcInputs } from './gc-command.ts';
import { type NamedRepository, namedRepositories, unnamed } from './named-repositories.ts';
import { planByRules, queryFor } from './plan-repository.ts';

/** Deletes what rules let go, or what a saved plan names, and all that nothing leads to. */
export async function containerGc(
  { target, tag, rules, dryRun, savePlan, apply, connection }: Values<typeof containerGcInputs>,
  host: Host,
): Promise<DeletionResult> {
  const { now, progress } = host;
  const repositories = namedRepositories(target, tag);
  const nameless = target.find(({ place }) => !place);
  if (nameless && tag.length === 0) throw unnamed(nameless);
  assertWhole(repositories);
  const saved = await plansToApply(apply, rules, host);
  return deleteIn(repositories, {
    ...{ connection, progress },
    query: queryFor(rules),
    dryRun: dryRun || savePlan !== undefined,
    async plan(deleter) {
      if (!saved) return withContent(await planByRules(deleter, rules, now, progress));
      const inventory = await deleter.inventory(queryFor(rules));
      const plan = savedPlanFor(saved, inventory.reference, apply ?? '');
      const draft = redraft(plan, inventory, { saved: saved.grace, said: rules.saidGrace }, now);
      const ruled = () => planDeletion(inventory, decideByRules(inventory, rules, now));
      assertWithinRules(draft.plan, ruled, rules);
      assertAllowed(draft.plan, rules);
      return draft;
    },
    planned: (drafts) =>
      savePlans(
        savePlan,
        drafts.map(({ plan }) => plan),
        rules,
        host,
      ),
  });
}

function withContent(draft: DraftedPlan): DraftedPlan {
  assertThere(draft.inventory);
  return draft;
}

/** Rules are for all tags of a repository. */
function assertWhole(repositories: readonly NamedRepository[]): void {
  for (const { place, tags, digests } of repositories) {
    const [one] = [...tags, ...digests];
    if (one === undefined) continue;
    throw new AlbaError(
      'usage',
      `${place.url}: gc goes by rules, not by "${one}": name the repository alone, or delete that with container rm`,
    );
  }
}
