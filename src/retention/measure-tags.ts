import type { Digest } from '../oci/digest.ts';
import type { Inventory } from '../repository/inventory.ts';

/** What a tag takes, in bytes. */
export interface TagSize {
  /** All that it leads to. */
  readonly total: number;
  /** What no other digest that is tagged leads to. */
  readonly unique: number;
}

/** The sizes of what tags name, by digest. */
export function measureTags({ tags, documents, blobs }: Inventory): Map<Digest, TagSize> {
  const named = new Set(tags.map(({ digest }) => digest));
  const below = new Map([...named].map((digest) => [digest, reachable(digest, documents)]));
  const counts = new Map<Digest, number>();
  for (const content of below.values()) {
    for (const digest of content) counts.set(digest, (counts.get(digest) ?? 0) + 1);
  }
  const sizeOf = (digest: Digest): number => documents.get(digest)?.size ?? blobs.get(digest)?.size ?? 0;
  return new Map(
    [...below].map(([root, content]) => {
      let [total, unique] = [0, 0];
      for (const digest of content) {
        total += sizeOf(digest);
        if (counts.get(digest) === 1) unique += sizeOf(digest);
      }
      return [root, { total, unique }];
    }),
  );
}

function reachable(root: Digest, documents: Inventory['documents']): Set<Digest> {
  const found = new Set([root]);
  for (const digest of found) for (const child of documents.get(digest)?.children ?? []) found.add(child);
  return found;
}
