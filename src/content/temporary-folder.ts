import { mkdtempSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { assertGoesOn, undoOnStop } from '../concurrency/stop.ts';
import { ownTemporaryPrefix, removeDeadTemporaries } from './temporary-name.ts';

/** A folder of this run's own, for this user's eyes alone; gone with all that is in it once disposed of, or once the run is stopped. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
}

/** Folders in which this process has looked for what dead ones left. */
const swept = new Set<string>();

/** Makes it below `parent`, with a name that begins so, and removes those of processes that were killed; throws the system's error. */
export function makeTemporaryFolder(parent: string, prefix = ownTemporaryPrefix('alba-')): TemporaryFolder {
  assertGoesOn();
  if (!swept.has(parent)) void removeDeadTemporaries(parent);
  swept.add(parent);
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
