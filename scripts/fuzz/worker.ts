// Does rounds of one target in a thread, and tells of each before it begins, so that one without an end is found, too.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { parentPort, workerData } from 'node:worker_threads';
import { watchSurroundings } from './harmless.ts';
import { addCounts, type Counts, type FuzzTarget } from './target.ts';

/** What a thread is told. */
export interface Order {
  /** The file of the target. */
  readonly file: string;
  readonly folder: string;
  /** Of the first round; the next ones count up from it. */
  readonly seed: number;
  /** In seconds, of which the first round is done in any case; or so many cases, however long they take. */
  readonly most: { readonly seconds: number } | { readonly cases: number };
}

/** What a thread tells: a round that begins, one that found something, or that the time is over. */
export type News =
  | { readonly kind: 'round'; readonly seed: number }
  | { readonly kind: 'finding'; readonly seed: number; readonly message: string; readonly counts: Counts }
  | { readonly kind: 'end'; readonly counts: Counts };

const tell = (news: News): void => parentPort?.postMessage(news);

async function doRounds({ file, folder, seed: first, most }: Order): Promise<void> {
  const { target }: { target: FuzzTarget } = await import(file);
  const assertHarmless = watchSurroundings();
  const began = performance.now();
  const goesOn = (rounds: number): boolean =>
    'cases' in most ? rounds * target.perRound < most.cases : performance.now() - began < most.seconds * 1000;
  let counts: Counts = {};
  for (let seed = first; seed === first || goesOn(seed - first); seed++) {
    tell({ kind: 'round', seed });
    // Three folders deep: what leads out of its own by `..` is seen.
    const outer = join(folder, `${seed}`);
    const own = join(outer, 'a', 'b', 'c');
    await mkdir(own, { recursive: true });
    try {
      const round = { rounds: 1, cases: target.perRound };
      counts = addCounts(counts, round, await target.round(seed, own));
      assertHarmless(folder, `${seed}`);
      assertHarmless(outer, 'a');
      assertHarmless(join(outer, 'a'), 'b');
      assertHarmless(join(outer, 'a', 'b'), 'c');
    } catch (thrown) {
      tell({ kind: 'finding', seed, message: inspect(thrown), counts });
      return;
    } finally {
      await rm(outer, { recursive: true, force: true });
    }
  }
  tell({ kind: 'end', counts });
}

await doRounds(workerData);
