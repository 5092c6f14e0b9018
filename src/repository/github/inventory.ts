import pMap from 'p-map';
import { messageOf } from '../../errors.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { isDocument } from '../../oci/media-type.ts';
import type { Inventory, InventoryBlob, InventoryDocument } from '../inventory.ts';
import { inventoryEntry, type ReadDocument, readInventoryDocument } from '../inventory-document.ts';
import type { Client } from '../registry/client.ts';
import { fetchManifest, resolveTag } from '../registry/manifest.ts';
import { listAllTags } from '../registry/tags.ts';
import type { Packages, PackageVersion } from './packages.ts';

/** Manifests that are asked for at once. */
const concurrency = 16;

/** A package as it was at one moment: what the API lists, and what the registry says of it. */
export interface PackageInventory {
  readonly inventory: Inventory;
  readonly versions: ReadonlyMap<Digest, PackageVersion>;
}

/** What there is to read a package by. */
export interface PackageReading {
  readonly packages: Packages;
  readonly client: Client;
  /** What a person names it by. */
  readonly reference: string;
  /** Manifests that were read before. */
  readonly known: Map<Digest, ReadDocument>;
}

/**
 * All versions of a package, those without a tag, too, with what each leads to. The time of a version is that of its tags. One that has
 * a tag is not about to get its first one: `stored`, by which a grace period counts, is for the others.
 */
export async function readPackageInventory(reading: PackageReading): Promise<PackageInventory> {
  const { reference } = reading;
  const obstacles: string[] = [];
  const listed = await listVersions(reading, obstacles);
  const read = await pMap(
    listed,
    async ({ digest }) => ({ digest, document: await readVersion(digest, reading, obstacles) }),
    { concurrency },
  );
  const versions = new Map(listed.map((version) => [version.digest, version]));
  const documents = new Map<Digest, InventoryDocument>();
  const blobs = new Map<Digest, InventoryBlob>();
  for (const { digest, document } of read) {
    if (!document) continue;
    const { tags = [], updated } = versions.get(digest) ?? {};
    const entry = inventoryEntry(document, (child) => versions.has(child));
    documents.set(digest, { ...entry, ...(tags.length === 0 && updated && { stored: updated }) });
    for (const { digest: child, size, mediaType } of document.successors) {
      if (!isDocument(mediaType)) blobs.set(child, { size });
    }
  }
  const tags = listed.flatMap((version) =>
    version.tags.map((tag) => {
      const time = { at: version.updated, from: 'stored' } as const;
      return { tag, digest: version.digest, time };
    }),
  );
  const rest = { untagged: [], notes: [], isWhole: true, obstacles };
  return { inventory: { reference, tags, documents, blobs, ...rest }, versions };
}

/**
 * Pages shift where something is deleted meanwhile, so that one may be skipped: each tag that the registry has is to be among the
 * versions; what those lead to is looked for by who plans.
 */
async function listVersions(
  { packages, client, reference }: PackageReading,
  obstacles: string[],
): Promise<PackageVersion[]> {
  const first = await packages.versions();
  const tags = await listAllTags(client);
  const isAll = (versions: readonly PackageVersion[]): boolean => missing(tags, versions).length === 0;
  if (isAll(first)) return first;
  const second = await packages.versions();
  for (const tag of missing(await listAllTags(client), second)) {
    // A list may tell of tags a while longer than there are.
    if (!(await resolveTag(client, tag))) continue;
    obstacles.push(`${reference}:${tag} is in no version that GitHub lists: look again in a minute`);
  }
  return second;
}

function missing(tags: readonly string[], versions: readonly PackageVersion[]): string[] {
  const listed = new Set(versions.flatMap((version) => version.tags));
  return tags.filter((tag) => !listed.has(tag));
}

async function readVersion(
  digest: Digest,
  { client, known, reference }: PackageReading,
  obstacles: string[],
): Promise<ReadDocument | undefined> {
  const before = known.get(digest);
  if (before) return before;
  const where = `${reference}@${digest}`;
  const manifest = await fetchManifest(client, digest);
  if (!manifest) {
    obstacles.push(`${where} is listed, and the registry does not have it`);
    return undefined;
  }
  if (digestOf(manifest.bytes) !== digest) {
    obstacles.push(`${where} is of another digest`);
    return undefined;
  }
  try {
    const document = readInventoryDocument(manifest.mediaType, manifest.bytes, where);
    known.set(digest, document);
    return document;
  } catch (failure) {
    obstacles.push(messageOf(failure));
    return undefined;
  }
}
