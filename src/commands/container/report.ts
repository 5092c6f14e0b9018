import type { Digest } from '../../oci/digest.ts';
import { comparePlatforms, formatPlatform } from '../../oci/platform.ts';
import type { Target } from '../../place/target.ts';
import { shownPath } from '../../progress/format.ts';
import { sum } from '../../progress/sum.ts';
import type { DestinationState } from '../../publish/destination-state.ts';
import type { PreparedImage } from '../../publish/prepare-images.ts';
import type { PublishedRelease } from '../../publish/publish.ts';
import type { Reached } from '../reached.ts';
import type { ContainerPushResult, ManifestReport } from './push-result.ts';

/** What was asked for, as far as the report depends on it. */
export interface ReportOptions {
  /** Paths in it are told from here. */
  readonly directory: string;
  readonly targets: readonly Target[];
  readonly dryRun: boolean;
}

/** Tells of a release what later steps and people want to know. */
export function reportOf(release: PublishedRelease, options: ReportOptions): ContainerPushResult {
  const { index, destinations } = release;
  const { digest, mediaType, size } = index.descriptor;
  const manifests = [...release.images]
    .sort((a, b) => comparePlatforms(a.image.platform, b.image.platform))
    .map((prepared) => manifestOf(prepared, release, options));
  const targets = destinations.map((destination) => destination.report());
  return {
    digest,
    mediaType,
    size,
    references: destinations.flatMap((destination) => destination.references(digest)),
    platforms: platformsOf(manifests),
    manifests,
    tags: [...new Set(destinations.flatMap(({ tags }) => tags))],
    targets,
    pushedBytes: sum(targets.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(targets.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(targets.map(({ missingBytes }) => missingBytes)),
    cacheHit: cacheHitOf(release),
    dryRun: options.dryRun,
  };
}

/** What a push that failed has come to, with what it has published in its outputs. */
export function reachedBy(targets: readonly DestinationState[]): Reached {
  const references = targets.flatMap((target) => (isThere(target) ? target.references : []));
  const digest = /sha256:[0-9a-f]{64}$/.exec(references[0] ?? '')?.[0];
  if (digest === undefined) return { targets, outputs: {} };
  const pushed = sum(targets.map(({ pushedBytes }) => pushedBytes));
  return {
    targets,
    outputs: { digest, references: references.join('\n'), 'pushed-bytes': `${pushed}` },
  };
}

function isThere({ stage }: DestinationState): boolean {
  return stage === 'published' || stage === 'partly';
}

/** Of several images for one platform the first, which clients take that know of no difference. */
function platformsOf(manifests: readonly ManifestReport[]): ContainerPushResult['platforms'] {
  const platforms = new Map<string, Digest>();
  for (const { platform, digest } of manifests) platforms.set(platform, platforms.get(platform) ?? digest);
  return Object.fromEntries(platforms);
}

function manifestOf(
  { image, made, why }: PreparedImage,
  { images, index, destinations }: PublishedRelease,
  { directory, targets, dryRun }: ReportOptions,
): ManifestReport {
  const { descriptor, children } = image.manifest;
  // An index of one platform stands for it together with its attestations.
  const found = images.length === 1 ? index.descriptor.digest : descriptor.digest;
  const wasMissing = destinations.some((destination) => destination.wasMissing(descriptor.digest));
  return {
    platform: formatPlatform(image.platform),
    digest: descriptor.digest,
    size: descriptor.size,
    imageSize: sum(children.map((child) => child.descriptor.size)),
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
