import pMap from 'p-map';
import type { Digest } from '../../oci/digest.ts';
import type { Removal } from '../deleter.ts';
import type { Inventory } from '../inventory.ts';
import type { Client } from './client.ts';
import { resolveTag } from './manifest.ts';
import { listAllTags } from './tags.ts';

/** Tags that are resolved at once. */
const resolving = 16;
/** Of its own time: for how long a look at everything is good, so that it takes no more than a part of all time. */
const lookShare = 4;
/**
 * The same of a glance at the tags that stay; where these are few, it is good for nothing but what asked for it, unless the list of all
 * is long: distribution reads all of it for each page.
 */
const glanceShare = 2;
const fewTags = 32;
const shortList = 256;

/** What is there at one moment, and what of it goes. */
interface Look {
  readonly inventory: Inventory;
  readonly removal: Removal;
}

/**
 * What stays in a repository while others push to it: a registry tells nobody of that, so it is looked at again and again. The
 * tags that stay are glanced at before each deletion, all is read where one has moved, and every few seconds.
 */
export class StayingContent {
  readonly first: Look;
  readonly #client: Client;
  readonly #look: () => Promise<Look>;
  readonly #lookEvery: number;
  #seen: Look;
  /** Manifests that stay. What is not there any more is not among them. */
  #needed: ReadonlySet<Digest>;
  /** Of `performance.now`: until when the last look, and the last glance, are good. */
  #due: number;
  #glanced = 0;
  #looking: Promise<void> | undefined;

  private constructor(client: Client, look: () => Promise<Look>, lookEvery: number, seen: Look, due: number) {
    this.#client = client;
    this.#look = look;
    this.#lookEvery = lookEvery;
    this.first = seen;
    this.#seen = seen;
    this.#needed = neededIn(seen);
    this.#due = due;
  }

  /** Looks for the first time. `lookEvery` in milliseconds. */
  static async begin(client: Client, look: () => Promise<Look>, lookEvery: number): Promise<StayingContent> {
    const began = performance.now();
    const seen = await look();
    return new StayingContent(client, look, lookEvery, seen, dueAfter(began, lookEvery));
  }

  /** Whether what stays leads to it, by what was there a moment ago; `onLook` is given all that is there whenever that was read. */
  async isNeeded(digest: Digest, onLook: (inventory: Inventory) => Promise<void>): Promise<boolean> {
    const now = performance.now();
    if (now >= this.#due || now >= this.#glanced || this.#looking) {
      this.#looking ??= this.#lookAgain(onLook).finally(() => {
        this.#looking = undefined;
      });
      await this.#looking;
    }
    return this.#needed.has(digest);
  }

  async #lookAgain(onLook: (inventory: Inventory) => Promise<void>): Promise<void> {
    const began = performance.now();
    if (began < this.#due && !(await this.#hasMoved())) {
      const { inventory, removal } = this.#seen;
      const listed = inventory.tags.length;
      const isCheap = listed <= shortList && listed - removal.tags.length <= fewTags;
      this.#glanced = isCheap ? 0 : began + (performance.now() - began) * glanceShare;
      return;
    }
    this.#seen = await this.#look();
    this.#needed = neededIn(this.#seen);
    this.#due = dueAfter(began, this.#lookEvery);
    await onLook(this.#seen.inventory);
    this.#glanced = performance.now();
  }

  /** Whether a tag has come, or names something else, of those that stay. */
  async #hasMoved(): Promise<boolean> {
    const { inventory, removal } = this.#seen;
    const known = new Map(inventory.tags.map(({ tag, digest }) => [tag, digest]));
    const going = new Set(removal.tags.map(({ tag }) => tag));
    const staying = (await listAllTags(this.#client)).filter((tag) => !going.has(tag));
    if (staying.some((tag) => !known.has(tag))) return true;
    const named = await pMap(staying, (tag) => resolveTag(this.#client, tag), { concurrency: resolving });
    return staying.some((tag, at) => named[at] !== undefined && named[at]?.digest !== known.get(tag));
  }
}

function dueAfter(began: number, lookEvery: number): number {
  const now = performance.now();
  return now + Math.max(lookEvery, (now - began) * lookShare);
}

function neededIn({ inventory, removal }: Look): Set<Digest> {
  const going = new Set([...removal.manifests.flat(), ...removal.tags.map(({ digest }) => digest)]);
  return new Set([...inventory.documents.keys()].filter((digest) => !going.has(digest)));
}
