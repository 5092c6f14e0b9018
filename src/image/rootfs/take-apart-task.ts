import { type FedTask, feed } from '../../concurrency/threads/feed.ts';
import { task } from '../../concurrency/threads/task.ts';
import type { Threads } from '../../concurrency/threads/threads.ts';
import type { PackedContents } from './packed-contents.ts';
import { PackedEntries, type PackedPages } from './packed-entries.ts';
import type { StoredLayer, TakeApartOptions } from './take-apart.ts';
import { type UnpackedLayer, unpackedLayer } from './unpacked-layer.ts';

/** A layer whose bytes come through a pipe, and where it goes. Plain data. */
export interface TakeApartInput extends Omit<StoredLayer, 'open'> {
  readonly folder: string;
  readonly options: TakeApartOptions;
}

/** A layer taken apart, as plain data. */
export interface TakenApart {
  readonly pages: PackedPages;
  readonly packed: PackedContents | undefined;
}

/** Taking a layer apart, as a thread does it. */
export const takeApartTask: FedTask<TakeApartInput, TakenApart> = task(
  'take a layer apart',
  async () => (await import('./take-apart-thread.ts')).takeApartWaiting,
);

/** Takes a layer apart as `takeApart` does, in a thread, which leaves off once the signal is aborted. */
export async function takeApartInThread(
  threads: Threads,
  { open, ...layer }: StoredLayer,
  folder: string,
  options: TakeApartOptions,
  signal?: AbortSignal,
): Promise<UnpackedLayer> {
  const fed = feed(threads, takeApartTask, { ...layer, folder, options }, open, signal);
  for (;;) {
    const { done, value } = await fed.next();
    if (done) return unpackedLayer(layer.diffId, PackedEntries.of(value.pages), folder, value.packed);
  }
}
