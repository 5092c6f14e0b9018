import { chmod, lstat, rm } from 'node:fs/promises';
import { messageOf, systemCode } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { type EntryPath, entryPath, readNamesSync } from './read-names.ts';

const isWindows = process.platform === 'win32';

/**
 * Removes a file, a link or a folder with all that is in it, be it that folders in it may not be read or written by their owner,
 * or, on Windows, that files are read-only. Links are not followed. Throws the system's error.
 */
export async function removeTree(path: EntryPath): Promise<void> {
  const options = { recursive: true, force: true, maxRetries: isWindows ? 5 : 0 };
  try {
    await rm(path, options);
  } catch (thrown) {
    if (!['EACCES', 'EPERM', 'ENOTEMPTY'].includes(systemCode(thrown) ?? '')) throw thrown;
    await openUp(path);
    await rm(path, options);
  }
}

/** What is another user's stays as it is, and fails later. */
async function openUp(path: EntryPath): Promise<void> {
  const stats = await lstat(path).catch(() => undefined);
  if (!stats || stats.isSymbolicLink()) return;
  if (!stats.isDirectory()) {
    if (isWindows) await chmod(path, 0o666).catch(() => {});
    return;
  }
  await chmod(path, 0o700).catch(() => {});
  for (const name of namesIn(path)) await openUp(entryPath(path, name));
}

function namesIn(folder: EntryPath): string[] {
  try {
    return readNamesSync(folder);
  } catch {
    return [];
  }
}

/** The same for what is in nobody's way: that it could not be removed is a warning. */
export async function removeOrWarn(path: string, progress: Pick<Progress, 'warn'>): Promise<void> {
  try {
    await removeTree(path);
  } catch (thrown) {
    progress.warn(`could not remove ${path}, which is of no use any more: ${messageOf(thrown)}`);
  }
}
