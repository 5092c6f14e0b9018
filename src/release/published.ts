import { pMapIterable } from 'p-map';
import type { Digest } from '../oci/digest.ts';
import { whereIs } from '../storage/bytes.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import { filesIn, parseTagManifest, type TagManifest } from './documents.ts';
import { fileKey, type Release, tagKey } from './keys.ts';
import { readObject } from './store.ts';

/** Files that are asked for at once. */
const concurrency = 16;

/** The document of a tag as it is stored, and what it says. */
export interface TagDocument {
  readonly bytes: Buffer;
  readonly manifest: TagManifest;
}

/** The document of a tag, undefined where there is none; an AlbaError where it is something else. */
export async function readTagDocument(storage: Storage, release: Release): Promise<TagDocument | undefined> {
  const key = tagKey(release);
  const bytes = await readObject(storage, key);
  return bytes && { bytes, manifest: parseTagManifest(bytes, whereIs(storage, key)) };
}

/**
 * What the manifest of a tag says of its files, as far as it can be believed: a file has to be there with
 * its size, and not to be younger than the manifest, since a publication that was killed leaves other bytes.
 * One LIST tells of all files.
 */
export async function heldDigests(
  storage: Storage,
  release: Release,
  manifest: TagManifest,
): Promise<Map<string, Digest>> {
  const claims = claimsOf(release, manifest);
  if (claims.size === 0) return new Map();
  const [document, objects] = await Promise.all([
    storage.head(tagKey(release)),
    readObjects(storage, release, claims),
  ]);
  const held = new Map<string, Digest>();
  for (const object of document ? objects : []) {
    const claim = claims.get(object.key);
    if (document && claim?.size === object.size && secondOf(object) <= secondOf(document)) {
      held.set(object.key, claim.digest);
    }
  }
  return held;
}

/** MinIO lists nothing below a key that is an object itself, as that of a tag is: there each file is asked for. */
async function readObjects(
  storage: Storage,
  release: Release,
  wanted: ReadonlyMap<string, unknown>,
): Promise<StoredObject[]> {
  const objects: StoredObject[] = [];
  let isListed = false;
  for await (const object of storage.list(fileKey(release, ''))) {
    isListed = true;
    if (wanted.has(object.key)) objects.push(object);
  }
  if (isListed) return objects;
  for await (const object of pMapIterable(wanted.keys(), (key) => storage.head(key), { concurrency })) {
    if (object) objects.push(object);
  }
  return objects;
}

/** Servers list milliseconds, but tell of a single object in whole seconds. */
function secondOf({ modified }: StoredObject): number {
  return Math.floor(modified.getTime() / 1000);
}

/** Size and digest that a manifest gives for each key; nothing where the older tool wrote neither. */
function claimsOf(release: Release, manifest: TagManifest): Map<string, { size: number; digest: Digest }> {
  const claims = new Map<string, { size: number; digest: Digest }>();
  for (const { path, size, digest } of filesIn(manifest)) {
    if (size !== undefined && digest !== undefined) claims.set(fileKey(release, path), { size, digest });
  }
  return claims;
}
