import { type Digest, hexOf } from './digest.ts';

/** The files at the root of a layout (image-spec, image-layout.md): its index, and the marker that says what it is. */
export const indexName = 'index.json';
export const layoutName = 'oci-layout';

/** The annotation that names a manifest in the index of a layout (image-spec, annotations.md). */
export const refName = 'org.opencontainers.image.ref.name';

/** Where a layout keeps a blob (image-spec, image-layout.md, "Blobs"). */
export function blobName(digest: Digest): string {
  return `blobs/sha256/${hexOf(digest)}`;
}
