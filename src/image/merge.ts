import type { Image, Node, SealedImage } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Format, mediaTypes } from '../oci/media-type.ts';
import {
  comparePlatforms,
  formatPlatform,
  isSamePlatform,
  type Platform,
  platformKey,
} from '../oci/platform.ts';
import { type Annotation, annotationsOf, mergeAnnotations } from './annotate.ts';
import { documentNode } from './assemble.ts';

/**
 * One index over images of different platforms: sorted, so that the order they came in does not matter,
 * attestations last, as buildx does it.
 */
export function mergeImages(
  images: readonly SealedImage[],
  format: Format,
  annotations: readonly Annotation[] = [],
): Node {
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

/** The manifest's descriptor with what is asked for on it, besides what it has. */
function annotate({ manifest, platform }: SealedImage, wanted: readonly Annotation[]): Descriptor {
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
