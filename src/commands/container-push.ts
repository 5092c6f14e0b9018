import pLimit from 'p-limit';
import type { Image, SealedImage } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import { Spool } from '../content/spool.ts';
import { together } from '../content/together.ts';
import { checkPlatforms, mergeImages } from '../image/merge.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Format } from '../oci/media-type.ts';
import { comparePlatforms, formatPlatform, type Platform } from '../oci/platform.ts';
import { findArtifacts } from '../source/find.ts';
import { readArtifact } from '../source/open.ts';
import { type Connection, openTarget } from './connect.ts';
import { type Destination, Publication, type TargetReport } from './publication.ts';
import { sealImages } from './seal.ts';
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
}

/** One platform of a release. */
export interface ManifestReport {
  readonly platform: string;
  readonly digest: Digest;
  /** In bytes: config and layers, as they are stored. */
  readonly size: number;
  readonly layers: number;
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
  readonly dryRun: boolean;
}

/** Images of several platforms become one index on every target; nothing is sent before all input is verified. */
export async function containerPush(
  request: ContainerPushRequest,
  progress: Progress,
): Promise<ContainerPushResult> {
  const abort = new AbortController();
  progress.group('Read artifacts');
  const images = await readImages(request, progress, abort);
  checkPlatforms(images, request.platforms);

  progress.group(request.dryRun ? 'Compare with the targets' : 'Publish');
  await using spool = await Spool.create(request.temporaryDirectory);
  await using publication = await openPublication(request, progress, abort);
  const sealed = await sealImages(images, { ...request, spool, progress }, publication, abort);
  const index = mergeImages(sealed, request.format);
  await publication.send(index);
  await publication.tag(index);
  return resultOf(sealed, index.descriptor, request, publication);
}

async function readImages(
  request: ContainerPushRequest,
  progress: Progress,
  abort: AbortController,
): Promise<Image[]> {
  const paths = await findArtifacts(request.artifacts, request.directory);
  const limit = pLimit(request.parallelism);
  const read = (path: string): Promise<Image[]> =>
    limit(() => {
      abort.signal.throwIfAborted();
      return readArtifact(path, progress);
    });
  return (await together(paths.map(read), abort)).flat();
}

async function openPublication(
  request: ContainerPushRequest,
  progress: Progress,
  abort: AbortController,
): Promise<Publication> {
  const open = async (target: Target): Promise<Destination> => ({
    repository: await openTarget(target, request.connection, progress),
    tags: target.tags,
  });
  return new Publication(await together(request.targets.map(open), abort), { ...request, progress, abort });
}

function resultOf(
  images: readonly SealedImage[],
  index: Descriptor,
  request: ContainerPushRequest,
  publication: Publication,
): ContainerPushResult {
  const manifests = [...images]
    .sort((a, b) => comparePlatforms(a.platform, b.platform))
    .map(
      ({ origin, platform, manifest: { descriptor, children } }): ManifestReport => ({
        platform: formatPlatform(platform),
        digest: descriptor.digest,
        size: sum(children.map((child) => child.descriptor.size)),
        layers: children.length - 1,
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
    dryRun: request.dryRun,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
