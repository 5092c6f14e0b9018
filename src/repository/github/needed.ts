import type { Digest } from '../../oci/digest.ts';
import { subjectOfTag } from '../../oci/referrer.ts';
import type { Removal } from '../deleter.ts';
import type { Inventory } from '../inventory.ts';

/** What of it is to go, as a removal tells. */
export interface Going {
  readonly digests: ReadonlySet<Digest>;
  readonly tags: ReadonlySet<string>;
}

/** The digests and tags of a removal. */
export function goingBy({ manifests, tags }: Removal): Going {
  return { digests: new Set(manifests.flat()), tags: new Set(tags.map(({ tag }) => tag)) };
}

/**
 * What was to go and is needed by what came since `before`: by a tag, by what points to it, by what it is about, or as it was
 * pushed anew or lost a tag; with all that it leads to.
 */
export function neededSince(before: Inventory, now: Inventory, going: Going): Set<Digest> {
  const { documents, tags } = now;
  const isStaying = (digest: Digest): boolean => documents.has(digest) && !going.digests.has(digest);
  const needed = new Set<Digest>();
  for (const { tag, digest } of tags) {
    const subject = subjectOfTag(tag);
    if (!going.tags.has(tag) || (subject && isStaying(subject))) needed.add(digest);
  }
  for (const [digest, { subject, stored }] of documents) {
    const isNew = stored && stored > (before.documents.get(digest)?.stored ?? 0);
    if (!going.digests.has(digest) || isNew || (subject && isStaying(subject))) needed.add(digest);
  }
  // A set tells of what is added while it is read.
  for (const digest of needed) for (const child of documents.get(digest)?.children ?? []) needed.add(child);
  return needed;
}
