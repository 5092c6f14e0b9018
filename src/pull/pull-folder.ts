import type { Image } from '../content/content.ts';
import { nameRulesOf } from '../image/rootfs/name-rules.ts';
import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import type { TreePlan } from '../image/rootfs/tree-plan.ts';
import { writeTree } from '../image/rootfs/write-tree.ts';
import { formatBytes, formatCount, formatNames, shownPath } from '../progress/format.ts';
import { openDestination, seeDestination } from './destination/open.ts';
import type {
  DestinationFolder,
  DestinationOptions,
  Pulled,
  SeenDestination,
  Standing,
} from './destination.ts';
import { planImage, storedSize, wantedLayers } from './plan-image.ts';
import { digestOfImage } from './source.ts';
import { type KnownLayers, optionsOf, type TreeRequest } from './tree-request.ts';

/** What became of one folder, or in a dry run would. */
export interface PulledFolder {
  /** Absolute. */
  readonly path: string;
  /** Of the image: its manifest, or where it has none its config. Undefined where an unchanged folder does not tell. */
  readonly image?: string;
  /** Undefined in a dry run, which does not know. */
  readonly files?: number;
  /** In bytes: of the files. */
  readonly size?: number;
  /** Whether all was there as it should be. */
  readonly unchanged: boolean;
  /** What was changed, added or taken away since the last pull, from the folder, and is put right. */
  readonly restored: readonly string[];
}

/** One folder to be filled. */
export interface FolderRequest extends TreeRequest {
  readonly path: string;
  readonly destination: DestinationOptions;
  readonly dryRun: boolean;
  readonly known: KnownLayers | undefined;
  /** What a tag names, if that is known before the image is read. */
  readonly digest: string | undefined;
  /** The platform that was asked for. */
  readonly platform: string;
  /** Reads manifest and config. */
  readonly image: () => Promise<Image>;
}

/** A folder whose files are all there, verified, beside it. Disposed of it stays as it was, unless it was taken. */
export interface ReadyFolder extends AsyncDisposable {
  /** Lets the files take their place. */
  take(): Promise<PulledFolder>;
}

/**
 * Makes the files of an image ready for a folder, unless they are there: then nothing but its record and its entries is looked at. The
 * folder is locked until it is disposed of.
 */
export async function prepareFolder(request: FolderRequest): Promise<ReadyFolder> {
  const { path, destination: options, digest, dryRun } = request;
  const seen = await seeDestination(path, options);
  if (digest !== undefined) {
    const standing = await seen.compare(wantedOf(digest, request));
    if (standing.kind === 'same') return nothingToTake(unchanged(seen, standing.pulled, request));
  }
  const image = await request.image();
  const layers = await wantedLayers(image, request);
  if (dryRun) return nothingToTake(await tellPlan(seen, image, layers, request));
  const destination = await openDestination(path, options);
  try {
    const take = await stageImage(destination, image, layers, request);
    return { take, [Symbol.asyncDispose]: () => destination[Symbol.asyncDispose]() };
  } catch (failure) {
    await destination[Symbol.asyncDispose]();
    throw failure;
  }
}

function nothingToTake(folder: PulledFolder): ReadyFolder {
  return { take: async () => folder, async [Symbol.asyncDispose]() {} };
}

/** Gives what lets it take its place. */
async function stageImage(
  destination: DestinationFolder,
  image: Image,
  layers: readonly StoredLayer[],
  request: FolderRequest,
): Promise<ReadyFolder['take']> {
  const { path } = destination;
  const standing = await compareImage(destination, image, request);
  if (standing.kind === 'same') {
    const folder = unchanged(destination, standing.pulled, request);
    return async () => folder;
  }
  tellDifferences(standing, request);
  const { files, size } = await stageTree(destination, image, layers, request);
  const told = { image: digestOfImage(image), files, size, layers: storedSize(layers) };
  const { platform, progress, digest, abort } = request;
  return async () => {
    abort.signal.throwIfAborted();
    await destination.take({ ...wantedOf(digest ?? told.image, request), told });
    progress.line(`${shown(request)}: ${platform}, ${formatCount(files, 'file')}, ${formatBytes(size)}`);
    const restored = standing.kind === 'changed' ? standing.paths : [];
    return { path, image: told.image, files, size, unchanged: false, restored };
  };
}

/** Writes the tree beside what it is to replace. Of a million entries the plan is large: nobody holds it afterwards. */
async function stageTree(
  destination: DestinationFolder,
  image: Image,
  layers: readonly StoredLayer[],
  request: FolderRequest,
): Promise<Pick<TreePlan, 'files' | 'size'>> {
  const scratch = await destination.scratch();
  const staged = await destination.stage();
  const names = await nameRulesOf(scratch);
  const { known, abort } = request;
  const { plan, layers: unpacked } = await planImage(image, layers, scratch, names, request, known?.find);
  abort.signal.throwIfAborted();
  await writeTree(plan, unpacked, staged, known ? (known.isLinked ? 'link' : 'copy') : 'move');
  return { files: plan.files, size: plan.size };
}

function wantedOf(digest: string, request: FolderRequest): Pulled {
  return { digest, platform: request.platform, options: optionsOf(request, request.known?.isLinked) };
}

/** An index that changed for other platforms alone leads to the image that is there. */
async function compareImage(seen: SeenDestination, image: Image, request: FolderRequest): Promise<Standing> {
  const own = digestOfImage(image);
  const standing = await seen.compare(wantedOf(request.digest ?? own, request));
  if (standing.kind !== 'other' || standing.pulled?.told?.image !== own) return standing;
  const again = await seen.compare(wantedOf(standing.pulled.digest, request));
  return again.kind === 'other' ? standing : again;
}

function unchanged({ path }: SeenDestination, { told }: Pulled, request: FolderRequest): PulledFolder {
  request.bytes.skipped += told?.layers ?? 0;
  request.progress.line(`${shown(request)}: unchanged`);
  return {
    path,
    ...(told && { image: told.image, files: told.files, size: told.size }),
    unchanged: true,
    restored: [],
  };
}

function tellDifferences(standing: Standing, request: FolderRequest): void {
  if ((standing.kind !== 'changed' && standing.kind !== 'other') || standing.paths.length === 0) return;
  const names = formatNames(standing.paths);
  const what = standing.kind === 'changed' ? 'these are put right' : 'what was changed there is lost';
  request.progress.line(`${shown(request)} is not as it was pulled, ${what}: ${names}`);
}

async function tellPlan(
  seen: SeenDestination,
  image: Image,
  layers: readonly StoredLayer[],
  request: FolderRequest,
): Promise<PulledFolder> {
  const { known, bytes, progress } = request;
  const standing = await compareImage(seen, image, request);
  if (standing.kind === 'same') return unchanged(seen, standing.pulled, request);
  const missing: StoredLayer[] = [];
  for (const layer of layers) if (!(await known?.has(layer))) missing.push(layer);
  const size = storedSize(missing);
  bytes.missing += size;
  bytes.skipped += storedSize(layers) - size;
  progress.line(
    `${shown(request)}: ${formatCount(missing.length, 'layer')} of ${layers.length} would be fetched, ${formatBytes(size)}`,
  );
  const restored = standing.kind === 'changed' ? standing.paths : [];
  return { path: seen.path, image: digestOfImage(image), unchanged: false, restored };
}

function shown({ path, destination }: FolderRequest): string {
  return shownPath(path, destination.directory);
}
