import fs, { type Stats } from 'node:fs';
import { readlink, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { steadyFile } from '../../content/steady-file.ts';
import { type Problems, reasonOf } from '../../errors.ts';
import { compareText } from '../../oci/compare.ts';
import { shownPath } from '../../progress/format.ts';
import type { IsExcluded } from '../expand-paths.ts';
import { assertFewFiles, assertWalkEnds, nameProblem } from '../tree/file.ts';
import { isIn, leadsOut } from '../tree/links.ts';
import { pathWithin, targetWithin } from './path-within.ts';
import type { SourceNode } from './source-node.ts';

/** How the folder of a platform is read. */
export interface ReadFolderOptions {
  /** Paths are told from it. */
  readonly directory: string;
  readonly problems: Problems;
  readonly isExcluded: IsExcluded;
  /** Real folders that links may lead into, which are followed then. */
  readonly followed: readonly string[];
  /** Names at the top that are not of this platform. */
  readonly without?: readonly string[];
  /** Where a path from the root of the image lies in the folder, if it can lie there; the image may have it from elsewhere. */
  readonly inImage: (absolute: string) => { readonly path?: string; readonly isThere: boolean };
  /** Told of the bytes of each file as it is found. */
  readonly onFile?: ((bytes: number) => void) | undefined;
}

/**
 * All that lies in a folder, sorted by path. A link that leads to something in the folder, or in the image, stays a link; one
 * that leads below a root that may be followed stands for what it leads to. Any other one is told to `problems`, and so are
 * devices, sockets, pipes, what cannot be read and names that are not UTF-8.
 */
export async function readFolder(folder: string, options: ReadFolderOptions): Promise<SourceNode[]> {
  const reader = new FolderReader(await realpath(folder), options);
  await reader.read(folder);
  return reader.nodes.sort((a, b) => compareText(a.path, b.path));
}

/** A folder that is being read: the platform's own, or one that a link led to. */
interface Scope {
  readonly location: string;
  /** The real path of the folder that links may lead within: that of the platform, or what was followed. */
  readonly root: string;
  /** The path of that in the tree. */
  readonly rootPath: string;
  /** The path of this folder in the tree. */
  readonly path: string;
  /** Real paths of this folder and those above it. */
  readonly lineage: readonly string[];
  readonly isFollowed: boolean;
}

/** What is no file. */
interface Other {
  readonly name: string;
  readonly location: string;
  readonly stats: Stats;
}

interface FileToAdd {
  /** For messages. */
  readonly origin: string;
  readonly stats: Stats;
  readonly isFollowed: boolean;
}

class FolderReader {
  readonly nodes: SourceNode[] = [];
  readonly #root: string;
  readonly #options: ReadFolderOptions;
  #met = 0;

  constructor(root: string, options: ReadFolderOptions) {
    this.#root = root;
    this.#options = options;
  }

  read(folder: string): Promise<number> {
    const isFollowed = isIn(this.#root, this.#options.followed);
    const scope = { location: folder, root: this.#root, rootPath: '', path: '', lineage: [this.#root] };
    return this.#readEntries({ ...scope, isFollowed }, this.#options.without);
  }

  /** How many names it has. */
  async #readEntries(scope: Scope, without: readonly string[] = []): Promise<number> {
    const names = this.#namesIn(scope.location);
    this.#met += names.length;
    assertWalkEnds(this.#met, this.#show(scope.location));
    // Paths are put together by hand: there are many.
    const folder = path.join(scope.location, path.sep);
    const shown = this.#show(`${folder}-`).slice(0, -1);
    for (const name of names) {
      const location = folder + name;
      if (without.includes(name) || this.#options.isExcluded(location)) continue;
      const origin = shown + name;
      const problem = nameProblem(name);
      if (problem) {
        this.#report(JSON.stringify(origin), problem);
        continue;
      }
      const stats = this.#statsOf(location, origin);
      const below = joined(scope.path, name);
      if (stats?.isFile()) this.#addFile(below, location, { origin, stats, isFollowed: scope.isFollowed });
      else if (stats) await this.#readOther(scope, below, { name, location, stats });
    }
    return names.length;
  }

  /** Sorted: what is put together of them is all but sorted then. This thread waits, as a turn of another one takes longer. */
  #namesIn(location: string): string[] {
    try {
      return fs.readdirSync(location).sort();
    } catch (failure) {
      this.#report(this.#show(location), `cannot be read: ${reasonOf(failure)}`);
      return [];
    }
  }

  #statsOf(location: string, origin: string): Stats | undefined {
    try {
      return fs.lstatSync(location);
    } catch (failure) {
      this.#report(origin, `cannot be read: ${reasonOf(failure)}`);
      return undefined;
    }
  }

  async #readOther(scope: Scope, below: string, { name, location, stats }: Other): Promise<void> {
    const [real = ''] = scope.lineage;
    if (stats.isSymbolicLink()) return this.#readLink(scope, below, location);
    if (stats.isDirectory()) {
      const lineage = [path.join(real, name), ...scope.lineage];
      return this.#readSubfolder({ ...scope, location, path: below, lineage });
    }
    this.#report(this.#show(location), `is ${kindOf(stats)}, which no layer can have: leave it out`);
  }

  async #readSubfolder(scope: Scope): Promise<void> {
    const size = await this.#readEntries(scope);
    if (size === 0) this.nodes.push({ kind: 'folder', path: scope.path, origin: this.#show(scope.location) });
  }

  #addFile(below: string, location: string, { origin, stats, isFollowed }: FileToAdd): void {
    const hasNames = stats.nlink > 1 && !isFollowed;
    const file = steadyFile(location, origin, stats);
    const node = {
      kind: 'file',
      path: below,
      origin,
      file,
      isExecutable: (stats.mode & 0o111) !== 0,
    } as const;
    this.nodes.push(hasNames ? { ...node, identity: `${stats.dev}:${stats.ino}` } : node);
    assertFewFiles(this.nodes.length, origin);
    this.#options.onFile?.(stats.size);
  }

  async #readLink(scope: Scope, below: string, location: string): Promise<void> {
    const origin = this.#show(location);
    const text = await readlink(location);
    const problem = nameProblem(text);
    if (problem) return this.#report(origin, `is a symbolic link to ${JSON.stringify(text)}: ${problem}`);
    const kept = this.#keptTarget(scope, below, text);
    if (kept !== undefined) {
      this.nodes.push({ kind: 'link', path: below, origin, text, target: kept });
      return;
    }
    let real: string;
    try {
      real = await realpath(location);
    } catch {
      return this.#report(origin, `is a symbolic link to ${text}, which is not there`);
    }
    const inside = pathWithin(scope.root, real);
    if (inside !== undefined) {
      const target = joined(scope.rootPath, inside);
      const relative = path.posix.relative(path.posix.dirname(`/${below}`), `/${target}`);
      this.nodes.push({ kind: 'link', path: below, origin, text: relative || '.', target });
      return;
    }
    return this.#follow(scope, below, { location, real });
  }

  /** Where a link leads in the tree or the image as it is written; undefined where it leads out. */
  #keptTarget(scope: Scope, below: string, text: string): string | undefined {
    if (path.isAbsolute(text)) {
      const { path: target, isThere } = this.#options.inImage(text);
      if (isThere) return target ?? '';
      return target !== undefined && exists(path.join(this.#root, target)) ? target : undefined;
    }
    return targetWithin(scope.rootPath, below, text.split(path.sep).join('/'));
  }

  async #follow(
    scope: Scope,
    below: string,
    { location, real }: { readonly location: string; readonly real: string },
  ): Promise<void> {
    const origin = this.#show(location);
    if (!isIn(real, [this.#root, ...this.#options.followed])) {
      return this.#report(origin, `is a symbolic link that ${leadsOut(real)}`);
    }
    if (scope.lineage.includes(real)) {
      return this.#report(origin, `is a symbolic link to ${real}, a folder that it lies in: a loop`);
    }
    const target = await stat(real);
    if (target.isFile()) {
      return this.#addFile(below, real, { origin: this.#show(real), stats: target, isFollowed: true });
    }
    if (!target.isDirectory())
      return this.#report(origin, 'is a symbolic link to what is neither a file nor a folder');
    const lineage = [real, ...scope.lineage];
    return this.#readSubfolder({
      location: real,
      root: real,
      rootPath: below,
      path: below,
      lineage,
      isFollowed: true,
    });
  }

  #report(origin: string, problem: string): void {
    this.#options.problems.add(`${origin} ${problem}`);
  }

  #show(location: string): string {
    return shownPath(location, this.#options.directory);
  }
}

function joined(folder: string, name: string): string {
  return folder === '' ? name : name === '' ? folder : `${folder}/${name}`;
}

function exists(location: string): boolean {
  return fs.lstatSync(location, { throwIfNoEntry: false }) !== undefined;
}

function kindOf(stats: Stats): string {
  if (stats.isSocket()) return 'a socket';
  if (stats.isFIFO()) return 'a pipe';
  return stats.isBlockDevice() || stats.isCharacterDevice() ? 'a device' : 'neither a file nor a folder';
}
