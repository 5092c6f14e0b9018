import { setTimeout as wait } from 'node:timers/promises';

/** In ms: what the system was asked to do before is done by then. */
const calm = 20;

const undoings = new Set<() => void>();
let isOver = false;

/**
 * Has something undone, synchronously, should the run be stopped before it does that by itself. Gives what to call then. Throws
 * in a run that is being stopped: nothing more is begun.
 */
export function undoOnStop(undo: () => void): () => void {
  if (isOver) throw new Error('this run is being stopped');
  const own = (): void => undo();
  undoings.add(own);
  return () => void undoings.delete(own);
}

/** Undoes all of that, for who ends the process next; what cannot be undone stays. */
export async function undoAll(): Promise<void> {
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
