import { join } from 'node:path';
import pLimit from 'p-limit';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { expectBytes } from '../concurrency/threads/in-thread.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { untilAborted } from '../concurrency/until-aborted.ts';
import type { Open } from '../content/content.ts';
import { counted } from '../content/count.ts';
import { PackedEntries } from '../image/rootfs/packed-entries.ts';
import { sizeBudget, spender } from '../image/rootfs/size-budget.ts';
import { type StoredLayer, type TakeApartOptions, takeApart } from '../image/rootfs/take-apart.ts';
import { takeApartInThread } from '../image/rootfs/take-apart-task.ts';
import type { UnpackedLayer } from '../image/rootfs/unpacked-layer.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';

/** Bytes of layers, as they are stored. */
export interface PulledBytes {
  /** Read or fetched. */
  pulled: number;
  /** Of layers that were here already. */
  skipped: number;
  /** Of layers that a dry run would have read or fetched. */
  missing: number;
}

/** How layers come here. */
export interface FetchOptions {
  /** How many layers at once. */
  readonly concurrency: number;
  /** In bytes: what the files of an image may come to. */
  readonly maxSize: number;
  readonly progress: Progress;
  readonly abort: AbortController;
  readonly bytes: PulledBytes;
  /** Do the work on large layers where there are any. */
  readonly threads: Threads | undefined;
}

/** In bytes, as it is stored: a smaller layer is taken apart before a thread would have heard of it. */
export const leastForThread = 1024 * 1024;

/** Takes layers apart that are at hand, as {@link takeApart} does, or finds them taken apart. */
export type FindLayer = (
  layer: StoredLayer,
  take: (folder: string) => Promise<UnpackedLayer>,
) => Promise<UnpackedLayer>;

/** The layers of an image taken apart below a folder, several at once, each diffID once; the first failure ends the others. */
export async function unpackLayers(
  layers: readonly StoredLayer[],
  folder: string,
  options: FetchOptions & Pick<TakeApartOptions, 'packs'>,
  find: FindLayer = (layer, take) => take(join(folder, layer.diffId.replace(':', '-'))),
): Promise<UnpackedLayer[]> {
  const { concurrency, maxSize, abort, progress, packs = false, threads } = options;
  const limit = pLimit(concurrency);
  const budget = sizeBudget(maxSize);
  const known = new Map<Digest, Promise<UnpackedLayer>>();
  let coming = 0;
  for (const layer of layers) {
    const unpack = async (): Promise<UnpackedLayer> => {
      abort.signal.throwIfAborted();
      let isTaken = false;
      const found = await find(layer, (to) => {
        isTaken = true;
        const stored = watched(layer, options);
        const size = layer.descriptor?.size ?? 0;
        coming += size;
        expectBytes(threads, coming);
        return threads?.isFree && size >= leastForThread
          ? takeApartInThread(threads, stored, to, { budget, packs }, abort.signal)
          : takeApart(stored, to, { budget, packs });
      });
      const { entries } = found;
      // Headers that were kept are held, too.
      if (!isTaken && entries instanceof PackedEntries) spender(budget, layer.origin).header(entries.size);
      return found;
    };
    if (!known.has(layer.diffId)) known.set(layer.diffId, limit(unpack));
    progress.debug(`${layer.origin}: ${layer.descriptor?.size} bytes`);
  }
  return allOrAbort(
    layers.map(
      ({ diffId }) => known.get(diffId) ?? Promise.reject(new Error(`${diffId} is not taken apart`)),
    ),
    abort,
  );
}

/** The layer, whose bytes are counted as they come, and end when all ends. */
export function watched(layer: StoredLayer, { progress, abort, bytes }: FetchOptions): StoredLayer {
  progress.expect(layer.descriptor?.size ?? 0);
  const advance = (size: number): void => {
    bytes.pulled += size;
    progress.advance(size);
  };
  const open: Open = () => untilAborted(layer.open(), abort.signal);
  return { ...layer, open: counted(open, advance) };
}
