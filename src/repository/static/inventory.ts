import pMap from 'p-map';
import { AlbaError, messageOf } from '../../errors.ts';
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { isTag } from '../../oci/reference.ts';
import { readBytes, whereIs } from '../../storage/bytes.ts';
import type { Storage, StoredObject } from '../../storage/storage.ts';
import type {
  Inventory,
  InventoryBlob,
  InventoryDocument,
  InventoryNote,
  InventoryTag,
} from '../inventory.ts';
import { inventoryEntry, type ReadDocument, readInventoryDocument } from '../inventory-document.ts';
import { embeddedMediaType } from './embedded-media-type.ts';
import type { Tree } from './keys.ts';

/** Documents that are read at once. */
const concurrency = 16;

/** Documents that were read, by their digest: what has one never changes. */
export type KnownDocuments = Map<Digest, ReadDocument>;

/** All that lies in the folders of one repository: a list of each, and every document once. */
export async function readStaticInventory(
  storage: Storage,
  tree: Tree,
  reference: string,
  known: KnownDocuments,
): Promise<Inventory> {
  const obstacles: string[] = [];
  const unknown = ({ key }: StoredObject): void => {
    obstacles.push(`${whereIs(storage, key)} is nothing that a registry has there`);
  };
  const stored = new Map<Digest, StoredObject>();
  const tagged: (readonly [string, StoredObject])[] = [];
  for await (const object of storage.list(tree.manifests)) {
    const name = object.key.slice(tree.manifests.length);
    if (isDigest(name)) stored.set(name, object);
    else if (isTag(name)) tagged.push([name, object]);
    else unknown(object);
  }
  const reading = { storage, known, obstacles };
  await pMap(stored, ([digest, object]) => readStored(digest, object, reading), { concurrency });
  const documents = new Map<Digest, InventoryDocument>();
  for (const [digest, { modified }] of stored) {
    const found = known.get(digest);
    if (found)
      documents.set(digest, { ...inventoryEntry(found, (one) => stored.has(one)), stored: modified });
  }
  const tags = await readTags(tagged, stored, documents, reading);
  // One text for each digest, not one for each who names it: this is most of what an inventory holds.
  const named = new Map<string, Digest>();
  for (const { children } of documents.values()) for (const child of children) named.set(child, child);
  const blobs = new Map<Digest, InventoryBlob>();
  for await (const object of storage.list(tree.blobs)) {
    const name = object.key.slice(tree.blobs.length);
    const digest = named.get(name) ?? name;
    if (isDigest(digest)) blobs.set(digest, { size: object.size, stored: object.modified });
    else unknown(object);
  }
  const notes: InventoryNote[] = [];
  for (const folder of [tree.referrers, tree.marks]) {
    for await (const object of storage.list(folder)) {
      const [subject = ''] = object.key.slice(folder.length).split('/');
      if (!isDigest(subject)) unknown(object);
      else notes.push({ key: object.key, subject, size: object.size, stored: object.modified });
    }
  }
  return { reference, tags, documents, untagged: [], blobs, notes, isWhole: true, obstacles };
}

interface Reading {
  readonly storage: Storage;
  readonly known: KnownDocuments;
  readonly obstacles: string[];
}

/** What cannot be read is noted, and holds everything up; what is gone since it was listed is not there. */
async function readStored(
  digest: Digest,
  { key }: StoredObject,
  { storage, known, obstacles }: Reading,
): Promise<void> {
  if (known.has(digest)) return;
  const where = whereIs(storage, key);
  const bytes = await readListed(key, { storage, known, obstacles });
  if (!bytes) return;
  try {
    const found = digestOf(bytes);
    if (found !== digest) throw new AlbaError('target', `${where} is damaged: its digest is ${found}`);
    known.set(digest, readInventoryDocument(embeddedMediaType(bytes, where), bytes, where));
  } catch (failure) {
    obstacles.push(messageOf(failure));
  }
}

/** Undefined where it is gone since it was listed. Where a list has it still, nobody knows what it needs, and that holds everything up. */
async function readListed(key: string, { storage, obstacles }: Reading): Promise<Buffer | undefined> {
  const bytes = await readBytes(storage, key);
  if (bytes) return bytes;
  for await (const listed of storage.list(key)) {
    if (listed.key === key)
      obstacles.push(`${whereIs(storage, key)} is listed, and told not to be there: try again`);
  }
  return undefined;
}

/** By what a bucket calls their bytes, which a list tells of tags and digests alike; else they are read. */
async function readTags(
  tagged: readonly (readonly [string, StoredObject])[],
  stored: ReadonlyMap<Digest, StoredObject>,
  documents: Map<Digest, InventoryDocument>,
  reading: Reading,
): Promise<InventoryTag[]> {
  const { storage, obstacles } = reading;
  const byEtag = new Map<string, Digest>();
  for (const [digest, { etag, size }] of stored) if (isMd5(etag)) byEtag.set(`${etag} ${size}`, digest);
  const read = async ([tag, object]: readonly [string, StoredObject]): Promise<InventoryTag[]> => {
    const { key, size, modified, etag } = object;
    const time = { at: modified, from: 'stored' } as const;
    const listed = isMd5(etag) ? byEtag.get(`${etag} ${size}`) : undefined;
    if (listed) return [{ tag, digest: listed, size, time }];
    const bytes = await readListed(key, reading);
    if (!bytes) return [];
    const digest = digestOf(bytes);
    if (!stored.has(digest)) {
      try {
        const where = whereIs(storage, key);
        const found = readInventoryDocument(embeddedMediaType(bytes, where), bytes, where);
        documents.set(digest, {
          ...inventoryEntry(found, (one) => stored.has(one)),
          ...{ stored: modified, isTagOnly: true },
        });
      } catch (failure) {
        obstacles.push(messageOf(failure));
      }
    }
    return [{ tag, digest, size, time }];
  };
  return (await pMap(tagged, read, { concurrency })).flat();
}

function isMd5(etag: string | undefined): etag is string {
  return etag !== undefined && /^"?[0-9a-f]{32}"?$/.test(etag);
}
