import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Problems } from '../../errors.ts';
import { formatPlatform, normalizePlatform, type Platform, variants } from '../../oci/platform.ts';
import { shownPath } from '../../progress/format.ts';
import type { IsExcluded } from '../expand-paths.ts';
import { platformsInFolderName } from '../tree/folder-name.ts';
import { leadsOut } from '../tree/links.ts';
import type { PlatformContent } from '../tree/platform-reader.ts';
import { isArchitecture, isSystem, TreeReader } from '../tree/tree-reader.ts';
import { type TreeEntry, TreeWalk } from '../tree/walk.ts';

/** What there is for one platform: a folder, or files that a list names. */
export interface PlatformFolder {
  readonly platform: Platform;
  readonly location: string;
  /** Names in it that are folders of variants, and so of other platforms. */
  readonly without: readonly string[];
  /** By their paths in an image; undefined where all that is in the folder is meant. */
  readonly files?: Map<string, TreeEntry>;
}

/** How platforms are looked for. */
export interface PlatformFolderOptions {
  readonly directory: string;
  readonly problems: Problems;
  readonly isExcluded: IsExcluded;
  /** The one platform of folders that are no tree by platform, if there is one. */
  readonly only: Platform | undefined;
  /** Real folders that links to folders may lead into, besides the root. */
  readonly followed: readonly string[];
  /** Told how folders and files are read that are not named after platforms in Go's words. */
  readonly tell: (line: string) => void;
}

/**
 * The folders of platforms in a tree, as a release of files has them (source/tree/tree-reader.ts); a root that holds no platform
 * is one itself where there is only one. What lies outside of any platform is told to `problems`.
 */
export async function findPlatformFolders(
  root: string,
  { directory, problems, isExcluded, only, followed, tell }: PlatformFolderOptions,
): Promise<PlatformFolder[]> {
  const found = await stat(root).catch(() => undefined);
  if (!found?.isDirectory()) {
    const what = found ? 'is no folder: images of files are made of folders' : 'is not there';
    problems.add(`${shownPath(root, directory)} ${what}`);
    return [];
  }
  const real = await realpath(root);
  const walk = new TreeWalk(directory, problems, isExcluded, [real, ...followed], true);
  if (!(await isTree(root, real, walk, only !== undefined))) {
    if (only) return [{ platform: only, location: root, without: [] }];
    problems.add(
      `${shownPath(root, directory)} is no tree by platform: expected <os>/<architecture>/<files> in it, or one platform in "platforms" that all its files are for`,
    );
    return [];
  }
  const folders = new PlatformFolders(walk);
  await new TreeReader(walk, folders, tell).readRoot(root);
  return folders.found;
}

/** Whether a root is named after a platform, or holds one; where all of it may be for one platform, a system alone is none. */
async function isTree(root: string, real: string, walk: TreeWalk, mayBePlain: boolean): Promise<boolean> {
  const [name, parent] = [path.basename(root), path.basename(path.dirname(root))];
  if (isSystem(parent) && isArchitecture(name)) return true;
  if (platformsInFolderName(name) ?? (name === 'publish' && platformsInFolderName(parent))) return true;
  const top = { name, location: root, kind: 'folder', real, parents: [] } as const;
  const folders = foldersOf(await walk.entries(top));
  if (folders.some((folder) => platformsInFolderName(folder.name))) return true;
  if (isSystem(name) && (!mayBePlain || folders.some((folder) => isArchitecture(folder.name)))) return true;
  for (const folder of folders.filter((entry) => isSystem(entry.name))) {
    if (!mayBePlain) return true;
    if (foldersOf(await walk.entries(folder)).some((entry) => isArchitecture(entry.name))) return true;
  }
  return false;
}

function foldersOf(entries: readonly TreeEntry[]): TreeEntry[] {
  return entries.filter(({ kind }) => kind === 'folder');
}

class PlatformFolders implements PlatformContent {
  readonly found: PlatformFolder[] = [];
  readonly #walk: TreeWalk;

  constructor(walk: TreeWalk) {
    this.#walk = walk;
  }

  get count(): number {
    return this.found.length;
  }

  /** The folders of variants are for themselves, and the folder where there is anything else in it. */
  async addFolder(platform: Platform, folder: TreeEntry, entries: readonly TreeEntry[]): Promise<void> {
    // That was told when it was to be entered.
    if (folder.leadsOut) return;
    const known = platform.variant === undefined ? (variants.get(platform.architecture) ?? []) : [];
    const own = foldersOf(entries).filter(({ name }) => known.includes(name));
    const others = entries.filter((entry) => !own.includes(entry));
    if (own.length > 0 && others.length > 0 && others.every(({ name }) => name.startsWith('.'))) {
      for (const { location } of others) {
        this.#walk.report(location, 'lies alone beside the folders of variants: leave it out with !');
      }
    } else if (own.length === 0 || others.length > 0) {
      const without = own.map(({ name }) => name);
      this.found.push({ platform: normalizePlatform(platform), location: folder.location, without });
    }
    for (const { name, ...variant } of own) {
      if (this.#refuses(variant)) continue;
      const { location } = variant;
      this.found.push({ platform: normalizePlatform({ ...platform, variant: name }), location, without: [] });
    }
  }

  /** The files of one platform are together, wherever they lie. */
  addFile(platform: Platform, file: TreeEntry, name: string): void {
    if (this.#refuses(file)) return;
    const normal = normalizePlatform(platform);
    const listed = this.found.find(
      (other) => other.files && formatPlatform(other.platform) === formatPlatform(normal),
    );
    const files = listed?.files ?? new Map();
    files.set(name, file);
    if (!listed) {
      this.found.push({ platform: normal, location: path.dirname(file.location), without: [], files });
    }
  }

  #refuses({ leadsOut: isOut, location, real }: Omit<TreeEntry, 'name'>): boolean {
    if (isOut) this.#walk.report(location, `is a symbolic link that ${leadsOut(real)}`);
    return isOut === true;
  }
}
