import { join } from 'node:path';
import pMap from 'p-map';
import { AlbaError, messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, digestOf, isDigest } from '../oci/digest.ts';
import { blobName, indexName } from '../oci/layout.ts';
import { formatDocument, type Index, parseIndex } from '../oci/manifest.ts';
import { isDocument } from '../oci/media-type.ts';
import { putBytes, readBytes } from '../storage/bytes.ts';
import { fileError } from '../storage/file-error.ts';
import { withLock } from '../storage/file-lock.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import { temporaryPrefix } from '../storage/key-path.ts';
import type { StoredObject } from '../storage/storage.ts';
import type { InventoryQuery, Removal, Removed, RepositoryDeleter } from './deleter.ts';
import type { Inventory, InventoryDocument } from './inventory.ts';
import { inventoryEntry, type ReadDocument, readInventoryDocument } from './inventory-document.ts';
import { emptyIndex, tagOf } from './layout-index.ts';

/** Files that are deleted before the lock is let go: who publishes waits for it, and takes it for stale after ten seconds. */
const mostAtOnce = 2_000;
const concurrency = 16;

/** Deletes in an OCI layout directory (image-spec 1.1, image-layout.md). */
export function openLayoutDeleter(directory: string): RepositoryDeleter {
  return new LayoutDeleter(directory);
}

class LayoutDeleter implements RepositoryDeleter {
  readonly url: string;
  readonly #directory: string;
  readonly #files: FilesystemStorage;
  readonly #known = new Map<Digest, ReadDocument>();

  constructor(directory: string) {
    this.url = `oci:${directory}`;
    this.#directory = directory;
    this.#files = new FilesystemStorage(directory);
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    return `${this.url}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  async inventory(_query: InventoryQuery): Promise<Inventory> {
    const index = await this.#index();
    const obstacles: string[] = [];
    const stored = new Map<Digest, StoredObject>();
    for await (const object of this.#files.list('blobs/')) {
      const digest = object.key.slice('blobs/'.length).replace('/', ':');
      if (isDigest(digest)) stored.set(digest, object);
      else obstacles.push(`${join(this.#directory, object.key)} is no blob of an OCI layout`);
    }
    const documents = await this.#walk(index.manifests, stored, obstacles);
    const blobs = [...stored].filter(([digest]) => !documents.has(digest));
    const tagged = new Map(
      index.manifests.flatMap((entry) => {
        const tag = tagOf(entry);
        return tag === undefined ? [] : [[tag, entry.digest] as const];
      }),
    );
    return {
      reference: this.reference(undefined, undefined),
      tags: [...tagged].map(([tag, digest]) => {
        const at = stored.get(digest)?.modified;
        return { tag, digest, ...(at && { time: { at, from: 'stored' } }) };
      }),
      documents,
      untagged: index.manifests.filter((entry) => tagOf(entry) === undefined).map(({ digest }) => digest),
      blobs: new Map(blobs.map(([digest, { size, modified }]) => [digest, { size, stored: modified }])),
      notes: [],
      isWhole: true,
      obstacles,
    };
  }

  /** Holds the lock of the index, lets it go for who publishes, and goes by the index as it is then. */
  async remove(query: InventoryQuery, choose: (inventory: Inventory) => Removal): Promise<Removed> {
    const tags = new Set<string>();
    let [manifests, blobs] = [0, 0];
    for (let isDone = false; !isDone; ) {
      await this.#locked(async () => {
        const removal = choose(await this.inventory(query));
        const documents = removal.manifests.flat().slice(0, mostAtOnce);
        const others = removal.blobs.slice(0, mostAtOnce - documents.length);
        await this.#unlist(
          removal.tags.map(({ tag }) => tag),
          removal.manifests.flat(),
        );
        for (const { tag } of removal.tags) tags.add(tag);
        // What points to another comes before it.
        for (const digest of documents) await this.#files.delete(blobName(digest));
        await pMap(others, (digest) => this.#files.delete(blobName(digest)), { concurrency });
        manifests += documents.length;
        blobs += others.length;
        isDone = removal.manifests.flat().length + removal.blobs.length <= documents.length + others.length;
      });
    }
    return { tags: [...tags], manifests, blobs, refusals: [] };
  }

  async close(): Promise<void> {}

  async #index(): Promise<Index> {
    const bytes = await readBytes(this.#files, indexName);
    return bytes ? parseIndex(bytes, join(this.#directory, indexName)) : emptyIndex;
  }

  async #unlist(tags: readonly string[], digests: readonly Digest[]): Promise<void> {
    const index = await this.#index();
    const [goingTags, going] = [new Set(tags), new Set(digests)];
    const manifests = index.manifests.filter((entry) => {
      const tag = tagOf(entry);
      return tag === undefined ? !going.has(entry.digest) : !goingTags.has(tag);
    });
    if (manifests.length === index.manifests.length) return;
    await putBytes(this.#files, indexName, formatDocument({ ...index, manifests }), {});
  }

  async #walk(
    roots: readonly Descriptor[],
    stored: ReadonlyMap<Digest, StoredObject>,
    obstacles: string[],
  ): Promise<Map<Digest, InventoryDocument>> {
    const documents = new Map<Digest, InventoryDocument>();
    const seen = new Set<Digest>();
    for (let level = roots; level.length > 0; ) {
      const fresh = level.filter(({ digest }) => stored.has(digest) && !seen.has(digest) && seen.add(digest));
      const below = await pMap(
        fresh,
        async (descriptor) => {
          const document = await this.#read(descriptor, obstacles);
          if (!document) return [];
          documents.set(descriptor.digest, {
            ...inventoryEntry(document, (digest) => stored.has(digest)),
            stored: stored.get(descriptor.digest)?.modified,
          });
          return document.successors.filter(({ mediaType }) => isDocument(mediaType));
        },
        { concurrency },
      );
      level = below.flat();
    }
    return documents;
  }

  async #read({ digest, mediaType }: Descriptor, obstacles: string[]): Promise<ReadDocument | undefined> {
    const known = this.#known.get(digest);
    if (known) return known;
    const where = join(this.#directory, blobName(digest));
    const bytes = await readBytes(this.#files, blobName(digest));
    if (!bytes) return undefined;
    try {
      const found = digestOf(bytes);
      if (found !== digest) throw new AlbaError('target', `${where} is damaged: its digest is ${found}`);
      const document = readInventoryDocument(mediaType, bytes, where);
      this.#known.set(digest, document);
      return document;
    } catch (failure) {
      obstacles.push(messageOf(failure));
      return undefined;
    }
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    try {
      await withLock(join(this.#directory, `${temporaryPrefix}lock`), work);
    } catch (cause) {
      throw fileError('delete in', this.#directory, cause);
    }
  }
}
