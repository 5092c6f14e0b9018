import { completeNode, type IndexDocument } from '../content/complete-node.ts';
import type { ArtifactIndexes, Image, Node } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isIndex } from '../oci/media-type.ts';
import type { KnownIndexes, KnownManifest } from './knowledge.ts';
import { checkedDocument, encodeManifest } from './known-image.ts';

/** What is worth remembering of the indexes of an archive. Reads them. */
export async function encodeIndexes({ annotations, root }: ArtifactIndexes): Promise<KnownIndexes> {
  const documents = new Map<Digest, KnownManifest>();
  if (root) await collect(root, documents);
  return { annotations, documents: [...documents.values()] };
}

async function collect(node: Node, documents: Map<Digest, KnownManifest>): Promise<void> {
  const { digest, mediaType } = node.descriptor;
  if (!isIndex(mediaType) || documents.has(digest)) return;
  documents.set(digest, await encodeManifest(node));
  for (const child of node.children) await collect(child, documents);
}

/** The indexes as they were remembered, over remembered images. Throws where what is remembered contradicts itself. */
export function decodeIndexes(
  { annotations, documents }: KnownIndexes,
  images: readonly Image[],
): ArtifactIndexes {
  const [first] = documents;
  if (!first) return { annotations };
  const indexes = new Map<Digest, IndexDocument>();
  for (const known of documents) {
    const { digest } = known.descriptor;
    const bytes = checkedDocument(known);
    indexes.set(digest, { bytes, successors: parseIndex(bytes, digest).manifests });
  }
  const found = images.filter((image) => image.kind === 'with-manifest');
  const root = completeNode(first.descriptor, indexes, found);
  if (root) return { annotations, root };
  throw new AlbaError('source', `what is remembered of ${first.descriptor.digest} is not all of it`);
}
