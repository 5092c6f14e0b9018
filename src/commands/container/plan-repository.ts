import { formatNames } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import type { InventoryQuery, RepositoryDeleter } from '../../repository/deleter.ts';
import { needsTime, unmatchedPatterns } from '../../retention/choose-tags.ts';
import { assertAllowed, decideByRules } from '../../retention/decide.ts';
import { planDeletion } from '../../retention/plan.ts';
import type { Rules } from '../../retention/rules.ts';
import type { DraftedPlan } from '../../retention/sweep.ts';

/** What inventories for these rules have to tell. */
export function queryFor(rules: Rules): InventoryQuery {
  return { needsTime: (tag) => needsTime(tag, rules) };
}

/** What rules make of a repository as it is; throws where that is more than they allow. */
export async function planByRules(
  deleter: RepositoryDeleter,
  rules: Rules,
  now: Date,
  progress: Progress,
): Promise<DraftedPlan> {
  const inventory = await deleter.inventory(queryFor(rules));
  const unmatched = unmatchedPatterns(
    inventory.tags.map(({ tag }) => tag),
    rules,
  );
  if (unmatched.length > 0) progress.warn(`${inventory.reference}: no tag matches ${formatNames(unmatched)}`);
  const decision = decideByRules(inventory, rules, now);
  const plan = planDeletion(inventory, decision);
  assertAllowed(plan, rules);
  return { plan, inventory, decision };
}
