import pMap from 'p-map';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Storage } from '../../storage/storage.ts';
import { contentFolder, type Tree } from './keys.ts';

/** Objects that are looked at, at once, when content is read back: an answer is small. */
const looksAtOnce = 32;

/** In bytes, by key; undefined where there are more than one answer tells. */
type Sizes = ReadonlyMap<string, number> | undefined;

/**
 * The content of a repository, which lies in two folders. One answer of a bucket tells all of a small folder; of a large one, and in a
 * directory, each piece is looked at by itself.
 */
export class StandingContent {
  readonly #storage: Storage;
  readonly #tree: Tree;
  readonly #sizes = new Map<string, Promise<Sizes>>();

  constructor(storage: Storage, tree: Tree) {
    this.#storage = storage;
    this.#tree = tree;
  }

  /** Whether it was there when its folder was first asked for. */
  async has(descriptor: Descriptor): Promise<boolean> {
    const folder = contentFolder(this.#tree, descriptor);
    const listing = this.#sizes.get(folder) ?? this.#list(folder);
    this.#sizes.set(folder, listing);
    const sizes = await listing;
    return sizes ? sizes.get(folder + descriptor.digest) === descriptor.size : this.#look(descriptor);
  }

  /** What of this is not there now. What a list lacks is looked at by itself: lists lag behind on some servers. */
  async findMissing(content: readonly Descriptor[]): Promise<Descriptor[]> {
    const folders = new Set(content.map((descriptor) => contentFolder(this.#tree, descriptor)));
    const sizes = new Map(
      await Promise.all([...folders].map(async (folder) => [folder, await this.#list(folder)] as const)),
    );
    const unlisted = content.filter((descriptor) => {
      const folder = contentFolder(this.#tree, descriptor);
      return sizes.get(folder)?.get(folder + descriptor.digest) !== descriptor.size;
    });
    const look = async (descriptor: Descriptor) => ((await this.#look(descriptor)) ? [] : [descriptor]);
    return (await pMap(unlisted, look, { concurrency: looksAtOnce })).flat();
  }

  async #list(folder: string): Promise<Sizes> {
    const found = await this.#storage.beginning?.(folder);
    return found?.isAll ? new Map(found.objects.map(({ key, size }) => [key, size])) : undefined;
  }

  async #look(descriptor: Descriptor): Promise<boolean> {
    const key = contentFolder(this.#tree, descriptor) + descriptor.digest;
    return (await this.#storage.head(key))?.size === descriptor.size;
  }
}
