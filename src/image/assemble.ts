import {
  type Blob,
  type Image,
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
import {
  comparePlatforms,
  formatPlatform,
  isSamePlatform,
  type Platform,
  platformKey,
} from '../oci/platform.ts';
import { type Annotation, annotationsOf, mergeAnnotations } from './annotate.ts';

/** The image with a manifest of ours over its config and the blobs that its layers became. */
export function assembleImage(
  image: ImageWithoutManifest,
  layers: readonly Blob[],
  format: Format,
  annotations: readonly Annotation[] = [],
): ImageWithManifest {
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
  return { kind: 'with-manifest', origin, platform, manifest, attestations: [] };
}

/**
 * One index over images of different platforms: sorted, so that the order they came in does not matter,
 * attestations last, as buildx does it. Without images it throws: an empty index is never published.
 */
export function mergeImages(
  images: readonly ImageWithManifest[],
  format: Format,
  annotations: readonly Annotation[] = [],
): Node {
  if (images.length === 0) throw new AlbaError('source', 'there is no image to publish');
  const sorted = [...images].sort((a, b) => comparePlatforms(a.platform, b.platform));
  const attestations = sorted.flatMap((image) => image.attestations);
  const own = annotationsOf(annotations, 'index');
  const index = {
    schemaVersion: 2,
    mediaType: mediaTypes[format].index,
    manifests: [
      ...sorted.map((image) => annotate(image, annotations)),
      ...attestations.map((attestation) => attestation.descriptor),
    ].map(entryOf),
    ...(own && { annotations: own }),
  } as const;
  return documentNode(index, [...sorted.map((image) => image.manifest), ...attestations]);
}

/** Each platform once, and just the wanted ones where some are named. Errors tell of every fault at once. */
export function checkPlatforms(images: readonly Image[], wanted: readonly Platform[] | undefined): void {
  const faults = [...clashes(images), ...(wanted ? differences(images, wanted) : [])];
  if (faults.length > 0) throw new AlbaError('source', faults.join('\n'));
}

function clashes(images: readonly Image[]): string[] {
  const first = new Map<string, Image>();
  const faults: string[] = [];
  for (const image of images) {
    const key = platformKey(image.platform);
    const other = first.get(key);
    if (other) {
      faults.push(
        `two images for ${formatPlatform(image.platform)}: ${other.origin} and ${image.origin}; an index holds one of each platform, leave one out`,
      );
    } else first.set(key, image);
  }
  return faults;
}

function differences(images: readonly Image[], wanted: readonly Platform[]): string[] {
  const missing = wanted.filter(
    (platform) => !images.some((image) => isSamePlatform(platform, image.platform)),
  );
  const extra = images.filter(
    (image) => !wanted.some((platform) => isSamePlatform(platform, image.platform)),
  );
  return [
    ...missing.map(
      (platform) => `no artifact is for ${formatPlatform(platform)}, which "platforms" asks for`,
    ),
    ...extra.map(
      ({ origin, platform }) =>
        `${origin} is for ${formatPlatform(platform)}, which "platforms" does not name`,
    ),
  ];
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
