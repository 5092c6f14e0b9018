import { variants } from '../../oci/platform.ts';
import { Clashes, type ReadFolder } from './clashes.ts';
import { assertFewFiles, type FoundFile, type ReleasePlatform } from './file.ts';
import type { PlatformContent } from './platform-reader.ts';
import type { TreeEntry, TreeWalk } from './walk.ts';

/** The files in folders of platforms, for a release of files. */
export class PlatformFiles implements PlatformContent {
  readonly files: FoundFile[] = [];
  /** Of folders that were read as one platform. */
  readonly clashes = new Clashes();
  readonly #walk: TreeWalk;

  constructor(walk: TreeWalk) {
    this.#walk = walk;
  }

  get count(): number {
    return this.files.length + this.clashes.count;
  }

  async addFolder(
    platform: ReleasePlatform,
    _folder: TreeEntry,
    entries: readonly TreeEntry[],
    read: ReadFolder,
  ): Promise<void> {
    for (const entry of entries) await this.#readTop(platform, entry, read);
  }

  addFile(platform: ReleasePlatform, file: TreeEntry, path: string, read: ReadFolder): void {
    this.#add(platform, file, platform.variant === undefined ? path : `${platform.variant}/${path}`, read);
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
    if (entry.kind === 'file') return this.#add(platform, entry, below, folder);
    for (const child of await this.#walk.entries(entry)) {
      await this.#readEntry(platform, child, `${below}/${child.name}`, folder);
    }
  }

  #add(platform: ReleasePlatform, entry: TreeEntry, below: string, folder: ReadFolder): void {
    const origin = this.#walk.show(entry.location);
    const file = { platform, path: below, origin, location: entry.real, isReal: true };
    if (this.clashes.find(file, folder)) return;
    this.files.push(file);
    assertFewFiles(this.files.length, origin);
  }
}
