import pMap from 'p-map';
import { assertGraphWithin, graphLimits } from '../../content/graph.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError, messageOf } from '../../errors.ts';
import { discard } from '../../network/http/http.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';
import { isDocument } from '../../oci/media-type.ts';
import type { InventoryQuery } from '../deleter.ts';
import type { Inventory, InventoryBlob, InventoryDocument, KnownTime } from '../inventory.ts';
import {
  inventoryEntry,
  type ReadDocument,
  readCreated,
  readInventoryDocument,
} from '../inventory-document.ts';
import type { Client } from './client.ts';
import { readManifest, resolveTag } from './manifest.ts';
import { givesReferrers, ReferrerLists } from './referrers.ts';
import { listAllTags } from './tags.ts';

/** Requests that are under way. */
const concurrency = 16;

/** What a registry was asked once and for all, by digest. */
export interface KnownContent {
  readonly documents: Map<Digest, ReadDocument>;
  readonly created: Map<Digest, KnownTime | undefined>;
  /** Whether it lists referrers; undefined as long as it was not asked. */
  givesReferrers?: boolean;
}

/** All that the tags of a repository lead to, and what refers to that: a registry tells of nothing else. */
export async function readRegistryInventory(
  client: Client,
  reference: string,
  known: KnownContent,
  { needsTime }: InventoryQuery,
): Promise<Inventory> {
  const obstacles: string[] = [];
  const resolved = await pMap(
    await listAllTags(client),
    async (tag) => ({ tag, named: await resolveTag(client, tag) }),
    { concurrency },
  );
  const named = resolved.flatMap(({ tag, named: found }) => (found ? [{ tag, named: found }] : []));
  const reading = { client, known, obstacles, reference };
  const { documents, missing } = await walk(
    named.map((one) => one.named),
    reading,
  );
  const entries = [...documents].map(([digest, document]): [Digest, InventoryDocument] => [
    digest,
    inventoryEntry(document, (child) => !missing.has(child)),
  ]);
  const blobs = new Map<Digest, InventoryBlob>();
  for (const { successors } of documents.values()) {
    for (const { digest, size, mediaType } of successors)
      if (!isDocument(mediaType)) blobs.set(digest, { size });
  }
  const tags = await pMap(
    named,
    async ({ tag, named: { digest } }) => ({
      ...{ tag, digest },
      time: needsTime(tag) ? await createdOf(digest, reading) : undefined,
    }),
    { concurrency },
  );
  const rest = { untagged: [], notes: [], isWhole: false };
  return { reference, tags, documents: new Map(entries), blobs, ...rest, obstacles };
}

interface Reading {
  readonly client: Client;
  readonly known: KnownContent;
  readonly obstacles: string[];
  readonly reference: string;
}

/** Level by level, each digest once. */
async function walk(roots: readonly Descriptor[], reading: Reading) {
  const documents = new Map<Digest, ReadDocument>();
  const missing = new Set<Digest>();
  const seen = new Set<Digest>();
  const bounds = { origin: reading.reference, fault: 'target', limits: graphLimits.repository } as const;
  for (let [level, depth] = [roots, 0]; level.length > 0; depth += 1) {
    const fresh = level.filter(({ digest }) => !seen.has(digest) && seen.add(digest));
    assertGraphWithin(bounds, { depth, count: seen.size });
    const below = await pMap(
      fresh,
      async (descriptor): Promise<readonly Descriptor[]> => {
        const document = await readOne(descriptor, reading);
        if (document === 'missing') missing.add(descriptor.digest);
        if (document === 'missing' || document === 'unknown') return [];
        documents.set(descriptor.digest, document);
        return [...document.successors, ...(await referrersOf(descriptor.digest, reading))];
      },
      { concurrency },
    );
    level = below.flat().filter(({ mediaType }) => isDocument(mediaType));
  }
  return { documents, missing };
}

async function readOne(
  descriptor: Descriptor,
  { client, known, obstacles, reference }: Reading,
): Promise<ReadDocument | 'missing' | 'unknown'> {
  const { digest, mediaType } = descriptor;
  const read = known.documents.get(digest);
  if (read) return read;
  const bytes = await fetchDocument(client, descriptor);
  if (!bytes) return 'missing';
  const where = `${reference}@${digest}`;
  try {
    const verified = await readDocument(
      { descriptor: { mediaType, digest, size: bytes.length }, open: () => single(bytes) },
      where,
      'target',
    );
    const document = readInventoryDocument(mediaType, verified, where);
    known.documents.set(digest, document);
    return document;
  } catch (failure) {
    obstacles.push(messageOf(failure));
    return 'unknown';
  }
}

/** The bytes of a manifest, unverified; undefined where it is not there. */
export function fetchDocument(
  client: Client,
  { digest, mediaType }: Pick<Descriptor, 'digest' | 'mediaType'>,
): Promise<Buffer | undefined> {
  return client.retry(async () => {
    const response = await client.attempt({
      method: 'GET',
      to: `manifests/${digest}`,
      headers: { accept: mediaType },
      accept: [404],
    });
    if (response.status !== 404) return readManifest(client, response);
    await discard(response);
    return undefined;
  });
}

/** Where it lists none, they are known by their tags. */
async function referrersOf(digest: Digest, { client, known }: Reading): Promise<Descriptor[]> {
  known.givesReferrers ??= await givesReferrers(client, digest);
  return known.givesReferrers ? new ReferrerLists(client).of(digest) : [];
}

/** What a document says of when it was made, else the newest of what it consists of. */
async function createdOf(digest: Digest, reading: Reading): Promise<KnownTime | undefined> {
  const { known } = reading;
  if (known.created.has(digest)) return known.created.get(digest);
  const document = known.documents.get(digest);
  const found = document?.created ?? (document && (await newestBelow(document, reading)));
  known.created.set(digest, found);
  return found;
}

async function newestBelow({ successors }: ReadDocument, reading: Reading): Promise<KnownTime | undefined> {
  const times: KnownTime[] = [];
  for (const child of successors) {
    const isConfig = /\.(config|container\.image)\.v1\+json$/.test(child.mediaType);
    const time = isDocument(child.mediaType)
      ? await createdOf(child.digest, reading)
      : isConfig
        ? await configTime(child, reading)
        : undefined;
    if (time) times.push(time);
  }
  return times.sort((a, b) => b.at.getTime() - a.at.getTime())[0];
}

async function configTime(
  { digest, size }: Descriptor,
  { client, known, reference }: Reading,
): Promise<KnownTime | undefined> {
  if (known.created.has(digest)) return known.created.get(digest);
  const where = `${reference}@${digest}`;
  const bytes = await client.retry(async () => {
    const response = await client.attempt({ method: 'GET', to: `blobs/${digest}` });
    return client.readUpTo(response, size);
  });
  try {
    known.created.set(digest, readCreated(bytes, where));
  } catch (failure) {
    // What is no config tells no time.
    if (!(failure instanceof AlbaError)) throw failure;
    known.created.set(digest, undefined);
  }
  return known.created.get(digest);
}

async function* single(bytes: Buffer): AsyncGenerator<Uint8Array> {
  yield bytes;
}
