import pLimit from 'p-limit';
import type { Knowledge } from '../cache/knowledge.ts';
import type { Store } from '../cache/store.ts';
import type { Progress } from '../content/progress.ts';
import { Spool } from '../content/spool.ts';
import { together } from '../content/together.ts';
import { checkPlatforms, mergeImages } from '../image/merge.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Format } from '../oci/media-type.ts';
import { comparePlatforms, formatPlatform, type Platform } from '../oci/platform.ts';
import { findArtifacts } from '../source/find.ts';
import { type Artifact, openArtifact } from './artifact.ts';
import { type Connection, openPlace } from './connect.ts';
import { loadKnowledge, saveKnowledge } from './learn.ts';
import type { Locator } from './locator.ts';
import { once } from './once.ts';
import { type Destination, Publication, type TargetReport } from './publication.ts';
import { type PublishedLayer, readPublished } from './published.ts';
import { type Sealed, sealImages } from './seal.ts';
import type { Target } from './target.ts';

/** All that a push is told; the doors fill it in through parseContainerPush. */
export interface ContainerPushRequest {
  /** Paths and globs, relative to `directory`. */
  readonly artifacts: readonly string[];
  readonly directory: string;
  readonly targets: readonly Target[];
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms?: readonly Platform[];
  readonly format: Format;
  /** 1 to 9. */
  readonly compressionLevel: number;
  /** Uploads at once, for each target. */
  readonly concurrency: number;
  /** How many layers are compressed at once. */
  readonly parallelism: number;
  readonly dryRun: boolean;
  /** Where compressed layers wait until they are sent. */
  readonly temporaryDirectory: string;
  readonly connection: Connection;
  /** Where the knowledge of earlier runs is kept; undefined: nowhere. */
  readonly store: Store | undefined;
  /** Published images to learn from, besides what is at the targets. */
  readonly cacheFrom: readonly Locator[];
  readonly now: Date;
}

/** Whether earlier runs spared all reading and compressing, some of it, or none. */
export type CacheHit = 'true' | 'partial' | 'false';

/** One platform of a release. */
export interface ManifestReport {
  readonly platform: string;
  readonly digest: Digest;
  /** In bytes: config and layers, as they are stored. */
  readonly size: number;
  readonly layers: number;
  /** Layers that had to be compressed; the others were known. */
  readonly made: number;
  readonly pushed: boolean;
  /** The artifact that it came from. */
  readonly source: string;
}

/** What became of a push; the shape of the `metadata` output. */
export interface ContainerPushResult {
  readonly digest: Digest;
  readonly mediaType: string;
  readonly size: number;
  readonly references: readonly string[];
  readonly platforms: Readonly<Record<string, Digest>>;
  readonly manifests: readonly ManifestReport[];
  readonly tags: readonly string[];
  readonly targets: readonly TargetReport[];
  readonly pushedBytes: number;
  readonly skippedBytes: number;
  readonly cacheHit: CacheHit;
  readonly dryRun: boolean;
}

/** Images of several platforms become one index on every target; nothing is sent before all input is verified. */
export async function containerPush(
  request: ContainerPushRequest,
  progress: Progress,
): Promise<ContainerPushResult> {
  const abort = new AbortController();
  const knowledge = await loadKnowledge(request.store, request.now, progress);
  progress.group('Read artifacts');
  const artifacts = await openArtifacts(request, knowledge, progress, abort);
  const images = artifacts.flatMap((artifact) => artifact.images);
  checkPlatforms(images, request.platforms);

  progress.group(request.dryRun ? 'Compare with the targets' : 'Publish');
  await using spool = await Spool.create(request.temporaryDirectory);
  await using publication = await openPublication(request, progress, abort);
  const published = once(() => readBases(request, publication, progress));
  const sealed = await sealImages(
    images,
    { ...request, knowledge, published, spool, progress },
    publication,
    abort,
  );
  const index = mergeImages(
    sealed.map(({ image }) => image),
    request.format,
  );
  await publication.send(index);
  await publication.tag(index);
  if (!request.dryRun) await saveKnowledge(knowledge, request.store, progress);
  return resultOf(sealed, cacheHitOf(artifacts, sealed), index.descriptor, request, publication);
}

async function openArtifacts(
  { artifacts, directory, parallelism }: ContainerPushRequest,
  knowledge: Knowledge,
  progress: Progress,
  abort: AbortController,
): Promise<Artifact[]> {
  const paths = await findArtifacts(artifacts, directory);
  const limit = pLimit(parallelism);
  const open = (path: string): Promise<Artifact> =>
    limit(() => {
      abort.signal.throwIfAborted();
      return openArtifact(path, directory, knowledge, progress);
    });
  return together(paths.map(open), abort);
}

async function openPublication(
  request: ContainerPushRequest,
  progress: Progress,
  abort: AbortController,
): Promise<Publication> {
  const open = async ({ place, tags }: Target): Promise<Destination> => ({
    repository: await openPlace(place, request.connection, progress),
    tags,
  });
  return new Publication(await together(request.targets.map(open), abort), { ...request, progress, abort });
}

/** What is published at the targets, and in other places that the request names to learn from. */
async function readBases(
  { cacheFrom, connection }: ContainerPushRequest,
  publication: Publication,
  progress: Progress,
): Promise<ReadonlyMap<Digest, PublishedLayer>> {
  const others = await Promise.all(
    cacheFrom.map(async ({ place, tag, digest }) => ({
      repository: await openPlace(place, connection, progress),
      tags: tag ? [tag] : digest ? [digest] : [],
      ...(place.kind === 'registry' && { reference: place.reference }),
    })),
  );
  const layers = await readPublished([...others, ...publication.destinations], progress);
  await Promise.allSettled(others.map(({ repository }) => repository.close()));
  return layers;
}

function cacheHitOf(artifacts: readonly Artifact[], sealed: readonly Sealed[]): CacheHit {
  const isWhole = artifacts.every(({ isKnown }) => isKnown) && sealed.every(({ made }) => made === 0);
  if (isWhole) return 'true';
  const isPartial =
    artifacts.some(({ isKnown }) => isKnown) ||
    sealed.some(({ image, made }) => made < image.manifest.children.length - 1);
  return isPartial ? 'partial' : 'false';
}

function resultOf(
  sealed: readonly Sealed[],
  cacheHit: CacheHit,
  index: Descriptor,
  request: ContainerPushRequest,
  publication: Publication,
): ContainerPushResult {
  const manifests = [...sealed]
    .sort((a, b) => comparePlatforms(a.image.platform, b.image.platform))
    .map(
      ({
        made,
        image: {
          origin,
          platform,
          manifest: { descriptor, children },
        },
      }): ManifestReport => ({
        platform: formatPlatform(platform),
        digest: descriptor.digest,
        size: sum(children.map((child) => child.descriptor.size)),
        layers: children.length - 1,
        made,
        pushed: publication.isPushed(descriptor.digest),
        source: origin,
      }),
    );
  const targets = publication.report();
  return {
    digest: index.digest,
    mediaType: index.mediaType,
    size: index.size,
    references: publication.references(index.digest),
    platforms: Object.fromEntries(manifests.map(({ platform, digest }) => [platform, digest])),
    manifests,
    tags: [...new Set(request.targets.flatMap((target) => target.tags))],
    targets,
    pushedBytes: sum(targets.map((target) => target.pushedBytes)),
    skippedBytes: sum(targets.map((target) => target.skippedBytes)),
    cacheHit,
    dryRun: request.dryRun,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
