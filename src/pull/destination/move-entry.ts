import { chmod, lstat, mkdir, rename, rmdir, utimes } from 'node:fs/promises';
import { systemCode } from '../../errors.ts';
import { type EntryPath, entryPath, readNamesSync } from '../read-names.ts';
import { removeTree } from '../remove-tree.ts';

/**
 * Renames an entry into another folder, over what is there. A folder that cannot be renamed, as one of a lower layer of an
 * overlay, or that is there already in part, is moved entry by entry. Throws the system's error.
 */
export async function moveEntry(from: EntryPath, to: EntryPath): Promise<void> {
  try {
    await rename(from, to);
  } catch (thrown) {
    const code = systemCode(thrown) ?? '';
    const stats = await lstat(from);
    if (!stats.isDirectory()) {
      if (!['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(code)) throw thrown;
      removeTree(to);
      await rename(from, to);
    } else if (['EXDEV', 'ENOTEMPTY', 'EEXIST'].includes(code)) {
      await mergeFolder(from, to);
    } else if (code === 'ENOTDIR') {
      removeTree(to);
      await moveEntry(from, to);
    } else if (code === 'EACCES' && (stats.mode & 0o200) === 0) {
      await renameClosed(from, to, stats.mode);
    } else throw thrown;
  }
}

/** To be renamed into another folder, a folder has to be writable: its entry `..` changes. */
async function renameClosed(from: EntryPath, to: EntryPath, mode: number): Promise<void> {
  await chmod(from, 0o700);
  try {
    await rename(from, to);
  } catch (thrown) {
    await chmod(from, mode & 0o7777);
    throw thrown;
  }
  await chmod(to, mode & 0o7777);
}

async function mergeFolder(from: EntryPath, to: EntryPath): Promise<void> {
  const stats = await lstat(from);
  await mkdir(to, 0o700).catch((thrown: unknown) => {
    if (systemCode(thrown) !== 'EEXIST') throw thrown;
  });
  for (const name of readNamesSync(from)) await moveEntry(entryPath(from, name), entryPath(to, name));
  await rmdir(from);
  await chmod(to, stats.mode & 0o7777);
  await utimes(to, stats.atime, stats.mtime);
}
