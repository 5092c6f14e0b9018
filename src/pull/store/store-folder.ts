import { lstat, readdir, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as v from 'valibot';
import { makeDirectory } from '../../content/make-directory.ts';
import { AlbaError, systemCode } from '../../errors.ts';
import { type Digest, hexOf, isDigest } from '../../oci/digest.ts';
import { parseJson } from '../../oci/manifest.ts';
import { readPlainFile } from '../read-plain-file.ts';

/** What says that a folder is a store, and of which version. */
const markerName = 'alba-store.json';
const version = 1;
const markerSchema = v.object({ schemaVersion: v.number() });
/** In bytes. */
const mostMarkerBytes = 64 * 1024;

/** The folders of a store. */
export interface StoreFolder {
  readonly path: string;
  /** Of those who take a layer apart, by its digest. */
  readonly locks: string;
  /** Of those who change or remove a layer, for an instant. */
  readonly turns: string;
  /** A file for each process that uses the store. */
  readonly leases: string;
  /** What is not ready, or no longer needed, named after the lease of who made it. */
  readonly temporary: string;
  /** Of the layers: `sha256/ab/abcdef…`. */
  readonly layers: string;
}

/** A store by its path, absolute. */
function storeFolder(path: string): StoreFolder {
  const [locks, turns, leases, temporary] = ['locks', 'turns', 'leases', 'temporary'].map((name) =>
    join(path, name),
  ) as [string, string, string, string];
  return { path, locks, turns, leases, temporary, layers: join(path, 'sha256') };
}

/** Where a layer lies. */
export function layerPath({ layers }: StoreFolder, diffId: Digest): string {
  const hex = hexOf(diffId);
  return join(layers, hex.slice(0, 2), hex);
}

/** The diffIDs of the layers that are there, whole or not. */
export async function listLayers({ layers }: StoreFolder): Promise<Digest[]> {
  const found: Digest[] = [];
  for (const shard of await namesIn(layers)) {
    for (const name of await namesIn(join(layers, shard))) {
      const digest = `sha256:${name}`;
      if (isDigest(digest) && name.startsWith(shard)) found.push(digest);
    }
  }
  return found;
}

/** The names in a folder, none where there is no such folder. */
export async function namesIn(folder: string): Promise<string[]> {
  return readdir(folder).catch((thrown: unknown) => {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) return [];
    throw thrown;
  });
}

/** Finds a store; an AlbaError where there is none, or one of a later version. */
export async function findStoreFolder(path: string, shown: string): Promise<StoreFolder> {
  if (!(await hasMarker(path, shown))) {
    throw new AlbaError(
      'usage',
      `${shown} is no store of layers: expected a folder with ${markerName} in it`,
    );
  }
  const store = storeFolder(path);
  await assertNoLinks(store, shown);
  return store;
}

/** Finds a store, or makes one of a folder that is empty or not there yet; an AlbaError where something else is. */
export async function makeStoreFolder(path: string, shown: string): Promise<StoreFolder> {
  const store = storeFolder(path);
  await makeDirectory(path);
  if (!(await hasMarker(path, shown))) {
    // Another process may begin the same store in this instant.
    const others = (await readdir(path)).filter((name) => name !== markerName);
    if (others.length > 0 && !(await hasMarker(path, shown))) {
      throw new AlbaError(
        'usage',
        `${shown} is not empty, and no store of layers: name another folder, or one that is not there yet`,
      );
    }
    const text = `${JSON.stringify({ schemaVersion: version })}\n`;
    await writeFile(join(path, markerName), text, { flag: 'wx' }).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'EEXIST') throw thrown;
    });
  }
  for (const folder of [store.locks, store.turns, store.leases, store.temporary, store.layers]) {
    await makeDirectory(folder);
  }
  await assertNoLinks(store, shown);
  return store;
}

/** What lies behind a link is not of the store: others may have left it, in a cache, say, and it is neither written nor removed. */
async function assertNoLinks(store: StoreFolder, shown: string): Promise<void> {
  const { locks, turns, leases, temporary, layers } = store;
  await refuseLinks([locks, turns, leases, temporary, layers], store, shown);
  await refuseLinks(
    (await namesIn(layers)).map((name) => join(layers, name)),
    store,
    shown,
  );
}

async function refuseLinks(paths: readonly string[], { path }: StoreFolder, shown: string): Promise<void> {
  for (const one of paths) {
    const stats = await lstat(one).catch(() => undefined);
    if (!stats?.isSymbolicLink()) continue;
    throw new AlbaError(
      'usage',
      `${shown}: ${relative(path, one)} is a symbolic link, expected a folder: name another store`,
    );
  }
}

/** An empty one is of who was killed, or is about to write it. */
async function hasMarker(path: string, shown: string): Promise<boolean> {
  const bytes = await readPlainFile(join(path, markerName), mostMarkerBytes);
  if (!bytes) return false;
  const found = bytes.length === 0 ? version : versionIn(bytes);
  if (found === version) return true;
  const what = found === undefined ? 'has a damaged' : `was made by a later version of alba, by its`;
  throw new AlbaError('usage', `${shown} ${what} ${markerName}: name another folder`);
}

function versionIn(bytes: Buffer): number | undefined {
  try {
    return parseJson(markerSchema, bytes, markerName).schemaVersion;
  } catch {
    return undefined;
  }
}
