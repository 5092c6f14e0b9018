import { join, resolve } from 'node:path';
import { once } from '../../concurrency/once.ts';
import type { Image } from '../../content/content.ts';
import { AlbaError } from '../../errors.ts';
import { compareText } from '../../oci/compare.ts';
import { isDigest } from '../../oci/digest.ts';
import { formatPlatform, type Platform } from '../../oci/platform.ts';
import type { PullDestination } from '../../place/pull-destination.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import { shownPath } from '../../progress/format.ts';
import { sum } from '../../progress/sum.ts';
import { writeDockerArchive } from '../../pull/docker-archive.ts';
import { openPathSource } from '../../pull/path-source.ts';
import { openPublishedSource } from '../../pull/published-source.ts';
import { prepareFolder, type ReadyFolder } from '../../pull/pull-folder.ts';
import { pullTar } from '../../pull/pull-tar.ts';
import { usualSizeLimit } from '../../pull/size-limit.ts';
import { digestOfImage, type PullSource } from '../../pull/source.ts';
import type { KnownLayers, TreeRequest } from '../../pull/tree-request.ts';
import { usualConcurrency } from '../usual-concurrency.ts';
import type { PullRun } from './pull.ts';
import type { ContainerPullResult } from './pull-result.ts';

/** Any destination but a layout. */
type ImagesDestination = Exclude<PullDestination, { readonly kind: 'layout' }>;

type ImageReport = ContainerPullResult['images'][number];

/** The images of a source become folders, a tar or an archive for docker load. */
export async function pullImages(destination: ImagesDestination, run: PullRun): Promise<ContainerPullResult> {
  const { request } = run;
  // Nothing is asked of anybody where its answer could go nowhere.
  const output = destination.kind === 'stream' ? request.openStandardOutput() : undefined;
  if (destination.kind === 'docker-archive' && !request.dryRun) {
    await assertWritable([resolve(request.directory, destination.path, '..')]);
  }
  await using source = await openSource(run);
  const tree = await treeRequest(destination, run);
  await using known = await openKnownLayers(tree, run);
  const work: Work = { source, tree, known, run, images: once(() => source.images(request.platforms)) };
  const reports =
    destination.kind === 'folder'
      ? await fillFolders(destination.path, work)
      : destination.kind === 'stream'
        ? [await writeTar(output, work)]
        : [await writeArchive(destination, work)];
  return resultOf(destination, reports, work);
}

interface Work {
  readonly source: PullSource;
  readonly tree: TreeRequest;
  readonly known: KnownLayers | undefined;
  readonly run: PullRun;
  /** Those of the wanted platforms, in their order; read once. */
  readonly images: () => Promise<readonly Image[]>;
}

function openSource({ request, progress, abort, path, threads }: PullRun): Promise<PullSource> {
  const { source, connection, directory } = request;
  if (path !== undefined) return openPathSource(path, { directory, progress, threads });
  if (source.kind !== 'published') throw new Error('the source is neither published nor a path');
  return openPublishedSource(source.locator, connection, { progress, signal: abort.signal });
}

async function openKnownLayers(
  { bytes }: TreeRequest,
  { request, progress }: PullRun,
): Promise<(KnownLayers & AsyncDisposable) | undefined> {
  const { store, directory, link, dryRun } = request;
  if (store === undefined) return undefined;
  const { keptLayers, seenLayers } = await import('../../pull/kept-layers.ts');
  const options = { directory, progress, isLinked: link, bytes };
  return dryRun ? seenLayers(store, options) : keptLayers(store, options);
}

async function treeRequest(
  destination: ImagesDestination,
  { request, progress, abort, threads }: PullRun,
): Promise<TreeRequest> {
  const { path: paths, layer, keepOwner, keepSpecial, directory, temporaryDirectory } = request;
  const { concurrency = usualConcurrency } = request;
  const where = destination.kind === 'folder' ? resolve(directory, destination.path) : temporaryDirectory;
  const places = [where, ...(request.store === undefined ? [] : [resolve(directory, request.store)])];
  return {
    ...{ paths, layer, keepOwner, keepSpecial, concurrency, progress, abort, threads },
    maxSize: request.maxSize ?? Math.min(...(await Promise.all(places.map(usualSizeLimit)))),
    bytes: { pulled: 0, skipped: 0, missing: 0 },
  };
}

async function fillFolders(path: string, work: Work): Promise<ImageReport[]> {
  const { platforms } = work.run.request;
  if (platforms.kind === 'own') return fillAll([{ path, platform: platforms.platform }], work);
  const [only, ...others] = platforms.kind === 'named' ? platforms.platforms : [];
  if (only && others.length === 0) return fillAll([{ path, platform: only }], work);
  const wanted =
    platforms.kind === 'named' ? platforms.platforms : (await work.images()).map(({ platform }) => platform);
  return fillAll(
    wanted.map((platform) => ({ path: join(path, folderOf(platform)), platform })),
    work,
  );
}

/** `linux-arm-v7`: static push and from-files read it as that platform. */
function folderOf(platform: Platform): string {
  const { 'os.version': _, ...rest } = platform;
  return formatPlatform(rest).replaceAll('/', '-');
}

/** A folder, and the platform whose files it gets. */
interface WantedFolder {
  readonly path: string;
  readonly platform: Platform;
}

/** All folders, in the order of the images: each is replaced once the files of all are there and verified. */
async function fillAll(wanted: readonly WantedFolder[], work: Work): Promise<ImageReport[]> {
  const ready = new Map<WantedFolder, ReadyFolder>();
  // By path: two pulls that want the same folders wait for each other in the same order.
  const ordered = [...wanted.entries()].sort(([, a], [, b]) => compareText(a.path, b.path));
  try {
    for (const [at, one] of ordered) ready.set(one, await prepareOne(one, at, work));
    const reports: ImageReport[] = [];
    for (const one of wanted) reports.push(await takeOne(one, ready.get(one), work));
    return reports;
  } finally {
    for (const one of ready.values()) await one[Symbol.asyncDispose]();
  }
}

function prepareOne({ path, platform }: WantedFolder, at: number, work: Work): Promise<ReadyFolder> {
  const { source, tree, known, run, images } = work;
  const { directory, replace, current, dryRun } = run.request;
  return prepareFolder({
    ...tree,
    path,
    destination: { replace, current, directory, dryRun, needed: neededBy(run), progress: run.progress },
    dryRun,
    known,
    digest: source.digest,
    platform: formatPlatform(platform),
    image: async () => imageAt(await images(), at),
  });
}

async function takeOne(
  { platform }: WantedFolder,
  ready: ReadyFolder | undefined,
  { run }: Work,
): Promise<ImageReport> {
  if (!ready) throw new Error(`no files are ready for ${formatPlatform(platform)}`);
  const { image, ...folder } = await ready.take();
  return {
    ...folder,
    platform: formatPlatform(platform),
    path: shownPath(folder.path, run.request.directory),
    ...(image !== undefined && isDigest(image) && { digest: image }),
  };
}

/** What it reads on this machine, absolute. */
function neededBy({ request, path }: PullRun): string[] {
  const { source, store, directory } = request;
  const published = source.kind === 'published' ? directoriesOf([source.locator.place], directory) : [];
  return [path ?? [], published, store === undefined ? [] : resolve(directory, store)].flat();
}

function imageAt(images: readonly Image[], at: number): Image {
  const image = images[at];
  if (!image) throw new Error(`there is no image ${at} of those that were chosen`);
  return image;
}

async function writeTar(output: NodeJS.WritableStream | undefined, work: Work): Promise<ImageReport> {
  if (!output) throw new Error('there is nothing to write to');
  const { tree, known, run } = work;
  const image = imageAt(await work.images(), 0);
  const { temporaryDirectory } = run.request;
  const written = await pullTar(image, { ...tree, output, temporaryDirectory, known });
  return { ...reportOfImage(image), ...written };
}

async function writeArchive(
  destination: ImagesDestination & { readonly kind: 'docker-archive' },
  { source, tree, run, images }: Work,
): Promise<ImageReport> {
  const { temporaryDirectory, directory, dryRun } = run.request;
  const image = imageAt(await images(), 0);
  const name = destination.name ?? source.name;
  if (!dryRun) {
    const path = resolve(directory, destination.path);
    await writeDockerArchive(path, { ...tree, image, name, temporaryDirectory });
  }
  return reportOfImage(image);
}

function reportOfImage(image: Image): ImageReport {
  return {
    platform: formatPlatform(image.platform),
    digest: digestOfImage(image),
    unchanged: false,
    restored: [],
  };
}

function resultOf(
  destination: ImagesDestination,
  images: readonly ImageReport[],
  { source, tree, run }: Work,
): ContainerPullResult {
  const { directory, dryRun } = run.request;
  const digest = source.digest ?? images[0]?.digest;
  if (digest === undefined)
    throw new AlbaError('source', `${source.origin} has no image: did the build that makes it fail?`);
  const counts = images.flatMap(({ files }) => files ?? []);
  const { pulled, skipped, missing } = tree.bytes;
  return {
    source: source.origin,
    digest,
    path: destination.kind === 'stream' ? '-' : shownPath(resolve(directory, destination.path), directory),
    images: [...images],
    ...(counts.length === images.length && { files: sum(counts) }),
    pulledBytes: pulled,
    skippedBytes: skipped,
    missingBytes: missing,
    unchanged: images.every(({ unchanged }) => unchanged),
    dryRun,
  };
}
