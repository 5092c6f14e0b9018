import type { Image, Node } from '../../content/content.ts';
import { comparePlatforms, formatPlatform } from '../../oci/platform.ts';
import type { Target } from '../../place/target.ts';
import { shownPath } from '../../progress/shown-path.ts';
import { sum } from '../../progress/sum.ts';
import type { Artifact } from '../../publish/artifact.ts';
import type { Publication } from '../../publish/publication.ts';
import type { Sealed } from '../../publish/seal.ts';
import type { ContainerPushResult, ManifestReport } from './push-result.ts';

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

function cacheHitOf(
  artifacts: readonly Artifact[],
  sealed: readonly Sealed[],
): ContainerPushResult['cacheHit'] {
  const isKnown = artifacts.map((artifact) => artifact.isKnown);
  if (isKnown.every(Boolean) && sealed.every(({ made }) => made === 0)) return 'true';
  return isKnown.some(Boolean) || sealed.some(({ spared }) => spared > 0) ? 'partial' : 'false';
}
