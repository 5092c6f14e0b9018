import path from 'node:path';
import { spellPlatform } from '../../oci/platform.ts';
import { formatNames } from '../../progress/format.ts';
import { platformsInFolderName, platformsOfNames } from './folder-name.ts';
import { type ListedProgram, listName } from './goreleaser.ts';
import type { PlatformReader } from './platform-reader.ts';
import type { TreeEntry, TreeWalk } from './walk.ts';

/** Reads a `dist/` of GoReleaser by its list: programs are published, what lies beside them is told. */
export class ProgramReader {
  readonly #walk: TreeWalk;
  readonly #platforms: PlatformReader;
  readonly #tell: (line: string) => void;
  /** What lies in the folders that were looked into, by their real path. */
  readonly #folders = new Map<string, readonly TreeEntry[]>();
  /** Real paths of programs, and of folders that they lie in. */
  readonly #used = new Set<string>();

  constructor(walk: TreeWalk, platforms: PlatformReader, tell: (line: string) => void) {
    this.#walk = walk;
    this.#platforms = platforms;
    this.#tell = tell;
  }

  async read(
    dist: TreeEntry,
    entries: readonly TreeEntry[],
    list: TreeEntry,
    programs: readonly ListedProgram[],
  ): Promise<void> {
    this.#folders.set(dist.real, entries);
    const universalLast = [...programs].sort((a, b) => rank(a) - rank(b));
    for (const program of universalLast) await this.#readProgram(dist, list, program);
    this.#tellLeft(dist, entries);
  }

  async #readProgram(dist: TreeEntry, list: TreeEntry, program: ListedProgram): Promise<void> {
    const { parts, os, architecture, variant } = program;
    const found = await this.#find(dist, parts);
    if (!found) {
      const isExcluded = parts.some((_, at) =>
        this.#walk.isExcluded(path.join(dist.location, ...parts.slice(at))),
      );
      const lost = `lists ${parts.join('/')}, which is not there: was ${this.#walk.show(dist.location)} copied in part?`;
      if (!isExcluded) this.#walk.report(list.location, lost);
      return;
    }
    const [first] = found;
    const file = found.at(-1);
    if (!first || file?.kind !== 'file')
      return this.#walk.report(list.location, `lists ${parts.join('/')}, which is no file`);
    for (const { real } of found) this.#used.add(real);
    const platforms = platformsOfNames(os, architecture, variant);
    if (!platforms) {
      const named = [os, architecture, variant].filter(Boolean).join('/');
      const problem = `is for ${named}, which is no platform that Go has a name for: leave it out by a line !${this.#walk.show(file.location)}`;
      return this.#walk.report(file.location, problem);
    }
    const isOwn = found.length > 1 && platformsInFolderName(first.name) !== undefined;
    const names = (isOwn ? found.slice(1) : [file]).map(({ name }) => name);
    const shown = this.#walk.show(isOwn ? first.location : file.location);
    const wanted = this.#platforms.wanted(platforms, shown);
    for (const platform of wanted) {
      this.#platforms.content.addFile(platform, file, names.join('/'), { shown, isRenamed: true });
    }
    const read = wanted.map(spellPlatform).join(' and ');
    if (read) this.#tell(`${shown} is read as ${read}`);
  }

  /** The folders and the file that a path from elsewhere leads through: `dist/` may have another name here. */
  async #find(dist: TreeEntry, parts: readonly string[]): Promise<TreeEntry[] | undefined> {
    for (let start = 0; start < parts.length; start += 1) {
      const found = await this.#follow(dist, parts.slice(start));
      if (found) return found;
    }
    return undefined;
  }

  async #follow(dist: TreeEntry, parts: readonly string[]): Promise<TreeEntry[] | undefined> {
    const found: TreeEntry[] = [];
    let at = dist;
    for (const part of parts) {
      if (at.kind === 'file') return undefined;
      const next = (await this.#entries(at)).find(({ name }) => name === part);
      if (!next) return undefined;
      found.push(next);
      at = next;
    }
    return found;
  }

  async #entries(folder: TreeEntry): Promise<readonly TreeEntry[]> {
    const entries = this.#folders.get(folder.real) ?? (await this.#walk.entries(folder));
    this.#folders.set(folder.real, entries);
    return entries;
  }

  /** Folders that are called as a platform in a line each: a program may be missing in the list. */
  #tellLeft(dist: TreeEntry, entries: readonly TreeEntry[]): void {
    const isUsed = ({ real }: TreeEntry): boolean => this.#used.has(real);
    const named: TreeEntry[] = [];
    const others: TreeEntry[] = [];
    for (const entry of entries.filter((entry) => !isUsed(entry))) {
      const isNamed = entry.kind === 'folder' && platformsInFolderName(entry.name) !== undefined;
      (isNamed ? named : others).push(entry);
    }
    for (const [real, within] of this.#folders) {
      if (real !== dist.real && this.#used.has(real))
        for (const one of within.filter((entry) => !isUsed(entry))) others.push(one);
    }
    for (const { location } of named) {
      this.#tell(
        `${this.#walk.show(location)} is not published, though it is named for a platform: ${listName} lists no program in it`,
      );
    }
    if (others.length === 0) return;
    const names = others.map(({ location }) =>
      path.relative(dist.location, location).replaceAll(path.sep, '/'),
    );
    this.#tell(
      `${this.#walk.show(dist.location)}: not published, since ${listName} lists them as no programs: ${formatNames(names)}`,
    );
  }
}

/** What is for every processor of a system fills in what no other program is for. */
function rank({ architecture }: ListedProgram): number {
  return architecture === 'all' ? 1 : 0;
}
