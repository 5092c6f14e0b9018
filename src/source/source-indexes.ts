import { completeNode } from '../content/complete-node.ts';
import type { ArtifactIndexes, ImageWithManifest } from '../content/content.ts';
import type { Graph } from '../content/graph.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isIndex } from '../oci/media-type.ts';

/** The indexes among the descriptors that an export names: these themselves are its list, and no index of an image. */
export function findIndexes(
  graph: Graph,
  descriptors: readonly Descriptor[],
  images: readonly ImageWithManifest[],
): ArtifactIndexes {
  const named = new Map(descriptors.map((descriptor) => [descriptor.digest, descriptor]));
  const indexes = [...named.values()].filter(({ mediaType }) => isIndex(mediaType));
  const annotations = indexes.flatMap(({ digest }) => {
    const document = graph.get(digest);
    const found = document && parseIndex(document.bytes, document.origin).annotations;
    return found ? [found] : [];
  });
  const [first, ...others] = indexes;
  if (!first || others.length > 0) return { annotations };
  const { mediaType, digest, size } = first;
  const root = completeNode({ mediaType, digest, size }, graph, images);
  const documents = [...graph.values()].filter(({ descriptor }) => isIndex(descriptor.mediaType));
  const below = documents.flatMap(({ successors }) => successors.map((child) => child.digest));
  const inside = new Set([digest, ...below]);
  const isAll = [...named.keys()].every((key) => inside.has(key));
  return { annotations, ...(root && isAll && { root }) };
}
