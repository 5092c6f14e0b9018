import type { FloatingPlan } from '../oci/tag-floating.ts';

/**
 * Why tags do not follow a release at a place, in lines. A tag that could follow and does not is told each time; that a name
 * has no followers, only where nothing moves.
 */
export function floatingRemarks(
  plans: readonly FloatingPlan[],
  moved: readonly string[],
  url: string,
): string[] {
  const stays = plans.flatMap((plan) => plan.stays).filter(({ tag }) => !moved.includes(tag));
  const remarks = [...new Set(stays.map(({ why }) => why))].map((reason) => {
    const own = stays.flatMap(({ tag, why }) => (why === reason ? [tag] : []));
    return `[floating] ${own.join(', ')} ${own.length > 1 ? 'stay' : 'stays'} at ${url}: ${reason}`;
  });
  if (plans.some(({ why }) => why === undefined)) return remarks;
  const why = plans.length === 0 ? 'the release has no tag' : plans.flatMap((plan) => plan.why ?? []);
  return [...remarks, `[floating] no other tag moves at ${url}: ${[why].flat().join('; ')}`];
}
