import { type Blob, openLater } from '../../content/content.ts';
import { graphLimits, nodesOf, readGraph } from '../../content/graph.ts';
import { openVerified, readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import type { StandingIndex } from '../../image/join-index.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Index, parseConfig, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../../oci/media-type.ts';
import type { TaggedRepository } from '../publication-options.ts';

/** What is to be added to. */
export interface StandingOptions {
  /** The tag, for messages. */
  readonly where: string;
  /** Of what is to join, where that is no image. */
  readonly artifactType: string | undefined;
}

/**
 * What a tag names, as an index: an image by itself is one of its platform. Throws where it is neither, is another kind of
 * artifact than what is to join, or nests indexes, of which nobody can tell for which platform they are.
 */
export async function readStandingIndex(
  { repository, reference }: TaggedRepository,
  descriptor: Descriptor,
  { where, artifactType }: StandingOptions,
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
    assertSameKind(index.artifactType, artifactType, where);
    return { index, node };
  }
  const [config] = node.children;
  if (!isManifest(descriptor.mediaType) || !config || !isImageConfig(config.descriptor)) {
    const { artifactType: type, config: found } = parseManifest(document.bytes, document.origin);
    throw refusal(where, `is no image but ${type ?? found.mediaType}`);
  }
  if (artifactType !== undefined) throw mixture(where, 'an image');
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

function assertSameKind(found: string | undefined, wanted: string | undefined, where: string): void {
  if (found === wanted) return;
  if (wanted === undefined) throw refusal(where, `is no index of images but ${found}`);
  if (found === undefined) throw mixture(where, 'an index of images');
  const remedy = 'give the same "artifact-type", or another tag';
  throw new AlbaError(
    'target',
    `${where} is an artifact of type ${found}, and this one is ${wanted}: ${remedy}`,
  );
}

function mixture(where: string, what: string): AlbaError {
  return new AlbaError('target', `${where} is ${what}, and this is an artifact: give another tag`);
}

function refusal(where: string, what: string): AlbaError {
  return new AlbaError('target', `${where} ${what}: "update" adds platforms to an index of images alone`);
}
