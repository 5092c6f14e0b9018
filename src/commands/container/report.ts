import type { Digest } from '../../oci/digest.ts';
import { comparePlatforms, formatPlatform } from '../../oci/platform.ts';
import { formatReference } from '../../oci/reference.ts';
import type { Target } from '../../place/target.ts';
import { shownPath } from '../../progress/format.ts';
import { sum } from '../../progress/sum.ts';
import type { Destination } from '../../publish/destination.ts';
import type { PreparedImage } from '../../publish/prepare-images.ts';
import { imageSize, type PreviousRelease } from '../../publish/previous-release.ts';
import type { PublishedRelease } from '../../publish/publish.ts';
import { platformOutputs } from './platform-outputs.ts';
import type { ContainerPushResult, ManifestReport } from './push-result.ts';

/** What was asked for, as far as the report depends on it. */
export interface ReportOptions {
  /** Paths in it are told from here. */
  readonly directory: string;
  readonly targets: readonly Target[];
  readonly dryRun: boolean;
  /** Where buckets and directories are served. */
  readonly publicUrl?: string | undefined;
}

/** Tells of a release what later steps and people want to know. */
export function reportOf(release: PublishedRelease, options: ReportOptions): ContainerPushResult {
  const { index, previous, destinations } = release;
  const { digest, mediaType, size } = index.descriptor;
  const images = [...release.images].sort((a, b) => comparePlatforms(a.image.platform, b.image.platform));
  const outputs = platformOutputs(images.map(({ image }) => image.platform));
  const manifests = images.map((prepared, at) => ({
    ...manifestOf(prepared, release, options),
    outputs: outputs[at] ?? [],
  }));
  const targets = destinations.map((destination) => destination.report());
  return {
    digest,
    mediaType,
    size,
    index: options.targets[0]?.place.urlOf(digest) ?? digest,
    references: destinations.flatMap((destination, at) => referencesOf(destination, digest, options, at)),
    platforms: platformsOf(manifests, release),
    manifests,
    ...(previous && { previous: previousOf(previous, options) }),
    tags: [...new Set(destinations.flatMap(({ tags }) => tags))],
    targets,
    pushedBytes: sum(targets.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(targets.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(targets.map(({ missingBytes }) => missingBytes)),
    cacheHit: cacheHitOf(release),
    dryRun: options.dryRun,
  };
}

/** What to pull: each tag with the digest, or the digest alone where there is no tag. */
function referencesOf(
  { isPublished, tags }: Destination,
  digest: Digest,
  { targets, publicUrl }: ReportOptions,
  at: number,
): string[] {
  const place = targets[at]?.place;
  if (!isPublished || !place) return [];
  const { storedName } = place;
  return (tags.length > 0 ? tags : [undefined]).map((tag) =>
    publicUrl !== undefined && storedName !== undefined
      ? formatReference({
          registry: new URL(publicUrl).host,
          repository: storedName,
          ...(tag && { tag }),
          digest,
        })
      : place.referenceOf(tag, digest),
  );
}

function previousOf({ target, tag, digest }: PreviousRelease, { targets }: ReportOptions) {
  return { tag, digest, reference: targets[target]?.place.referenceOf(tag, digest) ?? digest };
}

/**
 * Of several images for one platform the first, which clients take that know of no difference; those that were there, and
 * stayed, in their places among them.
 */
function platformsOf(
  manifests: readonly ManifestReport[],
  { index, kept }: PublishedRelease,
): ContainerPushResult['platforms'] {
  const own = manifests.map(({ platform, digest }) => [platform, digest] as const);
  const all = index.children.flatMap(({ descriptor: { platform, digest } }) =>
    platform && platform.os !== 'unknown' ? [[formatPlatform(platform), digest] as const] : [],
  );
  const platforms = new Map<string, Digest>();
  for (const [platform, digest] of kept > 0 ? all : own) {
    platforms.set(platform, platforms.get(platform) ?? digest);
  }
  return Object.fromEntries(platforms);
}

function manifestOf(
  { image, made, why }: PreparedImage,
  { images, index, kept, previous, destinations }: PublishedRelease,
  { directory, targets, dryRun }: ReportOptions,
): Omit<ManifestReport, 'outputs'> {
  const { descriptor, children } = image.manifest;
  // An index of one platform stands for it together with its attestations.
  const found = images.length + kept === 1 ? index.descriptor.digest : descriptor.digest;
  const previousSize = previous?.sizeOf(image);
  const wasMissing = destinations.some((destination) => destination.wasMissing(descriptor.digest));
  return {
    platform: formatPlatform(image.platform),
    digest: descriptor.digest,
    size: descriptor.size,
    imageSize: imageSize(image.manifest),
    ...(previousSize !== undefined && { previousSize }),
    layers: children.length - 1,
    made,
    pushed: wasMissing && !dryRun,
    missing: wasMissing && dryRun,
    ...(why && { why }),
    source: shownPath(image.origin, directory),
    reference: targets[0]?.place.urlOf(found) ?? found,
  };
}

function cacheHitOf({ artifacts, images }: PublishedRelease): ContainerPushResult['cacheHit'] {
  const isKnown = artifacts.map(({ kind }) => kind !== 'local');
  if (isKnown.every(Boolean) && images.every(({ made }) => made === 0)) return 'true';
  return isKnown.some(Boolean) || images.some(({ spared }) => spared > 0) ? 'partial' : 'false';
}
