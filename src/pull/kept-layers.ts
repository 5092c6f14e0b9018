import { lstat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { headersPath } from './store/kept-layer.ts';
import { openLayerStore, type StoreOptions } from './store/layer-store.ts';
import { findStoreFolder, layerPath } from './store/store-folder.ts';
import type { KnownLayers } from './tree-request.ts';
import type { PulledBytes } from './unpack-layers.ts';

/** How layers of a store are used. */
export interface KeptLayersOptions extends StoreOptions {
  /** Whether files are linked to those of the store. */
  readonly isLinked: boolean;
  /** Told what need not be fetched. */
  readonly bytes: PulledBytes;
}

/** The layers of a store, which keeps what it does not have yet; none of them goes away until it is disposed of. */
export async function keptLayers(
  path: string,
  { isLinked, bytes, ...options }: KeptLayersOptions,
): Promise<KnownLayers & AsyncDisposable> {
  const store = await openLayerStore(path, options);
  return {
    isLinked,
    has: async ({ diffId }) => (await store.find(diffId)) !== undefined,
    async find({ diffId, descriptor }, take) {
      const skipped = (): void => {
        bytes.skipped += descriptor?.size ?? 0;
      };
      const found = await store.find(diffId);
      if (found) {
        skipped();
        return found;
      }
      let isTaken = false;
      const filled = await store.fill(diffId, (folder) => {
        isTaken = true;
        return take(folder);
      });
      if (!isTaken) skipped();
      return filled;
    },
    [Symbol.asyncDispose]: () => store[Symbol.asyncDispose](),
  };
}

/** The layers of a store for somebody who writes nothing; none where there is no store. */
export async function seenLayers(
  path: string,
  { directory, isLinked }: KeptLayersOptions,
): Promise<KnownLayers & AsyncDisposable> {
  const folder = await findStoreFolder(resolve(directory, path), path).catch(() => undefined);
  return {
    isLinked,
    async has({ diffId }) {
      const stats = folder && (await lstat(headersPath(layerPath(folder, diffId))).catch(() => undefined));
      return stats !== undefined;
    },
    find: () => Promise.reject(new Error('layers are looked at, and not wanted')),
    async [Symbol.asyncDispose]() {},
  };
}
