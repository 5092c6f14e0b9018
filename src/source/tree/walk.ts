import type { Dirent } from 'node:fs';
import { lstat, readdir, realpath } from 'node:fs/promises';
import path from 'node:path';
import { type Problems, reasonOf, systemCode } from '../../errors.ts';
import { compareText } from '../../oci/compare.ts';
import { shownPath } from '../../progress/format.ts';
import type { IsExcluded } from '../expand-paths.ts';
import { hintForMissing } from '../missing.ts';
import { assertWalkEnds, nameProblem } from './file.ts';
import { isIn, leadsOut } from './links.ts';

/** A file or a folder that was met on a walk. */
export interface TreeEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder';
  /** As it is told of: links may be in it. */
  readonly location: string;
  readonly real: string;
  /** The real paths of the folders that it lies in, in none of which a link may end; none of a root. */
  readonly parents: readonly string[];
  /** Where it is a link that leads to what is not to be read; only on a walk that keeps links. */
  readonly leadsOut?: true;
}

/** One in the other, through links too: more than a key has room for. */
const maxFolders = 1000;

/** A walk through folders on disk, without what is left out; what cannot be published is told to problems. */
export class TreeWalk {
  /** Those that were followed, and where to. */
  readonly links: [path: string, real: string][] = [];
  /** Problems that were told, and paths that were left out. */
  reported = 0;
  excluded = 0;
  /** What is left out, with all below it. */
  readonly isExcluded: IsExcluded;
  readonly #directory: string;
  readonly #problems: Problems;
  readonly #followed: readonly string[];
  readonly #keepsLinks: boolean;
  #met = 0;

  /**
   * Links may lead into the folders of `followed`. Who `keepsLinks` looks at links, devices and the like by itself: of those it gets
   * the ones to folders as folders, which are entered where they may be, and all else as files.
   */
  constructor(
    directory: string,
    problems: Problems,
    isExcluded: IsExcluded,
    followed: readonly string[],
    keepsLinks = false,
  ) {
    this.#directory = directory;
    this.#problems = problems;
    this.isExcluded = isExcluded;
    this.#followed = followed;
    this.#keepsLinks = keepsLinks;
  }

  /** What lies in a folder, in the order of names. */
  async entries(folder: TreeEntry): Promise<TreeEntry[]> {
    if (folder.leadsOut) {
      this.report(folder.location, `is a symbolic link that ${leadsOut(folder.real)}`);
      return [];
    }
    let names: Dirent[];
    try {
      names = await readdir(folder.real, { withFileTypes: true });
    } catch (failure) {
      this.report(folder.location, `cannot be read: ${reasonOf(failure)}`);
      return [];
    }
    this.#met += names.length;
    assertWalkEnds(this.#met, this.show(folder.location));
    const entries: TreeEntry[] = [];
    for (const dirent of names) {
      if (this.isExcluded(path.join(folder.location, dirent.name))) {
        this.excluded += 1;
        continue;
      }
      const entry = await this.#entry(folder, dirent);
      if (entry) entries.push(entry);
    }
    return entries.sort((a, b) => compareText(a.name, b.name));
  }

  async #entry(folder: TreeEntry, dirent: Dirent): Promise<TreeEntry | undefined> {
    const { name } = dirent;
    const location = path.join(folder.location, name);
    const problem = nameProblem(name);
    if (problem) {
      this.report(path.join(folder.location, JSON.stringify(name)), problem);
      return undefined;
    }
    const parents = [folder.real, ...folder.parents];
    if (parents.length > maxFolders) {
      this.report(location, `lies in more than ${maxFolders} folders`);
      return undefined;
    }
    const real = path.join(folder.real, name);
    if (dirent.isFile()) return { name, location, kind: 'file', real, parents };
    if (dirent.isDirectory()) return { name, location, kind: 'folder', real, parents };
    if (this.#keepsLinks) return this.#keep({ name, location, kind: 'file', real, parents });
    if (dirent.isSymbolicLink()) return this.resolve(location, name, real, parents);
    this.report(location, `is neither a file nor a folder: leave it out by a line !${this.show(location)}`);
    return undefined;
  }

  async #keep(entry: TreeEntry): Promise<TreeEntry> {
    const real = await realpath(entry.real).catch(() => undefined);
    if (real === undefined) return entry;
    const isFolder = (await lstat(real)).isDirectory() && !entry.parents.includes(real);
    const mayBeRead = isIn(real, this.#followed);
    return { ...entry, kind: isFolder ? 'folder' : 'file', real, ...(!mayBeRead && { leadsOut: true }) };
  }

  /** What a link, or a path that the caller gave, leads to. */
  async resolve(
    location: string,
    name: string,
    link = location,
    parents: readonly string[] = [],
  ): Promise<TreeEntry | undefined> {
    const isLink = parents.length > 0;
    try {
      const real = await realpath(link);
      if (isLink && !isIn(real, this.#followed)) {
        this.report(location, `is a symbolic link that ${leadsOut(real)}`);
        return undefined;
      }
      const found = await lstat(real);
      const kind = found.isFile() ? 'file' : found.isDirectory() ? 'folder' : undefined;
      if (!kind) throw new Error('it is neither a file nor a folder');
      if (kind === 'folder' && parents.includes(real)) {
        throw new Error(`it is a symbolic link to ${real}, a folder that it lies in: a loop`);
      }
      if (isLink || (await lstat(link)).isSymbolicLink()) this.links.push([this.show(location), real]);
      return { name, location, kind, real, parents };
    } catch (failure) {
      this.report(location, `cannot be published: ${whyNotFound(failure, isLink, this.show(location))}`);
      return undefined;
    }
  }

  /** Tells a problem with what lies there. */
  report(location: string, problem: string): void {
    this.reported += 1;
    this.#problems.add(`${this.show(location)}: ${problem}`);
  }

  /** A path as people are told it. */
  show(location: string): string {
    return shownPath(location, this.#directory);
  }
}

function noFolder(shown: string): string {
  return `there is no such folder: ${hintForMissing(shown) ?? 'is the path right, and was it built before this?'}`;
}

function whyNotFound(failure: unknown, isLink: boolean, shown: string): string {
  switch (systemCode(failure)) {
    case 'ENOENT':
      return isLink ? 'it is a symbolic link to something that is not there' : noFolder(shown);
    case 'ELOOP':
      return 'it is a symbolic link that leads back to itself';
    default:
      return reasonOf(failure);
  }
}
