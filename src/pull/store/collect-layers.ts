import { lstat, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { systemCode } from '../../errors.ts';
import { type Digest, hexOf } from '../../oci/digest.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { fileError } from '../../storage/file-error.ts';
import { withLock } from '../../storage/file-lock.ts';
import { removeTree } from '../remove-tree.ts';
import { headersPath } from './kept-layer.ts';
import { firstLease, type Lease, takeLease } from './lease.ts';
import { findStoreFolder, layerPath, listLayers, namesIn, type StoreFolder } from './store-folder.ts';

/** In ms, by which the clocks of machines that share a store may differ. */
const clockTolerance = 60_000;

/** What is to be removed from a store. */
export interface CollectOptions {
  /** Relative paths begin there. */
  readonly directory: string;
  /** Layers that were used later than this stay; in ms since 1970. */
  readonly usedBefore: number;
  /** Tell what would be removed, and remove nothing. */
  readonly dryRun: boolean;
  readonly progress: Pick<Progress, 'line' | 'warn'>;
}

/** So many layers, and what they take on the disk, in bytes. */
export interface LayerCount {
  readonly layers: number;
  readonly bytes: number;
}

/**
 * Removes the layers of a store that were not used since some time, but none that a running process may use. An AlbaError where
 * there is no store, or its disk refuses.
 */
export async function collectLayers(
  path: string,
  { directory, usedBefore, dryRun, progress }: CollectOptions,
): Promise<{ readonly removed: LayerCount; readonly kept: LayerCount }> {
  const shown = shownPath(path, directory);
  const store = await findStoreFolder(resolve(directory, path), shown);
  const removed = { layers: 0, bytes: 0 };
  const kept = { layers: 0, bytes: 0 };
  try {
    await using lease = dryRun ? undefined : await takeLease(store, progress);
    const first = await firstLease(store, lease?.name);
    const before = Math.min(usedBefore, first === undefined ? usedBefore : first - clockTolerance);
    for (const diffId of await listLayers(store)) {
      const folder = layerPath(store, diffId);
      const bytes = await sizeOnDisk(folder);
      const isUseless = lease
        ? await removeUnused(store, diffId, before, lease)
        : (await lastUse(folder)) < before;
      const count = isUseless ? removed : kept;
      count.layers += 1;
      count.bytes += bytes;
    }
    return { removed, kept };
  } catch (thrown) {
    throw fileError('clean the store', shown, thrown);
  }
}

/** In a turn, so that nobody who finds the layer meanwhile loses it. */
async function removeUnused(
  store: StoreFolder,
  diffId: Digest,
  before: number,
  lease: Lease,
): Promise<boolean> {
  const folder = layerPath(store, diffId);
  const away = lease.temporary();
  const isAway = await withLock(join(store.turns, hexOf(diffId)), async () => {
    if ((await lastUse(folder)) >= before) return false;
    await rename(folder, away).catch((thrown: unknown) => {
      if (systemCode(thrown) !== 'ENOENT') throw thrown;
    });
    return true;
  });
  if (isAway) removeTree(away);
  return isAway;
}

/** In ms since 1970; of a layer that lost its headers the time at which that was. */
async function lastUse(folder: string): Promise<number> {
  for (const path of [headersPath(folder), folder]) {
    const stats = await lstat(path).catch(() => undefined);
    if (stats) return stats.mtimeMs;
  }
  return 0;
}

/** A file that a destination has, too, by a link takes nothing of its own. */
async function sizeOnDisk(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of await namesIn(folder)) {
    const stats = await lstat(join(folder, name)).catch(() => undefined);
    if (stats?.nlink === 1) bytes += stats.blocks > 0 ? stats.blocks * 512 : stats.size;
  }
  return bytes;
}
