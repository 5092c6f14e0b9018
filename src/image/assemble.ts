import {
  type Blob,
  type ImageWithManifest,
  type ImageWithoutManifest,
  leaf,
  type Node,
  openBytes,
} from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { digestOf } from '../oci/digest.ts';
import { formatDocument, type Index, type Manifest } from '../oci/manifest.ts';
import { type Format, mediaTypes } from '../oci/media-type.ts';
import { comparePlatforms, type Platform } from '../oci/platform.ts';
import { type Annotation, annotationsOf, mergeAnnotations } from './annotate.ts';

/** The image with a manifest of ours over its config and the blobs that its layers became. */
export function assembleImage(
  image: ImageWithoutManifest,
  layers: readonly Blob[],
  format: Format,
  annotations: readonly Annotation[] = [],
): ImageWithManifest {
  const { origin, platform, artifactType } = image;
  const configBlob = configOf(image, format);
  const named = layers.map((layer, at) => ({
    ...layer,
    descriptor: { ...layer.descriptor, ...image.layers[at]?.named },
  }));
  const own = annotationsOf(annotations, 'manifest', platform);
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes[format].manifest,
    ...(artifactType && { artifactType }),
    config: configBlob.descriptor,
    layers: named.map((layer) => layer.descriptor),
    ...(own && { annotations: own }),
  } as const;
  const node = documentNode(document, [configBlob, ...named].map(leaf), platform);
  const manifest = artifactType ? { ...node, descriptor: { ...node.descriptor, artifactType } } : node;
  return { kind: 'with-manifest', origin, platform, manifest, attestations: [] };
}

/** The config as a manifest of ours names it. */
export function configOf({ artifactType, config }: ImageWithoutManifest, format: Format): Blob {
  return artifactType ? config : withMediaType(config, mediaTypes[format].config);
}

/**
 * One index over images of different platforms: sorted, so that the order they came in does not matter,
 * attestations last, as buildx does it. Without images it throws: an empty index is never published.
 */
export function mergeImages(
  images: readonly ImageWithManifest[],
  format: Format,
  annotations: readonly Annotation[] = [],
  artifactType?: string,
): Node {
  if (images.length === 0) throw new AlbaError('source', 'there is no image to publish');
  const sorted = [...images].sort((a, b) => comparePlatforms(a.platform, b.platform));
  const attestations = sorted.flatMap((image) => image.attestations);
  const own = annotationsOf(annotations, 'index');
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes[format].index,
    ...(artifactType && { artifactType }),
    manifests: imageEntries(sorted, annotations),
    ...(own && { annotations: own }),
  } as const;
  return documentNode(index, [...sorted.map((image) => image.manifest), ...attestations]);
}

/** How an index names images, and after them their attestations; with the annotations that are asked for beside them. */
export function imageEntries(
  images: readonly ImageWithManifest[],
  annotations: readonly Annotation[],
): Descriptor[] {
  const attestations = images.flatMap((image) => image.attestations);
  return entriesOf([
    ...images.map((image) => annotate(image, annotations)),
    ...attestations.map((attestation) => attestation.descriptor),
  ]);
}

/** Descriptors in the one spelling that we write. */
export function entriesOf(descriptors: readonly Descriptor[]): Descriptor[] {
  return descriptors.map(entryOf);
}

/** A document of our own making, in memory, over what it points to. */
export function documentNode(
  document: (Manifest | Index) & { readonly mediaType: string },
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

/** The manifest's descriptor with what is asked for on it, besides what it has. */
function annotate({ manifest, platform }: ImageWithManifest, wanted: readonly Annotation[]): Descriptor {
  const { descriptor } = manifest;
  const more = annotationsOf(wanted, 'manifest-descriptor', platform);
  return more ? { ...descriptor, annotations: mergeAnnotations(descriptor.annotations, more) } : descriptor;
}

/** Keys in the order of the image spec, so that the bytes do not depend on where a descriptor came from. */
function entryOf({ mediaType, digest, size, platform, annotations, ...rest }: Descriptor): Descriptor {
  return {
    mediaType,
    digest,
    size,
    ...(annotations && { annotations }),
    ...(platform && { platform: platformEntry(platform) }),
    ...rest,
  };
}

function platformEntry({ architecture, os, variant, ...rest }: Platform): Platform {
  return { architecture, os, ...rest, ...(variant && { variant }) };
}
