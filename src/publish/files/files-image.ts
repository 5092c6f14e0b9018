import { type ImageWithoutManifest, type Layer, openBytes } from '../../content/content.ts';
import { counted } from '../../content/count.ts';
import type { Spool } from '../../content/spool.ts';
import { type NewEntry, writeTar } from '../../content/tar/write-tar.ts';
import { measure } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { type ImageSettings, makeImageConfig } from '../../image/files-config.ts';
import type { ImageEntry } from '../../image/rootfs/image-node.ts';
import { ImageTree, partsOf } from '../../image/rootfs/image-tree.ts';
import { digestOf } from '../../oci/digest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import { formatPlatform, type Platform } from '../../oci/platform.ts';
import type { Progress } from '../../progress/progress.ts';
import { sum } from '../../progress/sum.ts';
import type { LayerLine } from '../../source/files/layer-line.ts';
import { type PlannedLayer, planLayers } from '../../source/files/plan-layers.ts';
import { type Skeleton, skeletonEntries } from '../../source/files/skeleton.ts';
import type { SourceNode } from '../../source/files/source-node.ts';
import { asWindowsEntries } from '../../source/files/windows-entries.ts';
import type { BaseImage } from './base-layers.ts';
import type { CompressAhead } from './compress-ahead.ts';
import { asProgram, findEntrypoint } from './entrypoint.ts';
import { aboveBase, lowerTreeOf } from './lower-tree.ts';

/** What images are made of files with. */
export interface FilesRecipe {
  readonly lines: readonly LayerLine[];
  /** Below which goes what no line gives a destination, an absolute path. */
  readonly prefix: string;
  readonly settings: ImageSettings;
  readonly skeleton: Skeleton;
  /** RFC 3339, for the config alone. */
  readonly created: string;
}

/** An image before its layers are written. */
export interface PlannedFilesImage {
  readonly platform: Platform;
  /** The folder, for messages. */
  readonly origin: string;
  readonly base: BaseImage | undefined;
  readonly layers: readonly { readonly createdBy: string; readonly entries: readonly NewEntry[] }[];
  /** Those that were asked for, the entrypoint by the name that it has on this platform. */
  readonly settings: ImageSettings;
  /** The lines that took something. */
  readonly matched: ReadonlySet<LayerLine>;
}

/** Of overlayfs in Linux, as docker and containerd mount it; more cannot be run. */
const mostLayers = 127;

/** Decides what is in each layer of an image, without reading a file. Warnings go to `progress`. */
export function planFilesImage(
  platform: Platform,
  origin: string,
  nodes: readonly SourceNode[],
  base: BaseImage | undefined,
  recipe: FilesRecipe,
  progress: Progress,
): PlannedFilesImage {
  const isWindows = platform.os === 'windows';
  if (isWindows) checkWindows(nodes, base, origin);
  const tree = base?.tree ?? new ImageTree(origin);
  const lower = lowerTreeOf(tree);
  const { lines, prefix } = recipe;
  const warn = (text: string): void => progress.warn(text);
  const plan = planLayers(nodes, { lines, prefix, lower, warn });
  const own = plan.layers.map(({ line, entries }) => ({
    createdBy: `alba: ${line?.text ?? 'files'}`,
    entries: entries.map(({ entry }) => entry),
  }));
  const skeleton = skeletonOf(recipe.skeleton, tree, plan.layers, lower);
  const all = [...(skeleton.length > 0 ? [{ createdBy: 'alba: skeleton', entries: skeleton }] : []), ...own];
  const count = all.length + (base?.layers.length ?? 0);
  if (count > mostLayers) {
    const of = base ? `, ${base.layers.length} of them of the base` : '';
    throw new AlbaError(
      'source',
      `${origin} comes to ${count} layers${of}, and no machine runs more than ${mostLayers}: join some lines of "layers"`,
    );
  }
  const isRun = recipe.settings.entrypoint !== undefined || recipe.settings.cmd !== undefined;
  // The tree with all files in it is of use to find a program alone.
  for (const [layer, { entries }] of isRun ? all.entries() : []) {
    for (const [entry, header] of entries.entries()) {
      tree.apply(asTreeEntry(header), { layer: aboveBase + layer, entry });
    }
  }
  const run = { settings: recipe.settings, base: base?.config.config, tree };
  const program = findEntrypoint(platform, run);
  if (program.missing !== undefined && !(isWindows && base)) {
    warn(
      `${formatPlatform(platform)}: ${program.missing} is not in the image: a container of it will not start`,
    );
  }
  const layers = all.map(({ createdBy, entries }, layer) => {
    const isOfProgram = program.layer === aboveBase + layer;
    const made = isOfProgram
      ? entries.map((entry, index) => (program.entry === index ? asProgram(entry) : entry))
      : entries;
    return { createdBy, entries: isWindows ? asWindowsEntries(made) : made };
  });
  return { platform, origin, base, layers, settings: program.settings, matched: plan.matched };
}

/** What the measuring of layers takes. */
export interface MeasureLayerOptions {
  /** Where layers of many small files wait. */
  readonly spool: Spool;
  /** Compresses those at once; undefined: they wait as they are. */
  readonly ahead: CompressAhead | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** What the measuring of an image takes. */
export interface MeasureOptions extends MeasureLayerOptions {
  /** RFC 3339, for the config alone. */
  readonly created: string;
}

/**
 * Writes the layers of an image once, to know their digests. Layers of large files are written again when they are compressed,
 * and held to that; those of many small ones, which take long to open, wait on disk.
 */
export async function measureImage(
  { platform, origin, base, layers: planned, settings }: PlannedFilesImage,
  { created, ...options }: MeasureOptions,
): Promise<ImageWithoutManifest> {
  const layers: Layer[] = [];
  for (const { entries } of planned) layers.push(await measureLayer(entries, options));
  const history = layers.map(({ diffId }, index) => ({ diffId, createdBy: planned[index]?.createdBy ?? '' }));
  const { 'os.version': version, 'os.features': features } = base?.platform ?? {};
  const full = {
    ...platform,
    ...(version && { 'os.version': version }),
    ...(features && { 'os.features': features }),
  };
  const config = makeImageConfig(full, settings, history, created, base?.config);
  const descriptor = { mediaType: mediaTypes.oci.config, digest: digestOf(config), size: config.length };
  return {
    kind: 'without-manifest',
    origin,
    platform: full,
    config: { descriptor, open: openBytes(config) },
    layers: [...(base?.layers ?? []), ...layers],
  };
}

/** In bytes: of layers that wait on disk, all of one and the mean file. */
const mostSpooled = { layer: 256 * 1024 * 1024, file: 64 * 1024 };

/** Writes a layer once, to know its digest. */
export async function measureLayer(
  entries: readonly NewEntry[],
  { spool, ahead, signal, progress }: MeasureLayerOptions,
): Promise<Layer> {
  const sizes = entries.map(sizeOf);
  const total = sum(sizes);
  progress.expect(total);
  const open = () => writeTar(entries);
  const told = counted(open, progress.advance);
  const isSpooled = total <= mostSpooled.layer && total <= sizes.length * mostSpooled.file;
  const layer = await (isSpooled ? readOnce() : readToMeasure());
  // Headers, and what fills the last block of each file.
  progress.expect(layer.size - total);
  return layer;

  async function readOnce(): Promise<Layer> {
    if (ahead) return { ...(await ahead.make(told, spool, signal)), open };
    const { digest, ...found } = await spool.writeExtent(told(), signal);
    return { diffId: digest, ...found };
  }

  async function readToMeasure(): Promise<Layer> {
    const { digest, size } = await measure(told(), () => signal.throwIfAborted());
    return { diffId: digest, size, open };
  }
}

/** Nothing starts there without the registry of a base, and its layers have symbolic links of another kind. */
function checkWindows(nodes: readonly SourceNode[], base: BaseImage | undefined, origin: string): void {
  if (!base) throw new AlbaError('source', `${origin} is for Windows, whose images need a base: name one`);
  const link = nodes.find(({ kind }) => kind === 'link');
  if (link)
    throw new AlbaError(
      'source',
      `${link.origin} is a symbolic link, which layers for Windows cannot have: put what it leads to in its place, or leave it out`,
    );
}

function skeletonOf(
  skeleton: Skeleton,
  tree: ImageTree,
  layers: readonly PlannedLayer[],
  { folderAt }: ReturnType<typeof lowerTreeOf>,
): NewEntry[] {
  if (Object.values(skeleton).every((wanted) => !wanted)) return [];
  const planned = new Map(
    layers.flatMap(({ entries }) => entries.map(({ entry }) => [entry.name, entry] as const)),
  );
  const isThere = (path: string): boolean => planned.has(path) || tree.resolve(partsOf(path)) !== undefined;
  const entries = new Map<string, NewEntry>();
  for (const entry of skeletonEntries(skeleton, isThere)) {
    const parts = entry.name.split('/');
    for (const depth of parts.keys()) {
      const name = parts.slice(0, depth).join('/');
      const known = planned.get(name);
      const owner = folderAt(name) ?? { mode: 0o755, uid: 0, gid: 0 };
      if (name !== '')
        entries.set(name, known?.kind === 'folder' ? known : { kind: 'folder', name, ...owner });
    }
    entries.set(entry.name, entry);
  }
  return [...entries].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, entry]) => entry);
}

const treeTypes = { file: 'file', folder: 'directory', symlink: 'symlink', hardlink: 'link' } as const;

function asTreeEntry(entry: NewEntry): ImageEntry {
  const { name, kind, uid, gid } = entry;
  const linkname = kind === 'symlink' || kind === 'hardlink' ? entry.linkname : undefined;
  const mode = kind === 'folder' ? entry.mode : 0;
  return { name, type: treeTypes[kind], mode, uid, gid, ...(linkname !== undefined && { linkname }) };
}

function sizeOf(entry: NewEntry): number {
  if (entry.kind !== 'file') return 0;
  return Buffer.isBuffer(entry.content) ? entry.content.length : entry.content.size;
}
