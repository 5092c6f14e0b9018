import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { refName } from '../oci/layout.ts';
import type { Index } from '../oci/manifest.ts';
import { mediaTypes } from '../oci/media-type.ts';

/** The file that says that a folder or an archive is a layout. */
export const layoutMarker = Buffer.from('{"imageLayoutVersion":"1.0.0"}');

/** The index of a layout that holds nothing yet. */
export const emptyIndex: Index = { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [] };

/** The tag of an entry, if it has one. */
export function tagOf({ annotations }: Descriptor): string | undefined {
  return annotations?.[refName];
}

/** The entry of a tag or a digest: the last one counts. */
export function entryOf(index: Index, tagOrDigest: string): Descriptor | undefined {
  return index.manifests.findLast((entry) => tagOf(entry) === tagOrDigest || entry.digest === tagOrDigest);
}

/** The index without the entries of no name for what another manifest leads to. */
export function withoutUnnamed(index: Index, digests: ReadonlySet<Digest>): Index {
  const manifests = index.manifests.filter((entry) => entry.annotations || !digests.has(entry.digest));
  return manifests.length === index.manifests.length ? index : { ...index, manifests };
}

/**
 * The index with an entry for each tag, or one without when there are no tags and none of this digest. What
 * had these tags loses its entry; all others stay.
 */
export function withTags(index: Index, manifest: Descriptor, tags: readonly string[]): Index {
  const { mediaType, digest, size, platform } = manifest;
  const plain = { mediaType, digest, size, ...(platform && { platform }) };
  if (tags.length === 0) {
    const isListed = index.manifests.some((entry) => entry.digest === digest);
    return isListed ? index : { ...index, manifests: [...index.manifests, plain] };
  }
  const kept = index.manifests.filter((entry) => {
    const isUnnamedTwin = entry.digest === digest && !entry.annotations;
    return !isUnnamedTwin && !(tags.includes(tagOf(entry) ?? '') && entry.digest !== digest);
  });
  const missing = tags.filter((tag) => !kept.some((entry) => tagOf(entry) === tag));
  const added = missing.map((tag) => ({ ...plain, annotations: { [refName]: tag } }));
  if (added.length === 0 && kept.length === index.manifests.length) return index;
  return { ...index, manifests: [...kept, ...added] };
}
