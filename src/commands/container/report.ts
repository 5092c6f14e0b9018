import type { Image, Node } from '../../content/content.ts';
import type { Digest } from '../../oci/digest.ts';
import { comparePlatforms, formatPlatform } from '../../oci/platform.ts';
import type { Target } from '../../place/target.ts';
import { shownPath } from '../../progress/shown-path.ts';
import { sum } from '../../progress/sum.ts';
import type { Artifact } from '../../publish/artifact.ts';
import type { TargetReport } from '../../publish/destination.ts';
import type { Publication } from '../../publish/publication.ts';
import type { Sealed } from '../../publish/seal.ts';

/** Whether earlier runs spared all reading and compressing, some of it, or none. */
export type CacheHit = 'true' | 'partial' | 'false';

/** One platform of a release. */
export interface ManifestReport {
  readonly platform: string;
  readonly digest: Digest;
  /** In bytes, of the manifest itself. */
  readonly size: number;
  /** In bytes: config and layers, as they are stored. */
  readonly imageSize: number;
  readonly layers: number;
  /** Layers that had to be compressed; the others were known. */
  readonly made: number;
  /** Whether it was sent to any target. */
  readonly pushed: boolean;
  /** Whether a dry run found that a target lacks it. */
  readonly missing: boolean;
  /** Why its artifact was read and not only hashed: `new or changed`, `not all of it was at every target`. */
  readonly why?: string;
  /** The artifact that it came from: a reference, or a path, from the working directory if it is below that. */
  readonly source: string;
  /** Where another run finds it, at the first target. */
  readonly reference: string;
}

/** What became of a push; the shape of the `metadata` output. */
export interface ContainerPushResult {
  readonly digest: Digest;
  readonly mediaType: string;
  /** In bytes, of the index itself. */
  readonly size: number;
  readonly references: readonly string[];
  readonly platforms: Readonly<Record<string, Digest>>;
  readonly manifests: readonly ManifestReport[];
  readonly tags: readonly string[];
  readonly targets: readonly TargetReport[];
  readonly pushedBytes: number;
  readonly skippedBytes: number;
  /** What a dry run found to be missing, over all targets. */
  readonly missingBytes: number;
  readonly cacheHit: CacheHit;
  readonly dryRun: boolean;
}

/** What a publication came to. */
export interface Outcome {
  readonly artifacts: readonly Artifact[];
  /** In the order of `sealed`. */
  readonly images: readonly Image[];
  readonly sealed: readonly Sealed[];
  readonly index: Node;
  readonly targets: readonly Target[];
  readonly publication: Publication;
  readonly directory: string;
  readonly dryRun: boolean;
}

/** Tells of a publication what later steps and people want to know. */
export function reportOf(outcome: Outcome): ContainerPushResult {
  const { artifacts, sealed, index, publication, dryRun } = outcome;
  const { digest, mediaType, size } = index.descriptor;
  const manifests = manifestsOf(outcome);
  const targets = publication.report();
  return {
    digest,
    mediaType,
    size,
    references: publication.references(digest),
    platforms: Object.fromEntries(manifests.map((manifest) => [manifest.platform, manifest.digest])),
    manifests,
    tags: publication.tags,
    targets,
    pushedBytes: sum(targets.map(({ pushedBytes }) => pushedBytes)),
    skippedBytes: sum(targets.map(({ skippedBytes }) => skippedBytes)),
    missingBytes: sum(targets.map(({ missingBytes }) => missingBytes)),
    cacheHit: cacheHitOf(artifacts, sealed),
    dryRun,
  };
}

function manifestsOf(outcome: Outcome): ManifestReport[] {
  const { artifacts, images, sealed, index, targets, publication, directory, dryRun } = outcome;
  const [first] = targets;
  const reasons = new Map(artifacts.flatMap((artifact) => artifact.images.map((of) => [of, artifact.why])));
  return sealed
    .map((found, order) => ({ ...found, why: reasons.get(images[order] as Image) }))
    .sort((a, b) => comparePlatforms(a.image.platform, b.image.platform))
    .map(({ made, why, image: { origin, platform, manifest } }) => {
      const { descriptor, children } = manifest;
      // An index of one platform stands for it together with its attestations.
      const found = sealed.length === 1 ? index.descriptor.digest : descriptor.digest;
      const wasMissing = publication.wasMissing(descriptor.digest);
      return {
        platform: formatPlatform(platform),
        digest: descriptor.digest,
        size: descriptor.size,
        imageSize: sum(children.map((child) => child.descriptor.size)),
        layers: children.length - 1,
        made,
        pushed: wasMissing && !dryRun,
        missing: wasMissing && dryRun,
        ...(why && { why }),
        source: shownPath(origin, directory),
        reference: first ? first.place.urlOf(found) : found,
      };
    });
}

function cacheHitOf(artifacts: readonly Artifact[], sealed: readonly Sealed[]): CacheHit {
  const isKnown = artifacts.map((artifact) => artifact.isKnown);
  if (isKnown.every(Boolean) && sealed.every(({ made }) => made === 0)) return 'true';
  return isKnown.some(Boolean) || sealed.some(({ spared }) => spared > 0) ? 'partial' : 'false';
}
