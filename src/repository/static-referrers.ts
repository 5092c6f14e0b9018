import { type Digest, isDigest } from '../oci/digest.ts';
import { formatDocument, parseIndex } from '../oci/manifest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import type { Storage } from '../storage/storage.ts';
import { changing, putBytes, type Tree } from './static-tree.ts';

const none = formatDocument({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [] });

/**
 * Answers Docker ≥ 29.1, which asks for the referrers of attestations: where a missing key is a 403 or an HTML
 * page, the whole pull would fail. An index that another writer put there stays.
 */
export async function ensureReferrers(storage: Storage, tree: Tree, index: Buffer): Promise<void> {
  const digests = askedAbout(index, tree.manifests);
  if (digests.size === 0) return;
  const present = new Set<string>();
  for await (const { key } of storage.list(tree.referrers)) present.add(key);
  for (const digest of digests) {
    const key = tree.referrers + digest;
    if (!present.has(key)) await putBytes(storage, key, none, mediaTypes.oci.index, changing);
  }
}

/** The attestation manifests of an index, and the manifests that they are about. */
function askedAbout(index: Buffer, where: string): Set<Digest> {
  const attestations = parseIndex(index, where).manifests.filter(
    ({ annotations }) => annotations?.['vnd.docker.reference.type'] === 'attestation-manifest',
  );
  const subjects = attestations.flatMap(
    ({ annotations }) => annotations?.['vnd.docker.reference.digest'] ?? [],
  );
  return new Set([...attestations.map(({ digest }) => digest), ...subjects.filter(isDigest)]);
}
