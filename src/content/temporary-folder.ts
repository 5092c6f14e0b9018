import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertGoesOn, undoOnStop } from '../concurrency/stop.ts';

/** A folder of this run's own, for this user's eyes alone; gone with all that is in it once disposed of, or once the run is stopped. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Makes it below `parent`, with a name that begins so; throws the system's error. */
export function makeTemporaryFolder(parent: string, prefix = 'alba-'): TemporaryFolder {
  assertGoesOn();
  // Waited for, so that no stop comes between the two.
  const path = mkdtempSync(join(parent, prefix));
  const forget = removedOnStop(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true });
      forget();
    },
  };
}

/** Has a file or a folder removed should the run be stopped; gives what to call when it is gone by itself. */
export function removedOnStop(path: string): () => void {
  return undoOnStop(() => rmSync(path, { recursive: true, force: true, maxRetries: 3 }));
}
