import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { messageOf, type Problems, systemCode } from '../../errors.ts';
import { variants } from '../../oci/platform.ts';
import {
  architectureProblem,
  assertFewFiles,
  assertWalkEnds,
  type FoundFile,
  nameProblem,
  osProblem,
  type ReleasePlatform,
} from './file.ts';

interface Entry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  readonly location: string;
  /** Of a folder: its real path and those of the folders above it, in none of which a link may end. */
  readonly lineage: readonly string[];
}

/**
 * The files of trees `<os>/<architecture>[/<variant>]/<files…>`. Links are followed, as Nix leaves them into
 * its store; empty folders have nothing to publish. What cannot be published is told to `problems`, by its
 * path from `directory`.
 */
export async function readTrees(
  roots: readonly string[],
  directory: string,
  problems: Problems,
): Promise<FoundFile[]> {
  const reader = new TreeReader(directory, problems);
  for (const root of roots) await reader.readRoot(root);
  return reader.files;
}

class TreeReader {
  readonly files: FoundFile[] = [];
  readonly #directory: string;
  readonly #problems: Problems;
  #reported = 0;
  #met = 0;

  constructor(directory: string, problems: Problems) {
    this.#directory = directory;
    this.#problems = problems;
  }

  async readRoot(root: string): Promise<void> {
    const before = this.files.length + this.#reported;
    const folder = await this.#resolve(root, path.basename(root), []);
    if (folder?.kind === 'file') {
      return this.#report(root, 'is a file; expected a folder with <os>/<architecture>/<files> in it');
    }
    for (const os of await this.#folders(folder, '<os>/<architecture>/')) await this.#readSystem(os);
    if (this.files.length + this.#reported > before) return;
    this.#report(root, 'has no file to publish; expected <os>/<architecture>/<files> in it');
  }

  async #readSystem(os: Entry): Promise<void> {
    const problem = osProblem(os.name);
    if (problem) return this.#report(os.location, problem);
    for (const architecture of await this.#folders(os, '<architecture>/')) {
      await this.#readArchitecture(os.name, architecture);
    }
  }

  async #readArchitecture(os: string, folder: Entry): Promise<void> {
    const architecture = folder.name;
    const problem = architectureProblem(architecture);
    if (problem) return this.#report(folder.location, problem);
    for (const entry of await this.#entries(folder)) {
      const isVariant = entry.kind === 'folder' && variants[architecture]?.includes(entry.name);
      const platform = { os, architecture, ...(isVariant && { variant: entry.name }) };
      await this.#readEntry(platform, entry, entry.name);
    }
  }

  async #readEntry(platform: ReleasePlatform, entry: Entry, below: string): Promise<void> {
    if (entry.kind === 'file') {
      const { location } = entry;
      this.files.push({ platform, path: below, origin: this.#show(location), location });
      return assertFewFiles(this.files.length, this.#show(location));
    }
    for (const child of await this.#entries(entry)) {
      await this.#readEntry(platform, child, `${below}/${child.name}`);
    }
  }

  /** The folders in a folder where no file may lie. */
  async #folders(folder: Entry | undefined, missing: string): Promise<Entry[]> {
    const entries = folder ? await this.#entries(folder) : [];
    return entries.filter(({ kind, location }) => {
      if (kind === 'file') this.#report(location, outsideProblem(location, missing));
      return kind === 'folder';
    });
  }

  async #entries(folder: Entry): Promise<Entry[]> {
    let names: Dirent[];
    try {
      names = await readdir(folder.location, { withFileTypes: true });
    } catch (failure) {
      this.#report(folder.location, `cannot be read: ${messageOf(failure)}`);
      return [];
    }
    this.#met += names.length;
    assertWalkEnds(this.#met, this.#show(folder.location));
    const entries: Entry[] = [];
    for (const dirent of names) {
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
    if (dirent.isFile()) return { name, location, kind: 'file', lineage: [] };
    if (dirent.isDirectory()) {
      const [parent = ''] = folder.lineage;
      return { name, location, kind: 'folder', lineage: [path.join(parent, name), ...folder.lineage] };
    }
    if (dirent.isSymbolicLink()) return this.#resolve(location, name, folder.lineage);
    this.#report(location, 'is neither a file nor a folder');
    return undefined;
  }

  /** What a link, or a path that the caller gave, leads to. */
  async #resolve(location: string, name: string, parents: readonly string[]): Promise<Entry | undefined> {
    try {
      const target = await stat(location);
      if (target.isFile()) return { name, location, kind: 'file', lineage: [] };
      if (!target.isDirectory()) throw new Error('it is neither a file nor a folder');
      const real = await realpath(location);
      if (parents.includes(real)) {
        throw new Error(`it is a symbolic link to ${real}, a folder that it lies in: a loop`);
      }
      return { name, location, kind: 'folder', lineage: [real, ...parents] };
    } catch (failure) {
      this.#report(location, `cannot be published: ${reasonOf(failure, parents.length > 0)}`);
      return undefined;
    }
  }

  #report(location: string, problem: string): void {
    this.#reported += 1;
    this.#problems.add(`${this.#show(location)}: ${problem}`);
  }

  #show(location: string): string {
    const short = path.relative(this.#directory, location);
    return short === '' || short.startsWith('..') || path.isAbsolute(short) ? location : short;
  }
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
