import type { Knowledge } from '../../cache/knowledge.ts';
import type { ImageWithoutManifest } from '../../content/content.ts';
import type { Spool } from '../../content/spool.ts';
import { Problems } from '../../errors.ts';
import type { Annotation } from '../../image/annotate.ts';
import { type Labels, labelImage } from '../../image/label.ts';
import { partsOf } from '../../image/rootfs/image-tree.ts';
import { formatPlatform, type Platform } from '../../oci/platform.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { findPlatformFolders, type PlatformFolder } from '../../source/files/platform-folders.ts';
import { readFolder } from '../../source/files/read-folder.ts';
import { readFollowed } from '../../source/tree/links.ts';
import { findTrees } from '../../source/tree/roots.ts';
import { describeImage, type LocalArtifact } from '../artifact.ts';
import { type Base, imageFor } from './base.ts';
import { type BaseImage, readBaseImage } from './base-layers.ts';
import { type FilesRecipe, measureImage, type PlannedImage, planImage } from './files-image.ts';

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
  readonly signal: AbortSignal;
  readonly progress: Progress;
}

/** Images of files, and what their manifests say of the base. */
export interface FilesArtifact extends LocalArtifact {
  readonly annotations: readonly Annotation[];
}

/**
 * Makes an image of each platform's folder in the trees that these lines name. All that is wrong with them is told at once.
 * Files are read here for the digests of layers, and again by who compresses one that nobody has.
 */
export async function openFilesArtifact(
  lines: readonly string[],
  options: FilesOptions,
): Promise<FilesArtifact> {
  const { base, directory, knowledge, progress } = options;
  const problems = new Problems();
  const followed = await readFollowed(options.follow, directory, problems);
  const { paths, isExcluded } = await findTrees(lines, directory, followed, problems, progress);
  const reading = { directory, problems, isExcluded, followed };
  const folders: PlatformFolder[] = [];
  for (const path of paths)
    folders.push(...(await findPlatformFolders(path, { ...reading, only: options.only })));
  problems.throwIfAny('source');
  const planned: PlannedImage[] = [];
  for (const folder of folders) {
    const below = base && (await readBaseImage(imageFor(folder.platform, base), knowledge, progress));
    const image = await planFolder(folder, below, { ...reading, ...options });
    if (image) planned.push(image);
  }
  for (const line of options.lines) {
    if (planned.some(({ matched }) => matched.has(line))) continue;
    problems.add(
      `layer "${line.text}" takes no file of any platform: globs begin at the folder of a platform`,
    );
  }
  problems.throwIfAny('source');
  const images: ImageWithoutManifest[] = [];
  for (const image of planned) {
    const made = await labelImage(await measureImage(image, options), options.labels);
    progress.line(`${image.origin} -> ${describeImage(made)}`);
    images.push(made);
  }
  return {
    kind: 'local',
    images,
    why: 'files',
    annotations: planned.flatMap((image) => baseAnnotations(image, base)),
  };
}

interface PlanFolderOptions extends FilesOptions {
  readonly problems: Problems;
  readonly isExcluded: (path: string) => boolean;
  readonly followed: readonly string[];
}

async function planFolder(
  { platform, location, without }: PlatformFolder,
  below: BaseImage | undefined,
  options: PlanFolderOptions,
): Promise<PlannedImage | undefined> {
  const { directory, problems, isExcluded, followed, prefix, progress } = options;
  const origin = shownPath(location, directory);
  const root = prefix.replace(/\/$/, '');
  const nodes = await readFolder(location, {
    ...{ directory, problems, isExcluded, followed, without },
    inImage: (absolute) => ({
      ...(absolute.startsWith(`${root}/`) && { path: partsOf(absolute.slice(root.length)).join('/') }),
      isThere: below?.tree.resolve(partsOf(absolute)) !== undefined,
    }),
  });
  if (nodes.length === 0) {
    problems.add(`${origin} has no file for ${formatPlatform(platform)}`);
    return undefined;
  }
  return planImage(platform, origin, nodes, below, options, progress);
}

/** org.opencontainers.image.base.* (image-spec 1.1, annotations.md), on the manifest of each platform. */
function baseAnnotations({ platform, base: below }: PlannedImage, base: Base | undefined): Annotation[] {
  const on = { level: 'manifest', platform } as const;
  const key = 'org.opencontainers.image.base';
  return [
    ...(base?.name ? [{ ...on, key: `${key}.name`, value: base.name }] : []),
    ...(below?.digest ? [{ ...on, key: `${key}.digest`, value: below.digest }] : []),
  ];
}
