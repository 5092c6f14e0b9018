import type { Knowledge } from '../../cache/knowledge.ts';
import type { Image } from '../../content/content.ts';
import type { Spool } from '../../content/spool.ts';
import { Problems } from '../../errors.ts';
import type { Annotation } from '../../image/annotate.ts';
import { type Labels, labelImage } from '../../image/label.ts';
import { partsOf } from '../../image/rootfs/image-tree.ts';
import { formatPlatform, type Platform, spellPlatform } from '../../oci/platform.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { type Withheld, withhold } from '../../progress/withheld.ts';
import { readListedFiles } from '../../source/files/listed-files.ts';
import { findPlatformFolders, type PlatformFolder } from '../../source/files/platform-folders.ts';
import { readFolder } from '../../source/files/read-folder.ts';
import { readFollowed } from '../../source/tree/links.ts';
import { findTrees } from '../../source/tree/roots.ts';
import { describeImage, type LocalArtifact, type RememberedArtifact } from '../artifact.ts';
import { type Base, imageFor } from './base.ts';
import { BaseHeaders } from './base-headers.ts';
import { type BaseImage, readBaseImage } from './base-layers.ts';
import type { CompressAhead } from './compress-ahead.ts';
import { type FilesRecipe, measureImage, type PlannedFilesImage, planFilesImage } from './files-image.ts';

/** How folders of files become images. */
export interface FilesOptions extends FilesRecipe {
  /** Folders that links may lead into, relative to `directory`. */
  readonly follow: readonly string[];
  readonly base: Base | undefined;
  /** The one platform of folders that are no tree by platform, if there is one. */
  readonly only: Platform | undefined;
  /** For the config of every image. */
  readonly labels: Labels;
  /** Where relative paths begin. */
  readonly directory: string;
  readonly knowledge: Knowledge;
  /** Where layers of many small files wait until they are compressed. */
  readonly spool: Spool;
  /** Compresses those at once; undefined: they wait as they are. */
  readonly ahead: CompressAhead | undefined;
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Images of files, and what their manifests say of the base. */
export type FilesArtifact = (LocalArtifact | RememberedArtifact) & {
  readonly annotations: readonly Annotation[];
};

/**
 * Makes an image of each platform's folder in the trees that these lines name. All that is wrong with them is told at once.
 * Files are read here for the digests of layers, and again by who compresses one that nobody has. Where the headers of a base
 * were remembered, so are the images: unless the targets bear them out, they are held to the layers of the base.
 */
export async function openFilesArtifact(
  lines: readonly string[],
  options: FilesOptions,
): Promise<FilesArtifact> {
  const { knowledge, progress } = options;
  const headers = new BaseHeaders(knowledge, progress);
  const reading = await findFolders(lines, options);
  const withheld = withhold(progress);
  const planned = await planGuessing(reading, headers, { ...options, progress: withheld });
  if (!headers.isGuess) {
    withheld.release();
    return { ...local(await measureImages(planned, options)), annotations: annotationsOf(planned, options) };
  }
  const images = await measureImages(planned, { ...options, progress: withheld });
  return {
    kind: 'remembered',
    images,
    annotations: annotationsOf(planned, options),
    tell: () => withheld.release(),
    async reread() {
      if (!(await headers.prove())) {
        return local(await measureImages(await planImages(reading, headers, options), options));
      }
      withheld.release();
      return local(images);
    },
  };
}

function local(images: readonly Image[]): LocalArtifact {
  return { kind: 'local', images, why: 'files' };
}

/** The folders that images are made of, and how they are read. */
interface Reading {
  readonly folders: readonly PlatformFolder[];
  readonly isExcluded: (path: string) => boolean;
  readonly followed: readonly string[];
}

async function findFolders(
  lines: readonly string[],
  { directory, follow, only, progress }: FilesOptions,
): Promise<Reading> {
  const problems = new Problems();
  const followed = await readFollowed(follow, directory, problems);
  const { paths, isExcluded } = await findTrees(lines, directory, followed, problems, progress);
  const folders: PlatformFolder[] = [];
  const tell = (line: string): void => progress.line(line);
  const options = { directory, problems, isExcluded, followed, only, tell };
  for (const path of paths) for (const one of await findPlatformFolders(path, options)) folders.push(one);
  refuseTwins(folders, directory, problems);
  problems.throwIfAny('source');
  return { folders, isExcluded, followed };
}

/** All files of a platform are in one image. */
function refuseTwins(folders: readonly PlatformFolder[], directory: string, problems: Problems): void {
  const first = new Map<string, PlatformFolder>();
  for (const folder of folders) {
    const platform = formatPlatform(folder.platform);
    const other = first.get(platform);
    first.set(platform, other ?? folder);
    if (!other) continue;
    const [one, two] = [other, folder].map(({ location }) => shownPath(location, directory));
    problems.add(
      `${one} and ${two} are both for ${platform}, and one image holds all files of a platform: put them into one folder ${spellPlatform(other.platform)}, keep GoReleaser's artifacts.json beside them if it made them, or leave one out by a line !${two}`,
    );
  }
}

/** Plans images on what is known of the base; what fails for that is done again with what the base has. */
async function planGuessing(
  reading: Reading,
  headers: BaseHeaders,
  options: FilesOptions & { readonly progress: Withheld },
): Promise<PlannedFilesImage[]> {
  try {
    return await planImages(reading, headers, options);
  } catch (failure) {
    if (headers.isGuess && !(await headers.prove())) {
      options.progress.drop();
      return planImages(reading, headers, options);
    }
    options.progress.release();
    throw failure;
  }
}

async function planImages(
  reading: Reading,
  headers: BaseHeaders,
  options: FilesOptions,
): Promise<PlannedFilesImage[]> {
  const { base, lines } = options;
  const problems = new Problems();
  const planned: PlannedFilesImage[] = [];
  for (const folder of reading.folders) {
    const below = base && (await readBaseImage(imageFor(folder.platform, base), headers));
    const image = await planFolder(folder, below, { ...reading, ...options, problems });
    if (image) planned.push(image);
  }
  for (const line of lines) {
    if (planned.some(({ matched }) => matched.has(line))) continue;
    problems.add(
      `layer "${line.text}" takes no file of any platform: globs begin at the folder of a platform`,
    );
  }
  problems.throwIfAny('source');
  return planned;
}

async function measureImages(planned: readonly PlannedFilesImage[], options: FilesOptions): Promise<Image[]> {
  const images: Image[] = [];
  for (const image of planned) {
    const made = await labelImage(await measureImage(image, options), options.labels);
    options.progress.line(`${image.origin} -> ${describeImage(made)}`);
    images.push(made);
  }
  return images;
}

type PlanFolderOptions = FilesOptions & Omit<Reading, 'folders'> & { readonly problems: Problems };

async function planFolder(
  { platform, location, without, files }: PlatformFolder,
  below: BaseImage | undefined,
  options: PlanFolderOptions,
): Promise<PlannedFilesImage | undefined> {
  const { directory, problems, isExcluded, followed, prefix, ahead, progress } = options;
  const origin = shownPath(location, directory);
  const root = prefix.replace(/\/$/, '');
  const inImage = (absolute: string) => ({
    ...(absolute.startsWith(`${root}/`) && { path: partsOf(absolute.slice(root.length)).join('/') }),
    isThere: below?.tree.resolve(partsOf(absolute)) !== undefined,
  });
  const onFile = ahead?.expect;
  const nodes = files
    ? await readListedFiles(files, directory, problems, onFile)
    : await readFolder(location, { directory, problems, isExcluded, followed, without, inImage, onFile });
  if (nodes.length === 0) {
    problems.add(`${origin} has no file for ${formatPlatform(platform)}`);
    return undefined;
  }
  return planFilesImage(platform, origin, nodes, below, options, progress);
}

/** org.opencontainers.image.base.* (image-spec 1.1, annotations.md), on the manifest of each platform. */
function annotationsOf(planned: readonly PlannedFilesImage[], { base }: FilesOptions): Annotation[] {
  const key = 'org.opencontainers.image.base';
  return planned.flatMap(({ platform, base: below }) => {
    const on = { level: 'manifest', platform } as const;
    return [
      ...(base?.name ? [{ ...on, key: `${key}.name`, value: base.name }] : []),
      ...(below?.digest ? [{ ...on, key: `${key}.digest`, value: below.digest }] : []),
    ];
  });
}
