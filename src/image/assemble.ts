import {
  type Blob,
  type LooseImage,
  leaf,
  type Node,
  openBytes,
  type SealedImage,
} from '../content/content.ts';
import { digestOf } from '../oci/digest.ts';
import { formatDocument, type Index, type Manifest } from '../oci/manifest.ts';
import { type Format, mediaTypes } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import { type Annotation, annotationsOf } from './annotate.ts';

/** The image with a manifest of ours over its config and the blobs that its layers became. */
export function assembleImage(
  image: LooseImage,
  layers: readonly Blob[],
  format: Format,
  annotations: readonly Annotation[] = [],
): SealedImage {
  const { origin, platform, config } = image;
  const configBlob = withMediaType(config, mediaTypes[format].config);
  const own = annotationsOf(annotations, 'manifest', platform);
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes[format].manifest,
    config: configBlob.descriptor,
    layers: layers.map((layer) => layer.descriptor),
    ...(own && { annotations: own }),
  } as const;
  const manifest = documentNode(document, [configBlob, ...layers].map(leaf), platform);
  return { kind: 'sealed', origin, platform, manifest, attestations: [] };
}

/** A document of our own making, in memory, over what it points to. */
export function documentNode(
  document: (Manifest | Index) & Required<Pick<Manifest, 'mediaType'>>,
  children: readonly Node[],
  platform?: Platform,
): Node {
  const bytes = formatDocument(document);
  const { mediaType } = document;
  return {
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length, ...(platform && { platform }) },
    open: openBytes(bytes),
    children,
  };
}

function withMediaType(blob: Blob, mediaType: string): Blob {
  return { ...blob, descriptor: { ...blob.descriptor, mediaType } };
}
