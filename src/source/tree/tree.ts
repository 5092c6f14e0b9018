import { realpath } from 'node:fs/promises';
import path from 'node:path';
import type { Problems } from '../../errors.ts';
import { inGoNames, spellPlatform } from '../../oci/platform.ts';
import { formatNames } from '../../progress/format.ts';
import { allExcluded, type IsExcluded } from '../expand-paths.ts';
import { architectureProblem, type FoundFile, osProblem } from './file.ts';
import { folderNameProblem, platformsInFolderName } from './folder-name.ts';
import { listName, otherNames, readListedPrograms } from './goreleaser.ts';
import { tellFollowed } from './links.ts';
import { PlatformReader } from './platform-reader.ts';
import { ProgramReader } from './program-reader.ts';
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
 * The files of trees `<os>/<architecture>[/<variant>]/<files…>`, or with one folder for a platform, as tools name them
 * ({@link platformsInFolderName}), or GoReleaser's `dist/`; a root may be the folder of a system, an architecture or a
 * platform itself, or a link to one. Other links are followed where they lead into a root or a folder of `followed`, as Nix leaves
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
  const platforms = new PlatformReader(walk, tell);
  const reader = new TreeReader(walk, platforms, tell);
  for (const root of roots) await reader.readRoot(root);
  platforms.clashes.tell(problems);
  tellFollowed(walk.links, tell, debug);
  return platforms.files;
}

const ignore = (): void => undefined;

class TreeReader {
  readonly #walk: TreeWalk;
  readonly #platforms: PlatformReader;
  readonly #tell: (line: string) => void;

  constructor(walk: TreeWalk, platforms: PlatformReader, tell: (line: string) => void) {
    this.#walk = walk;
    this.#platforms = platforms;
    this.#tell = tell;
  }

  async readRoot(root: string): Promise<void> {
    const { files, clashes } = this.#platforms;
    const count = (): number => files.length + clashes.count + this.#walk.reported;
    const [before, excluded] = [count(), this.#walk.excluded];
    const folder = await this.#walk.resolve(root, path.basename(root));
    if (folder?.kind === 'file') {
      return this.#walk.report(root, 'is a file; expected a folder with <os>/<architecture>/<files> in it');
    }
    if (folder) await this.#readFolder(folder, path.basename(path.dirname(root)));
    if (count() > before) return;
    const isLeftOut = this.#walk.excluded > excluded;
    this.#walk.report(
      root,
      isLeftOut ? allExcluded : 'has no file to publish; expected <os>/<architecture>/<files> in it',
    );
  }

  /** A folder that has an operating system or a platform in it is a tree, whatever it is called. */
  async #readFolder(folder: TreeEntry, parent: string): Promise<void> {
    const entries = await this.#walk.entries(folder);
    const folders = entries.filter(({ kind }) => kind === 'folder');
    const hasSystem = folders.some(({ name }) => isSystem(name));
    const hasPlatform = folders.some(({ name }) => platformsInFolderName(name));
    const isOwn = hasPlatform && !folders.some(({ name }) => isArchitecture(name));
    if (!hasSystem && isSystem(folder.name) && !isOwn) return this.#readSystem(folder, entries);
    if (!hasSystem && isSystem(parent) && isArchitecture(folder.name)) {
      return this.#readArchitecture(parent, folder, entries);
    }
    const list = entries.find(({ kind, name }) => kind === 'file' && name === listName);
    const programs = list && (await readListedPrograms(list.real));
    if (programs) {
      const reader = new ProgramReader(this.#walk, this.#platforms, this.#tell);
      return reader.read(folder, entries, list, programs);
    }
    // `dotnet publish` leaves what is to be run in `linux-x64/publish/`.
    const own = platformsInFolderName(folder.name === 'publish' ? parent : folder.name);
    if (own && !hasSystem && !hasPlatform) return this.#platforms.read(folder, own, entries);
    const isLeftByGoReleaser = hasPlatform && entries.some(isOfGoReleaser);
    await this.#readPlatforms(folder, entries, isLeftByGoReleaser);
  }

  /** What is for more than one platform comes last: it fills in what no other folder is for. */
  async #readPlatforms(folder: TreeEntry, entries: readonly TreeEntry[], isLenient: boolean): Promise<void> {
    const passedOver: string[] = [];
    const universal: TreeEntry[] = [];
    for (const entry of entries) {
      const platforms = entry.kind === 'folder' ? platformsInFolderName(entry.name) : undefined;
      if (platforms && platforms.length > 1) universal.push(entry);
      else if (platforms) await this.#platforms.read(entry, platforms);
      else if (entry.kind === 'folder' && isSystem(entry.name)) {
        await this.#readSystem(entry, await this.#walk.entries(entry));
      } else if (isLenient && (entry.kind === 'file' || folderNameProblem(entry.name) === undefined))
        passedOver.push(entry.name);
      else
        this.#reportOutside(
          entry,
          '<os>/<architecture>/',
          folderNameProblem(entry.name) ?? osProblem(entry.name),
        );
    }
    for (const entry of universal) await this.#platforms.read(entry, platformsInFolderName(entry.name) ?? []);
    if (passedOver.length > 0) {
      this.#tell(
        `${this.#walk.show(folder.location)}: not published, since they lie in no folder of a platform: ${formatNames(passedOver)}`,
      );
    }
  }

  async #readSystem(os: TreeEntry, entries: readonly TreeEntry[]): Promise<void> {
    for (const entry of entries) {
      const problem = architectureProblem(entry.name);
      if (entry.kind === 'file' || problem) this.#reportOutside(entry, '<architecture>/', problem);
      else await this.#readArchitecture(os.name, entry, await this.#walk.entries(entry));
    }
  }

  async #readArchitecture(os: string, folder: TreeEntry, entries: readonly TreeEntry[]): Promise<void> {
    const written = { os, architecture: folder.name };
    const platform = inGoNames(written);
    const isRenamed = spellPlatform(written) !== spellPlatform(platform);
    await this.#platforms.read(folder, [platform], entries, isRenamed);
  }

  /** Of a file it is wrong where it lies, of a folder its name. */
  #reportOutside({ kind, location }: TreeEntry, missing: string, problem: string | undefined): void {
    if (kind === 'file')
      this.#walk.report(location, outsideProblem(location, missing, this.#walk.show(location)));
    else if (problem) this.#walk.report(location, problem);
  }
}

function isSystem(name: string): boolean {
  return osProblem(name) === undefined;
}

function isArchitecture(name: string): boolean {
  return architectureProblem(name) === undefined;
}

function isOfGoReleaser({ kind, name }: TreeEntry): boolean {
  return kind === 'file' && [listName, ...otherNames].includes(name);
}

function outsideProblem(location: string, missing: string, shown: string): string {
  const isArchive = /\.(tar|tgz|tar\.[a-z0-9]+)$/i.test(location);
  const remedy = isArchive ? '; to publish the files in an image, say where in it by extract' : '';
  return `lies outside a platform; expected it below ${missing}, or left out by a line !${shown}${remedy}`;
}
