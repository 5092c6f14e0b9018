import { pMapIterable } from 'p-map';
import type { Digest } from '../oci/digest.ts';
import { whereIs } from '../storage/bytes.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import { parseTagManifest, type TagManifest } from './documents.ts';
import { fileKey, type Release, tagKey } from './keys.ts';
import { readObject } from './store.ts';

/** Files that are asked for at once. */
const concurrency = 16;

/** What a tag holds by now. */
export interface Published {
  readonly manifest: TagManifest | undefined;
  /** The digest under each key that surely has those bytes. */
  readonly digests: ReadonlyMap<string, Digest>;
}

/** The document of a tag, undefined where there is none. */
export async function readTagManifest(storage: Storage, release: Release): Promise<TagManifest | undefined> {
  const key = tagKey(release);
  const bytes = await readObject(storage, key);
  return bytes && parseTagManifest(bytes, whereIs(storage, key));
}

/** Reads a tag with one LIST for all of its files. */
export async function readPublished(storage: Storage, release: Release): Promise<Published> {
  const manifest = await readTagManifest(storage, release);
  return { manifest, digests: manifest ? await heldDigests(storage, release, manifest) : new Map() };
}

/**
 * What the manifest of a tag says of its files, as far as it can be believed: a file has to be there with
 * its size, and not to be younger than the manifest, since a publication that was killed leaves other bytes.
 */
export async function heldDigests(
  storage: Storage,
  release: Release,
  manifest: TagManifest,
): Promise<Map<string, Digest>> {
  const claims = claimsOf(release, manifest);
  const held = new Map<string, Digest>();
  const document = claims.size > 0 ? await storage.head(tagKey(release)) : undefined;
  if (!document) return held;
  for await (const object of objectsOf(storage, release, claims.keys())) {
    const claim = claims.get(object.key);
    if (claim?.size === object.size && secondOf(object) <= secondOf(document)) {
      held.set(object.key, claim.digest);
    }
  }
  return held;
}

/** MinIO lists nothing below a key that is an object itself, as that of a tag is: there each file is asked for. */
async function* objectsOf(
  storage: Storage,
  release: Release,
  keys: Iterable<string>,
): AsyncGenerator<StoredObject> {
  let isListed = false;
  for await (const object of storage.list(fileKey(release, ''))) {
    isListed = true;
    yield object;
  }
  if (isListed) return;
  for await (const object of pMapIterable(keys, (key) => storage.head(key), { concurrency })) {
    if (object) yield object;
  }
}

/** Servers list milliseconds, but tell of a single object in whole seconds. */
function secondOf({ modified }: StoredObject): number {
  return Math.floor(modified.getTime() / 1000);
}

/** Size and digest that a manifest gives for each key; nothing where the older tool wrote neither. */
function claimsOf(release: Release, { flavors }: TagManifest): Map<string, { size: number; digest: Digest }> {
  const claims = new Map<string, { size: number; digest: Digest }>();
  for (const { platform, resources } of flavors) {
    for (const { path, size, digest } of resources) {
      if (size === undefined || digest === undefined) continue;
      claims.set(fileKey(release, `${platform.os}/${platform.architecture}/${path}`), { size, digest });
    }
  }
  return claims;
}
