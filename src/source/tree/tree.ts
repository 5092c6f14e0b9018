import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Problems } from '../../errors.ts';
import { inGoNames, spellPlatform, variants } from '../../oci/platform.ts';
import { allExcluded, type IsExcluded } from '../expand-paths.ts';
import {
  architectureProblem,
  assertFewFiles,
  type FoundFile,
  osProblem,
  type ReleasePlatform,
} from './file.ts';
import { tellFollowed } from './links.ts';
import { type TreeEntry, TreeWalk } from './walk.ts';

/** How trees are read. */
export interface TreeOptions {
  /** What is left out, with all below it; nothing, unless told. */
  readonly isExcluded?: IsExcluded;
  /** Real folders that links may lead into besides the roots; none, unless told. */
  readonly followed?: readonly string[];
  /** Told which folders are read as platforms that they are not named after in Go's words, and which links are followed. */
  readonly tell?: (line: string) => void;
  /** Told of each link where there are many. */
  readonly debug?: (line: string) => void;
}

/**
 * The files of trees `<os>/<architecture>[/<variant>]/<files…>`; a root may be such an `<os>` or `<architecture>`
 * itself, or a link to one. Other links are followed where they lead into a root or a folder of `followed`, as Nix leaves
 * them into its store; one that leads elsewhere would publish what nobody meant. Empty folders have nothing to publish.
 * What cannot be published is told to `problems`, by its path from `directory`.
 */
export async function readTrees(
  roots: readonly string[],
  directory: string,
  problems: Problems,
  options: TreeOptions = {},
): Promise<FoundFile[]> {
  const { tell = ignore, debug = ignore, followed = [], isExcluded = () => false } = options;
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => [])));
  const walk = new TreeWalk(directory, problems, isExcluded, [...real.flat(), ...followed]);
  const reader = new TreeReader(walk, tell);
  for (const root of roots) await reader.readRoot(root);
  tellFollowed(walk.links, tell, debug);
  return reader.files;
}

const ignore = (): void => undefined;

class TreeReader {
  readonly files: FoundFile[] = [];
  readonly #walk: TreeWalk;
  readonly #tell: (line: string) => void;

  constructor(walk: TreeWalk, tell: (line: string) => void) {
    this.#walk = walk;
    this.#tell = tell;
  }

  async readRoot(root: string): Promise<void> {
    const before = this.files.length + this.#walk.reported;
    const excluded = this.#walk.excluded;
    const folder = await this.#walk.resolve(root, path.basename(root));
    if (folder?.kind === 'file') {
      return this.#walk.report(root, 'is a file; expected a folder with <os>/<architecture>/<files> in it');
    }
    if (folder) await this.#readFolder(folder, path.basename(path.dirname(root)));
    if (this.files.length + this.#walk.reported > before) return;
    const isLeftOut = this.#walk.excluded > excluded;
    this.#walk.report(
      root,
      isLeftOut ? allExcluded : 'has no file to publish; expected <os>/<architecture>/<files> in it',
    );
  }

  /** A folder that has an operating system in it is a tree, whatever it is called. */
  async #readFolder(folder: TreeEntry, parent: string): Promise<void> {
    const entries = await this.#walk.entries(folder);
    const isTree = entries.some(({ kind, name }) => kind === 'folder' && isSystem(name));
    if (!isTree && isSystem(folder.name)) return this.#readSystem(folder, entries);
    if (!isTree && isSystem(parent) && isArchitecture(folder.name)) {
      return this.#readArchitecture(parent, folder, entries);
    }
    for (const os of this.#foldersIn(entries, '<os>/<architecture>/')) {
      const problem = osProblem(os.name);
      if (problem) this.#walk.report(os.location, problem);
      else await this.#readSystem(os, await this.#walk.entries(os));
    }
  }

  async #readSystem(os: TreeEntry, entries: readonly TreeEntry[]): Promise<void> {
    for (const folder of this.#foldersIn(entries, '<architecture>/')) {
      const problem = architectureProblem(folder.name);
      if (problem) this.#walk.report(folder.location, problem);
      else await this.#readArchitecture(os.name, folder, await this.#walk.entries(folder));
    }
  }

  async #readArchitecture(os: string, folder: TreeEntry, entries: readonly TreeEntry[]): Promise<void> {
    const written = { os, architecture: folder.name };
    const platform: ReleasePlatform = inGoNames(written);
    const [name, goName] = [spellPlatform(written), spellPlatform(platform)];
    if (goName !== name) this.#tell(`${this.#walk.show(folder.location)} is read as ${goName}`);
    for (const entry of entries) {
      const { architecture, variant } = platform;
      if (variant !== undefined) await this.#readEntry(platform, entry, `${variant}/${entry.name}`);
      else {
        const isVariant = entry.kind === 'folder' && variants.get(architecture)?.includes(entry.name);
        await this.#readEntry({ ...platform, ...(isVariant && { variant: entry.name }) }, entry, entry.name);
      }
    }
  }

  async #readEntry(platform: ReleasePlatform, entry: TreeEntry, below: string): Promise<void> {
    if (entry.kind === 'file') {
      const origin = this.#walk.show(entry.location);
      this.files.push({ platform, path: below, origin, location: entry.real, isReal: true });
      return assertFewFiles(this.files.length, origin);
    }
    for (const child of await this.#walk.entries(entry)) {
      await this.#readEntry(platform, child, `${below}/${child.name}`);
    }
  }

  /** The folders among entries of a folder where no file may lie. */
  #foldersIn(entries: readonly TreeEntry[], missing: string): TreeEntry[] {
    return entries.filter(({ kind, location }) => {
      if (kind === 'file') this.#walk.report(location, outsideProblem(location, missing));
      return kind === 'folder';
    });
  }
}

function isSystem(name: string): boolean {
  return osProblem(name) === undefined;
}

function isArchitecture(name: string): boolean {
  return architectureProblem(name) === undefined;
}

function outsideProblem(location: string, missing: string): string {
  const isArchive = /\.(tar|tgz|tar\.[a-z0-9]+)$/i.test(location);
  const remedy = isArchive ? '; to publish the files in an image, say where in it by extract' : '';
  return `lies outside a platform; expected it below ${missing}${remedy}`;
}
