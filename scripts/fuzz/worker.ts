// Does rounds of one target in a thread, and tells of each before it begins, so that one without an end is found, too.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { addCounts, type Counts, type FuzzTarget } from './target.ts';

/** What a thread is told. */
export interface Order {
  /** The file of the target. */
  readonly file: string;
  readonly folder: string;
  /** Of the first round; the next ones count up from it. */
  readonly seed: number;
  /** In seconds; the first round is done in any case. */
  readonly seconds: number;
}

/** What a thread tells: a round that begins, one that found something, or that the time is over. */
export type News =
  | { readonly kind: 'round'; readonly seed: number }
  | { readonly kind: 'finding'; readonly seed: number; readonly message: string; readonly counts: Counts }
  | { readonly kind: 'end'; readonly counts: Counts };

/** Of the whole process, in kB: what is fuzzed here is small, so much memory means that a number was believed. */
const mostMemory = 2 * 1024 * 1024;

const tell = (news: News): void => parentPort?.postMessage(news);

async function doRounds({ file, folder, seed: first, seconds }: Order): Promise<void> {
  const { target }: { target: FuzzTarget } = await import(file);
  const end = Date.now() + seconds * 1000;
  let counts: Counts = {};
  for (let seed = first; seed === first || Date.now() < end; seed++) {
    tell({ kind: 'round', seed });
    const own = join(folder, `${seed}`);
    await mkdir(own);
    try {
      counts = addCounts(counts, { rounds: 1 }, await target.round(seed, own));
      assertHarmless();
    } catch (thrown) {
      tell({ kind: 'finding', seed, message: inspect(thrown), counts });
      return;
    } finally {
      await rm(own, { recursive: true, force: true });
    }
  }
  tell({ kind: 'end', counts });
}

/** What no input may do, whatever is fuzzed. */
function assertHarmless(): void {
  for (const key in {}) throw new Error(`every object has a key ${key} from now on`);
  const { maxRSS } = process.resourceUsage();
  if (maxRSS > mostMemory) throw new Error(`the process took ${Math.round(maxRSS / 1024)} MiB of memory`);
}

await doRounds(workerData);
