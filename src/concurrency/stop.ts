import { setTimeout as wait } from 'node:timers/promises';

/** In ms: what the system was asked to do before is done by then. */
const calm = 20;

/** In ms: who asks for an end, a person or a runner, sees it within two seconds, on a busy machine, too. */
const longestCleaning = 1_000;

const cleanings = new Set<() => Promise<void>>();
const undoings = new Set<() => void>();
let [isStopping, isOver] = [false, false];

/**
 * Has something undone, synchronously, should the run be stopped before it does that by itself. Gives what to call then. Throws
 * in a run that is being stopped: nothing more is begun.
 */
export function undoOnStop(undo: () => void): () => void {
  assertGoesOn();
  const own = (): void => undo();
  undoings.add(own);
  return () => void undoings.delete(own);
}

/** Throws in a run that is over: what it would begin could not be undone any more. */
export function assertGoesOn(): void {
  if (isOver) throw new Error('this run is being stopped');
}

/** Nothing to wait for; in a run that is being stopped it never ends: what others do to clean up must not fail for what begins no more. */
export function unlessStopping(): Promise<void> {
  return isStopping ? new Promise(() => {}) : Promise.resolve();
}

/** Has `clean` called, and waited for, where the run is stopped; it comes before all that is undone. No longer once it is disposed of. Throws in a run that is being stopped. */
export function cleanOnStop(clean: () => Promise<void>): Disposable {
  const own = (): Promise<void> => clean();
  cleanings.add(own);
  return { [Symbol.dispose]: () => void cleanings.delete(own) };
}

/** Cleans and undoes all of that, for who ends the process next; what cannot be undone, or takes too long, stays. */
export async function undoAll(): Promise<void> {
  isStopping = true;
  const cleaned = Promise.allSettled([...cleanings].map((clean) => clean()));
  await (cleanings.size > 0 ? Promise.race([cleaned, wait(longestCleaning)]) : cleaned);
  isOver = true;
  undoEach();
  await wait(calm);
  undoEach();
}

function undoEach(): void {
  for (const undo of undoings) {
    try {
      undo();
    } catch {
      // Others are to be undone all the same.
    }
  }
}
