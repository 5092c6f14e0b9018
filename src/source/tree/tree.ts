import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, type Problems, systemCode } from '../../errors.ts';
import { inGoNames, spellPlatform, variants } from '../../oci/platform.ts';
import { shownPath } from '../../progress/format.ts';
import { allExcluded, type IsExcluded } from '../expand-paths.ts';
import {
  architectureProblem,
  assertFewFiles,
  assertWalkEnds,
  type FoundFile,
  nameProblem,
  osProblem,
  type ReleasePlatform,
} from './file.ts';
import { isIn, leadsOut, tellFollowed } from './links.ts';

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** As it is told of: links may be in it. */
  readonly location: string;
  readonly real: string;
  /** The real paths of the folders that it lies in, in none of which a link may end; none of a root. */
  readonly parents: readonly string[];
}

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
  const { tell = ignore, debug = ignore, followed = [] } = options;
  const real = await Promise.all(roots.map((root) => realpath(root).catch(() => [])));
  const reader = new TreeReader(directory, problems, { ...options, followed: [...real.flat(), ...followed] });
  for (const root of roots) await reader.readRoot(root);
  tellFollowed(reader.links, tell, debug);
  return reader.files;
}

/** One in the other, through links too: more than a key has room for. */
const maxFolders = 1000;

const ignore = (): void => undefined;

class TreeReader {
  readonly files: FoundFile[] = [];
  /** Those that were followed, and where to. */
  readonly links: [path: string, real: string][] = [];
  readonly #directory: string;
  readonly #problems: Problems;
  readonly #isExcluded: IsExcluded;
  readonly #followed: readonly string[];
  readonly #tell: (line: string) => void;
  #reported = 0;
  #excluded = 0;
  #met = 0;

  constructor(directory: string, problems: Problems, options: TreeOptions) {
    const { isExcluded = () => false, followed = [], tell = ignore } = options;
    this.#directory = directory;
    this.#problems = problems;
    this.#isExcluded = isExcluded;
    this.#followed = followed;
    this.#tell = tell;
  }

  async readRoot(root: string): Promise<void> {
    const before = this.files.length + this.#reported;
    const excluded = this.#excluded;
    const folder = await this.#resolve(root, path.basename(root));
    if (folder?.kind === 'file') {
      return this.#report(root, 'is a file; expected a folder with <os>/<architecture>/<files> in it');
    }
    if (folder) await this.#readFolder(folder, path.basename(path.dirname(root)));
    if (this.files.length + this.#reported > before) return;
    const isLeftOut = this.#excluded > excluded;
    this.#report(
      root,
      isLeftOut ? allExcluded : 'has no file to publish; expected <os>/<architecture>/<files> in it',
    );
  }

  /** A folder that has an operating system in it is a tree, whatever it is called. */
  async #readFolder(folder: Entry, parent: string): Promise<void> {
    const entries = await this.#entries(folder);
    const isTree = entries.some(({ kind, name }) => kind === 'folder' && isSystem(name));
    if (!isTree && isSystem(folder.name)) return this.#readSystem(folder, entries);
    if (!isTree && isSystem(parent) && isArchitecture(folder.name)) {
      return this.#readArchitecture(parent, folder, entries);
    }
    for (const os of this.#foldersIn(entries, '<os>/<architecture>/')) {
      const problem = osProblem(os.name);
      if (problem) this.#report(os.location, problem);
      else await this.#readSystem(os, await this.#entries(os));
    }
  }

  async #readSystem(os: Entry, entries: readonly Entry[]): Promise<void> {
    for (const folder of this.#foldersIn(entries, '<architecture>/')) {
      const problem = architectureProblem(folder.name);
      if (problem) this.#report(folder.location, problem);
      else await this.#readArchitecture(os.name, folder, await this.#entries(folder));
    }
  }

  async #readArchitecture(os: string, folder: Entry, entries: readonly Entry[]): Promise<void> {
    const written = { os, architecture: folder.name };
    const platform: ReleasePlatform = inGoNames(written);
    const [name, goName] = [spellPlatform(written), spellPlatform(platform)];
    if (goName !== name) this.#tell(`${this.#show(folder.location)} is read as ${goName}`);
    for (const entry of entries) {
      const { architecture, variant } = platform;
      if (variant !== undefined) await this.#readEntry(platform, entry, `${variant}/${entry.name}`);
      else {
        const isVariant = entry.kind === 'folder' && variants.get(architecture)?.includes(entry.name);
        await this.#readEntry({ ...platform, ...(isVariant && { variant: entry.name }) }, entry, entry.name);
      }
    }
  }

  async #readEntry(platform: ReleasePlatform, entry: Entry, below: string): Promise<void> {
    if (entry.kind === 'file') {
      const origin = this.#show(entry.location);
      this.files.push({ platform, path: below, origin, location: entry.real, isReal: true });
      return assertFewFiles(this.files.length, origin);
    }
    for (const child of await this.#entries(entry)) {
      await this.#readEntry(platform, child, `${below}/${child.name}`);
    }
  }

  /** The folders among entries of a folder where no file may lie. */
  #foldersIn(entries: readonly Entry[], missing: string): Entry[] {
    return entries.filter(({ kind, location }) => {
      if (kind === 'file') this.#report(location, outsideProblem(location, missing));
      return kind === 'folder';
    });
  }

  async #entries(folder: Entry): Promise<Entry[]> {
    let names: Dirent[];
    try {
      names = await readdir(folder.real, { withFileTypes: true });
    } catch (failure) {
      this.#report(folder.location, `cannot be read: ${messageOf(failure)}`);
      return [];
    }
    this.#met += names.length;
    assertWalkEnds(this.#met, this.#show(folder.location));
    const entries: Entry[] = [];
    for (const dirent of names) {
      if (this.#isExcluded(path.join(folder.location, dirent.name))) {
        this.#excluded += 1;
        continue;
      }
      const entry = await this.#entry(folder, dirent);
      if (entry) entries.push(entry);
    }
    return entries;
  }

  async #entry(folder: Entry, dirent: Dirent): Promise<Entry | undefined> {
    const { name } = dirent;
    const location = path.join(folder.location, name);
    const problem = nameProblem(name);
    if (problem) {
      this.#report(path.join(folder.location, JSON.stringify(name)), problem);
      return undefined;
    }
    const parents = [folder.real, ...folder.parents];
    if (parents.length > maxFolders) {
      this.#report(location, `lies in more than ${maxFolders} folders`);
      return undefined;
    }
    const real = path.join(folder.real, name);
    if (dirent.isFile()) return { name, location, kind: 'file', real, parents };
    if (dirent.isDirectory()) return { name, location, kind: 'folder', real, parents };
    if (dirent.isSymbolicLink()) return this.#resolve(location, name, real, parents);
    this.#report(location, 'is neither a file nor a folder');
    return undefined;
  }

  /** What a link, or a path that the caller gave, leads to. */
  async #resolve(
    location: string,
    name: string,
    link = location,
    parents: readonly string[] = [],
  ): Promise<Entry | undefined> {
    const isLink = parents.length > 0;
    try {
      const real = await realpath(link);
      if (isLink && !isIn(real, this.#followed)) {
        this.#report(location, `is a symbolic link that ${leadsOut(real)}`);
        return undefined;
      }
      const found = await lstat(real);
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
      if (!kind) throw new Error('it is neither a file nor a folder');
      if (kind === 'folder' && parents.includes(real)) {
        throw new Error(`it is a symbolic link to ${real}, a folder that it lies in: a loop`);
      }
      if (isLink || (await lstat(link)).isSymbolicLink()) this.links.push([this.#show(location), real]);
      return { name, location, kind, real, parents };
    } catch (failure) {
      this.#report(location, `cannot be published: ${reasonOf(failure, isLink)}`);
      return undefined;
    }
  }

  #report(location: string, problem: string): void {
    this.#reported += 1;
    this.#problems.add(`${this.#show(location)}: ${problem}`);
  }

  #show(location: string): string {
    return shownPath(location, this.#directory);
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

function reasonOf(failure: unknown, isLink: boolean): string {
  switch (systemCode(failure)) {
    case 'ENOENT':
      return isLink ? 'it is a symbolic link to something that is not there' : 'there is no such folder';
    case 'ELOOP':
      return 'it is a symbolic link that leads back to itself';
    default:
      return messageOf(failure);
  }
}
