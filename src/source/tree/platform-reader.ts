import { spellPlatform } from '../../oci/platform.ts';
import type { ReadFolder } from './clashes.ts';
import type { ReleasePlatform } from './file.ts';
import type { TreeEntry, TreeWalk } from './walk.ts';

/** What becomes of the folders of platforms: files of a release, or images. */
export interface PlatformContent {
  /** How much was taken, or was found to be wrong. */
  readonly count: number;
  /** Takes a folder for a platform, with what lies in it. */
  addFolder(
    platform: ReleasePlatform,
    folder: TreeEntry,
    entries: readonly TreeEntry[],
    read: ReadFolder,
  ): Promise<void>;
  /** Takes one file for a platform, at this path. */
  addFile(platform: ReleasePlatform, file: TreeEntry, path: string, read: ReadFolder): void;
}

/** Reads the folders of platforms, whatever they are called. */
export class PlatformReader {
  readonly content: PlatformContent;
  /** Those that something is for which is for nothing else. */
  readonly #known = new Set<string>();
  readonly #walk: TreeWalk;
  readonly #tell: (line: string) => void;

  constructor(walk: TreeWalk, content: PlatformContent, tell: (line: string) => void) {
    this.#walk = walk;
    this.content = content;
    this.#tell = tell;
  }

  /**
   * Reads a folder. One that is for several platforms is for those that no other folder was for; `isRenamed` says
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
      await this.content.addFolder(platform, published ?? folder, within, { shown, isRenamed });
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
}

/** `dotnet publish` leaves what is to be run in a folder within the output of the build. */
function publishedByDotnet(entries: readonly TreeEntry[]): TreeEntry | undefined {
  const isBuilt = entries.some(({ kind, name }) => kind === 'file' && /\.(?:dll|pdb|deps\.json)$/.test(name));
  return isBuilt ? entries.find(({ kind, name }) => kind === 'folder' && name === 'publish') : undefined;
}
