import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex } from '../oci/media-type.ts';
import { type ImageWithManifest, type Node, openBytes } from './content.ts';
import type { Document } from './graph.ts';

/** An index of which only the bytes and what they name are known. */
export type IndexDocument = Pick<Document, 'bytes' | 'successors'>;

/**
 * What a descriptor names with all below it: indexes of which there is a document, and the manifests of images and what
 * describes them. Undefined where it leads to anything else.
 */
export function completeNode(
  descriptor: Descriptor,
  documents: ReadonlyMap<Digest, IndexDocument>,
  images: readonly ImageWithManifest[],
): Node | undefined {
  const nodes = images.flatMap(({ manifest, attestations }) => [manifest, ...attestations]);
  return toNode(descriptor, documents, new Map(nodes.map((node) => [node.descriptor.digest, node])));
}

/** Each digest is looked at once. */
function toNode(
  descriptor: Descriptor,
  documents: ReadonlyMap<Digest, IndexDocument>,
  found: Map<Digest, Node | undefined>,
): Node | undefined {
  const { digest, mediaType } = descriptor;
  const known = found.get(digest);
  if (known) return { ...known, descriptor };
  const document = isIndex(mediaType) && !found.has(digest) ? documents.get(digest) : undefined;
  if (!document) return undefined;
  const children = document.successors.flatMap((child) => toNode(child, documents, found) ?? []);
  const isComplete = children.length === document.successors.length;
  const node = isComplete ? { descriptor, open: openBytes(document.bytes), children } : undefined;
  found.set(digest, node);
  return node;
}
