import pMap, { pMapIterable } from 'p-map';
import { once } from '../concurrency/once.ts';
import type { Digest } from '../oci/digest.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import { whereIs } from '../storage/bytes.ts';
import type { Storage, StoredObject } from '../storage/storage.ts';
import { filesIn, parseTagManifest, type TagManifest } from './documents.ts';
import { fileKey, type Release, tagKey } from './keys.ts';
import { opener } from './measure.ts';
import { readObject } from './store.ts';

/** Files that are asked for, or looked at, at once. */
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
 * The keys of files that the tag holds already. The word of its manifest is no proof, as others may write there, and as a
 * publication that was killed leaves other bytes: the storage has to show that it holds these. Where it shows nothing of
 * any bytes, a file has to have its size and not to be younger than the manifest. One LIST tells of all files.
 */
export async function findHeld(
  storage: Storage,
  release: Release,
  manifest: TagManifest,
  files: readonly ReleaseFile[],
): Promise<Set<string>> {
  const claims = claimsOf(release, manifest);
  const claimed = new Map(
    files
      .map((file) => [fileKey(release, pathOf(file)), file] as const)
      .filter(([key, { digest }]) => claims.get(key) === digest),
  );
  if (claimed.size === 0) return new Set();
  const document = once(() => storage.head(tagKey(release)));
  const isHeld = async (object: StoredObject, file: ReleaseFile): Promise<boolean> => {
    if (object.size !== file.size) return false;
    const proof = await storage.prove(object, { ...file, open: opener(file) });
    if (proof !== 'hidden') return proof === 'same';
    const named = await document();
    return named !== undefined && secondOf(object) <= secondOf(named);
  };
  const objects = await readObjects(storage, release, claimed);
  const held = await pMap(
    objects,
    async (object) => {
      const file = claimed.get(object.key);
      return file && (await isHeld(object, file)) ? [object.key] : [];
    },
    { concurrency },
  );
  return new Set(held.flat());
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

/** The digest that a manifest gives for each key; nothing where the older tool wrote none. */
export function claimsOf(release: Release, manifest: TagManifest): Map<string, Digest> {
  const claims = new Map<string, Digest>();
  for (const { path, digest } of filesIn(manifest)) {
    if (digest !== undefined) claims.set(fileKey(release, path), digest);
  }
  return claims;
}
