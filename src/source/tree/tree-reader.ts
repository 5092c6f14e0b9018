import path from 'node:path';
import { architectures, inGoNames, operatingSystems, spellPlatform } from '../../oci/platform.ts';
import { normalizeArchitecture, normalizeOs } from '../../oci/platform-aliases.ts';
import { formatNames } from '../../progress/format.ts';
import { allExcluded } from '../expand-paths.ts';
import { architectureProblem, osProblem } from './file.ts';
import { folderNameProblem, platformsInFolderName } from './folder-name.ts';
import { listName, otherNames, readListedPrograms } from './goreleaser.ts';
import { type PlatformContent, PlatformReader } from './platform-reader.ts';
import { ProgramReader } from './program-reader.ts';
import type { TreeEntry, TreeWalk } from './walk.ts';

/** Finds the folders of platforms in trees, and hands them over to their content. */
export class TreeReader {
  readonly #walk: TreeWalk;
  readonly #platforms: PlatformReader;
  readonly #tell: (line: string) => void;

  constructor(walk: TreeWalk, content: PlatformContent, tell: (line: string) => void) {
    this.#walk = walk;
    this.#platforms = new PlatformReader(walk, content, tell);
    this.#tell = tell;
  }

  async readRoot(root: string): Promise<void> {
    const count = (): number => this.#platforms.content.count + this.#walk.reported;
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
    for (const entry of entries.filter(({ name }) => !besidePulled.test(name))) {
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

/** What a pull leaves beside a folder that it filled: its record, and what `current` leads to. */
const besidePulled = /^\..+\.alba(?:[.-].*)?$/;

/** Whether this is an operating system, by any name. */
export function isSystem(name: string): boolean {
  return operatingSystems.includes(normalizeOs(name));
}

/** Whether this is an architecture, by any name. */
export function isArchitecture(name: string): boolean {
  return architectures.includes(normalizeArchitecture(name)[0]);
}

function isOfGoReleaser({ kind, name }: TreeEntry): boolean {
  return kind === 'file' && [listName, ...otherNames].includes(name);
}

function outsideProblem(location: string, missing: string, shown: string): string {
  const isArchive = /\.(tar|tgz|tar\.[a-z0-9]+)$/i.test(location);
  const remedy = isArchive ? '; to publish the files in an image, say where in it by extract' : '';
  return `lies outside a platform; expected it below ${missing}, or left out by a line !${shown}${remedy}`;
}
