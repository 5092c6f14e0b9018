import type { Digest } from '../oci/digest.ts';
import type { Removal } from '../repository/deleter.ts';
import type { Inventory } from '../repository/inventory.ts';
import type { DeletionPlan } from './plan.ts';

/** What of a plan is to be deleted, in the order in which it is. */
export function removalOf(plan: DeletionPlan, { documents }: Inventory): Removal {
  const manifests = goingIn(plan.manifests).map(({ digest }) => digest);
  return {
    tags: goingIn(plan.tags).map(({ tag, digest }) => ({ tag, digest })),
    manifests: inLevels(manifests, documents),
    blobs: goingIn(plan.blobs).map(({ digest }) => digest),
    notes: plan.notes,
  };
}

/** What two plans agree on: what goes by the first, and by the second, which is newer, too. */
export function bothGo(first: Removal, second: Removal): Removal {
  const tags = new Map(first.tags.map(({ tag, digest }) => [tag, digest]));
  const digests = new Set([...first.manifests.flat(), ...first.blobs]);
  const notes = new Set(first.notes);
  return {
    tags: second.tags.filter(({ tag, digest }) => tags.get(tag) === digest),
    manifests: second.manifests
      .map((level) => level.filter((digest) => digests.has(digest)))
      .filter((level) => level.length > 0),
    blobs: second.blobs.filter((digest) => digests.has(digest)),
    notes: second.notes.filter((key) => notes.has(key)),
  };
}

/** Whether there is nothing to delete. */
export function isNothing({ tags, manifests, blobs, notes }: Removal): boolean {
  return tags.length + manifests.length + blobs.length + notes.length === 0;
}

function goingIn<T extends { readonly fate: 'goes' | 'stays' }>(rows: readonly T[]): T[] {
  return rows.filter(({ fate }) => fate === 'goes');
}

/** What points to a document comes on a level before it. */
function inLevels(going: readonly Digest[], documents: Inventory['documents']): Digest[][] {
  const depths = new Map<Digest, number>(going.map((digest) => [digest, 0]));
  const waiting = [...going];
  for (let at = waiting.pop(); at; at = waiting.pop()) {
    const depth = (depths.get(at) ?? 0) + 1;
    for (const child of documents.get(at)?.children ?? []) {
      const known = depths.get(child);
      // Digests cannot lead in circles, so that this ends.
      if (known === undefined || known >= depth) continue;
      depths.set(child, depth);
      waiting.push(child);
    }
  }
  const levels: Digest[][] = [];
  for (const [digest, depth] of [...depths].sort(([, a], [, b]) => a - b)) {
    const level = levels[depth];
    if (level) level.push(digest);
    else levels[depth] = [digest];
  }
  return levels;
}
