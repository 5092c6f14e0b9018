import { spellPlatform, variants } from '../../oci/platform.ts';
import { Clashes, type ReadFolder } from './clashes.ts';
import { assertFewFiles, type FoundFile, type ReleasePlatform } from './file.ts';
import type { TreeEntry, TreeWalk } from './walk.ts';

/** Reads the folders of platforms, whatever they are called. */
export class PlatformReader {
  readonly files: FoundFile[] = [];
  /** Of folders that were read as one platform. */
  readonly clashes = new Clashes();
  /** Those that something is for which is for nothing else. */
  readonly #known = new Set<string>();
  readonly #walk: TreeWalk;
  readonly #tell: (line: string) => void;

  constructor(walk: TreeWalk, tell: (line: string) => void) {
    this.#walk = walk;
    this.#tell = tell;
  }

  /**
   * The files of a folder. One that is for several platforms is for those that no other folder was for; `isRenamed` says
   * whether it is called otherwise than Go calls the platform, which is told.
   */
  async read(
    folder: TreeEntry,
    platforms: readonly ReleasePlatform[],
    known?: readonly TreeEntry[],
    isRenamed = true,
  ): Promise<void> {
    const entries = known ?? (await this.#walk.entries(folder));
    const published = isRenamed ? publishedByDotnet(entries) : undefined;
    const shown = this.#walk.show(published?.location ?? folder.location);
    const wanted = this.wanted(platforms, shown);
    if (isRenamed && wanted.length > 0)
      this.#tell(`${shown} is read as ${wanted.map(spellPlatform).join(' and ')}`);
    if (published)
      this.#tell(`${this.#walk.show(folder.location)}: what lies beside ${published.name}/ is not published`);
    const within = published ? await this.#walk.entries(published) : entries;
    for (const platform of wanted) {
      for (const entry of within) await this.#readTop(platform, entry, { shown, isRenamed });
    }
  }

  /** Of the platforms of one thing, which is told by a path, those that it is published for. */
  wanted(platforms: readonly ReleasePlatform[], shown: string): readonly ReleasePlatform[] {
    const [only, second] = platforms;
    if (only && !second) this.#known.add(spellPlatform(only));
    if (!second) return platforms;
    const wanted = platforms.filter((platform) => !this.#known.has(spellPlatform(platform)));
    if (wanted.length === 0) {
      const names = platforms.map(spellPlatform).join(' and ');
      this.#tell(`${shown} is not published: there are other files for ${names}`);
    }
    return wanted;
  }

  /** Takes a file for a platform, at this path below its folder. */
  add(platform: ReleasePlatform, entry: TreeEntry, below: string, folder: ReadFolder): void {
    const origin = this.#walk.show(entry.location);
    const file = { platform, path: below, origin, location: entry.real, isReal: true };
    if (this.clashes.find(file, folder)) return;
    this.files.push(file);
    assertFewFiles(this.files.length, origin);
  }

  async #readTop(platform: ReleasePlatform, entry: TreeEntry, folder: ReadFolder): Promise<void> {
    const { architecture, variant } = platform;
    if (variant !== undefined) return this.#readEntry(platform, entry, `${variant}/${entry.name}`, folder);
    const isVariant = entry.kind === 'folder' && variants.get(architecture)?.includes(entry.name);
    await this.#readEntry(
      { ...platform, ...(isVariant && { variant: entry.name }) },
      entry,
      entry.name,
      folder,
    );
  }

  async #readEntry(
    platform: ReleasePlatform,
    entry: TreeEntry,
    below: string,
    folder: ReadFolder,
  ): Promise<void> {
    if (entry.kind === 'file') return this.add(platform, entry, below, folder);
    for (const child of await this.#walk.entries(entry)) {
      await this.#readEntry(platform, child, `${below}/${child.name}`, folder);
    }
  }
}

/** `dotnet publish` leaves what is to be run in a folder within the output of the build. */
function publishedByDotnet(entries: readonly TreeEntry[]): TreeEntry | undefined {
  const isBuilt = entries.some(({ kind, name }) => kind === 'file' && /\.(?:dll|pdb|deps\.json)$/.test(name));
  return isBuilt ? entries.find(({ kind, name }) => kind === 'folder' && name === 'publish') : undefined;
}
