import { randomUUID } from 'node:crypto';
import type { Digest } from '../../oci/digest.ts';
import type { Progress } from '../../progress/progress.ts';
import { deleteKeys } from '../../storage/delete-keys.ts';
import type { Storage } from '../../storage/storage.ts';
import type { InventoryQuery, Removal, Removed, RepositoryDeleter } from '../deleter.ts';
import type { Inventory } from '../inventory.ts';
import { type KnownDocuments, readStaticInventory } from './inventory.ts';
import { type Tree, treeOf } from './keys.ts';
import { Sweep } from './sweep-mark.ts';
import { rebuildTagList, writeTagList } from './tag-list.ts';

/** Deletes in a repository that lies as keys in a storage. */
export function openStaticDeleter(storage: Storage, name: string): RepositoryDeleter {
  return new StaticDeleter(storage, name);
}

class StaticDeleter implements RepositoryDeleter {
  readonly url: string;
  readonly #storage: Storage;
  readonly #name: string;
  readonly #tree: Tree;
  readonly #known: KnownDocuments = new Map();

  constructor(storage: Storage, name: string) {
    this.url = storage.url;
    this.#storage = storage;
    this.#name = name;
    this.#tree = treeOf(name);
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    return `${this.url}/${this.#name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  inventory(_query: InventoryQuery): Promise<Inventory> {
    return readStaticInventory(this.#storage, this.#tree, this.reference(undefined, undefined), this.#known);
  }

  async remove(
    query: InventoryQuery,
    choose: (inventory: Inventory) => Removal,
    progress: Progress,
  ): Promise<Removed> {
    await this.#storage.assertDeletes?.();
    const sweep = await Sweep.begin(this.#storage, this.#tree, randomUUID());
    let removal: Removal;
    try {
      removal = choose(await this.inventory(query));
      await this.#delete(removal, () => sweep.goOn(), progress);
    } catch (failure) {
      await sweep.end().catch(() => {});
      throw failure;
    }
    await sweep.end();
    return {
      tags: removal.tags.map(({ tag }) => tag),
      manifests: removal.manifests.flat().length,
      blobs: removal.blobs.length,
      refusals: [],
    };
  }

  close(): Promise<void> {
    return this.#storage.close();
  }

  async #delete(
    { tags, manifests, blobs, notes }: Removal,
    goOn: () => Promise<void>,
    progress: Progress,
  ): Promise<void> {
    const remove = (keys: readonly string[]) => deleteKeys(this.#storage, keys, goOn);
    const going = tags.map(({ tag }) => tag);
    if (going.length > 0) {
      await goOn();
      await writeTagList(this.#storage, this.#tree, this.#name, new Set(going));
      progress.line(`tag list -> ${this.#tree.tagList}`);
      await remove(going.map((tag) => this.#tree.manifests + tag));
      await rebuildTagList(this.#storage, this.#tree, this.#name);
    }
    for (const level of manifests) await remove(level.map((digest) => this.#tree.manifests + digest));
    await remove(notes);
    await remove(blobs.map((digest) => this.#tree.blobs + digest));
  }
}
