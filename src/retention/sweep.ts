import { AlbaError } from '../errors.ts';
import { formatCount } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import type { InventoryQuery, Removed, RepositoryDeleter } from '../repository/deleter.ts';
import type { Inventory } from '../repository/inventory.ts';
import { type Decision, type DeletionPlan, planDeletion } from './plan.ts';
import { bothGo, isNothing, removalOf } from './removal.ts';

/** A plan with what it rests on. */
export interface DraftedPlan {
  readonly plan: DeletionPlan;
  readonly inventory: Inventory;
  readonly decision: Decision;
}

/** What became of a plan; nothing was done where there is nothing to do. */
export const nothingRemoved: Removed = { tags: [], manifests: 0, blobs: 0, refusals: [] };

/**
 * Carries a plan out. All is looked at once more right before: what something new leads to stays, and so does a tag that names
 * another manifest by then. Throws where something there cannot be read, before anything is deleted if that is known by then.
 */
export async function sweep(
  deleter: RepositoryDeleter,
  { plan, inventory, decision }: DraftedPlan,
  query: InventoryQuery,
  progress: Progress,
): Promise<Removed> {
  assertReadable(plan);
  const drafted = removalOf(plan, inventory);
  if (isNothing(drafted)) return nothingRemoved;
  let hasBegun = false;
  const choose = (now: Inventory) => {
    const again = planDeletion(now, withoutMoved(decision, plan, now));
    assertReadable(again, hasBegun);
    hasBegun = true;
    return bothGo(drafted, removalOf(again, now));
  };
  return deleter.remove(query, choose, progress);
}

/** What a tag names by now that it did not, stays. */
function withoutMoved(decision: Decision, { tags }: DeletionPlan, now: Inventory): Decision {
  const before = new Map(tags.map(({ tag, digest }) => [tag, digest]));
  const moved = now.tags.filter(({ tag, digest }) => before.has(tag) && before.get(tag) !== digest);
  const staying = moved.map(({ tag }) => [tag, { fate: 'stays', why: 'moved since' }] as const);
  return { ...decision, verdicts: new Map([...decision.verdicts, ...staying]) };
}

/** Throws where something of what stays, or of what lies there, cannot be told, be it that a deletion has begun or not. */
export function assertReadable({ reference, obstacles }: DeletionPlan, hasBegun = false): void {
  const [first, ...others] = obstacles;
  if (first === undefined) return;
  const more = others.length > 0 ? ` (and ${formatCount(others.length, 'problem')} more)` : '';
  throw new AlbaError(
    'target',
    hasBegun
      ? `${reference}: no more was deleted, as not all that is there can be told: ${first}${more}; run it again when that is mended`
      : `${reference}: nothing was deleted, as not all that is there can be told: ${first}${more}`,
  );
}
