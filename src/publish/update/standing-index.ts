import { type Blob, openLater } from '../../content/content.ts';
import { graphLimits, nodesOf, readGraph } from '../../content/graph.ts';
import { openVerified, readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import type { StandingIndex } from '../../image/join-index.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Index, parseConfig, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../../oci/media-type.ts';
import type { TaggedRepository } from '../destination.ts';

/**
 * What a tag names, as an index: an image by itself is one of its platform. Throws where it is neither, and where it nests
 * indexes, of which nobody can tell for which platform they are.
 */
export async function readStandingIndex(
  { repository, reference }: TaggedRepository,
  descriptor: Descriptor,
  where: string,
): Promise<StandingIndex> {
  const toBlob = (child: Descriptor): Blob => ({
    descriptor: child,
    open: openVerified(
      openLater(() => repository.fetch(child)),
      child,
      `${where} (${child.digest})`,
    ),
    ...(reference && { heldBy: reference }),
  });
  const read = async (document: Descriptor) => {
    const origin = `${where} (${document.digest})`;
    return { bytes: await readDocument(toBlob(document), origin, 'target'), origin };
  };
  const graph = await readGraph([descriptor], {
    origin: where,
    fault: 'target',
    limits: graphLimits.release,
    read,
  });
  const node = nodesOf(graph, toBlob)(descriptor);
  const document = graph.get(descriptor.digest);
  if (!document) throw refusal(where, `is ${descriptor.mediaType}`);
  if (isIndex(descriptor.mediaType)) {
    const index = parseIndex(document.bytes, document.origin);
    const nested = index.manifests.find(({ mediaType }) => isIndex(mediaType));
    if (nested) throw refusal(where, `names an index within, ${nested.digest}`);
    if (index.artifactType) throw refusal(where, `is no index of images but ${index.artifactType}`);
    return { index, node };
  }
  const [config] = node.children;
  if (!isManifest(descriptor.mediaType) || !config || !isImageConfig(config.descriptor)) {
    const { artifactType, config: found } = parseManifest(document.bytes, document.origin);
    throw refusal(where, `is no image but ${artifactType ?? found.mediaType}`);
  }
  const { bytes, origin } = await read(config.descriptor);
  const { os, architecture, ...rest } = parseConfig(bytes, origin).platform;
  if (!os || !architecture) throw refusal(where, 'is an image whose config tells no platform');
  const entry = { ...descriptor, platform: { os, architecture, ...rest } };
  const index: Index = { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [entry] };
  return { index, node: { descriptor, open: node.open, children: [{ ...node, descriptor: entry }] } };
}

function isImageConfig({ mediaType }: Descriptor): boolean {
  return mediaType === mediaTypes.oci.config || mediaType === mediaTypes.docker.config;
}

function refusal(where: string, what: string): AlbaError {
  return new AlbaError('target', `${where} ${what}: "update" adds platforms to an index of images alone`);
}
