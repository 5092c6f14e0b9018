import type { Dirent, Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pMapIterable, pMapSkip } from 'p-map';
import { systemCode } from '../errors.ts';
import { isOwnName, nameOnDisk, selfName } from './key-path.ts';
import type { StoredObject } from './storage.ts';

const concurrency = 16;

/** A file that holds an object. */
export interface Found {
  readonly path: string;
  readonly stats: Stats;
}

/** What is listed; with `shallow` only keys without a slash after the prefix. */
interface Listing {
  readonly prefix: string;
  readonly shallow: boolean;
  readonly platform: NodeJS.Platform;
}

/** A step of a listing: an object's key, or with a slash at its end what is below a folder. */
interface Place {
  readonly key: string;
  readonly path: string;
}

/** The object at a path: the file there, or the one that stands for the folder there. */
export async function findObject(path: string): Promise<Found | undefined> {
  const stats = await statIfThere(path);
  if (stats?.isFile()) return { path, stats };
  if (!stats?.isDirectory()) return undefined;
  const self = join(path, selfName);
  const inside = await statIfThere(self);
  return inside?.isFile() ? { path: self, stats: inside } : undefined;
}

/** What is at a path, a link followed; undefined when there is nothing. */
export async function statIfThere(path: string): Promise<Stats | undefined> {
  return ifThere(stat(path));
}

/**
 * The objects below a folder whose keys begin with a prefix, in the order of their keys' bytes; `key` is the
 * folder's own with its slash, or empty. Folders are no objects, symbolic links are what they lead to.
 */
export async function* walk(path: string, key: string, listing: Listing): AsyncGenerator<StoredObject> {
  const { prefix, shallow, platform } = listing;
  const entries = (await ifThere(readdir(path, { withFileTypes: true }))) ?? [];
  const places = entries
    .filter(({ name }) => !isOwnName(name))
    .flatMap((entry) => placesOf(entry, path, key + nameOnDisk(entry.name, platform)))
    .filter(
      (place) => place.key.startsWith(prefix) || (place.key.endsWith('/') && prefix.startsWith(place.key)),
    );
  for await (const found of pMapIterable(inOrder(places), inspect, { concurrency })) {
    if (!('path' in found)) yield found;
    else if (!shallow || prefix.startsWith(found.key)) yield* walk(found.path, found.key, listing);
  }
}

/** A folder is met twice: `a` comes before `a-b`, and that before what is in `a/`. */
function placesOf(entry: Dirent, folder: string, key: string): Place[] {
  const path = join(folder, entry.name);
  return entry.isFile()
    ? [{ key, path }]
    : [
        { key, path },
        { key: `${key}/`, path },
      ];
}

function inOrder(places: readonly Place[]): Place[] {
  return places
    .map((place) => ({ place, bytes: Buffer.from(place.key) }))
    .sort((a, b) => a.bytes.compare(b.bytes))
    .map(({ place }) => place);
}

async function inspect({ key, path }: Place): Promise<StoredObject | Place | typeof pMapSkip> {
  if (key.endsWith('/')) {
    return (await statIfThere(path))?.isDirectory() ? { key, path } : pMapSkip;
  }
  const found = await findObject(path);
  return found ? { key, size: found.stats.size, modified: found.stats.mtime } : pMapSkip;
}

async function ifThere<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (thrown) {
    if (['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(thrown) ?? '')) return undefined;
    throw thrown;
  }
}
