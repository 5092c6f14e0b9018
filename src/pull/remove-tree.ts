import { chmodSync, lstatSync, rmdirSync, unlinkSync } from 'node:fs';
import { reasonOf, systemCode } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { type EntryPath, entryPath, readNamesSync } from './read-names.ts';

const denied: ReadonlySet<string | undefined> = new Set(['EACCES', 'EPERM']);

/**
 * Removes a file, a link or a folder with all that is in it, be it that its folders may not be read or written by their owner, or,
 * on Windows, that files are read-only. Links are not followed. Throws the system's error. Calls that wait: of many files they are
 * the fastest.
 */
export function removeTree(path: EntryPath): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (stats.isDirectory()) {
    if ((stats.mode & 0o700) !== 0o700) openUp(path);
    for (const name of readNamesSync(path)) removeEntry(entryPath(path, name));
    rmdirSync(path);
  } else {
    try {
      unlinkSync(path);
    } catch (thrown) {
      if (process.platform !== 'win32' || !denied.has(systemCode(thrown))) throw thrown;
      chmodSync(path, 0o666);
      unlinkSync(path);
    }
  }
}

/** The same for what is in nobody's way: that it could not be removed is a warning. */
export function removeOrWarn(path: string, progress: Pick<Progress, 'warn'>): void {
  try {
    removeTree(path);
  } catch (thrown) {
    progress.warn(`could not remove ${path}, which is of no use any more: ${reasonOf(thrown)}`);
  }
}

/** Most entries are files, which need no other call. */
function removeEntry(path: EntryPath): void {
  try {
    unlinkSync(path);
  } catch (thrown) {
    // Of a folder Linux says EISDIR, others EPERM.
    if (systemCode(thrown) !== 'ENOENT') removeTree(path);
  }
}

/** Another user's stays as it is, and fails when it is read. */
function openUp(folder: EntryPath): void {
  try {
    chmodSync(folder, 0o700);
  } catch (thrown) {
    if (!denied.has(systemCode(thrown))) throw thrown;
  }
}
