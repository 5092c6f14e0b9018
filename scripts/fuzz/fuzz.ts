import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { News, Order } from './worker.ts';

/** How fuzzing ended: with a finding or without. */
export type Outcome = Exclude<News, { readonly kind: 'round' }>;

/** In MB, for a thread. */
const resourceLimits = { maxOldGenerationSizeMb: 1024 };

/**
 * Does rounds of one target in a thread until the time is over or something is found: an error, a thread that died or
 * ended while it waited for something, or a round that takes longer than `mostOfARound` ms.
 */
export async function fuzz(order: Omit<Order, 'folder'>, mostOfARound = 120_000): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'alba-fuzz-'));
  const workerData: Order = { ...order, folder };
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData, resourceLimits });
  let timer: NodeJS.Timeout | undefined;
  try {
    return await new Promise<Outcome>((resolve) => {
      let seed = order.seed;
      const find = (message: string): void => resolve({ kind: 'finding', seed, message, counts: {} });
      const restart = (): void => {
        clearTimeout(timer);
        timer = setTimeout(() => find(`the round has no end after ${mostOfARound / 1000} s`), mostOfARound);
      };
      restart();
      worker.on('message', (news: News) => {
        if (news.kind !== 'round') return resolve(news);
        seed = news.seed;
        restart();
      });
      worker.on('error', (error) => find(`the thread died: ${error instanceof Error ? error.stack : error}`));
      worker.on('exit', (code) => find(`the thread ended with ${code}: something it waited for never came`));
    });
  } finally {
    clearTimeout(timer);
    await worker.terminate();
    await rm(folder, { recursive: true, force: true });
  }
}
