import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { join } from 'node:path';

/** Windows flushes only what is open for writing. */
const flags =
  process.platform === 'win32' ? 'r+' : constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** How many files are flushed at once: the file system writes what it can together. */
const width = 16;

/** Has the names in a folder written to the disk; systems that cannot do so do not need it. */
export async function flushFolder(path: string): Promise<void> {
  await flush(path).catch(() => {});
}

/** Has files and folders of a tree written to the disk, by their paths in it; false where one cannot be opened. */
export async function flushTree(root: string, paths: readonly string[]): Promise<boolean> {
  const ahead = [...paths];
  const work = async (): Promise<boolean> => {
    for (let path = ahead.pop(); path !== undefined; path = ahead.pop()) await flush(join(root, path));
    return true;
  };
  const all = await Promise.allSettled(Array.from({ length: width }, work));
  return all.every(({ status }) => status === 'fulfilled');
}

async function flush(path: string): Promise<void> {
  let file: FileHandle | undefined;
  try {
    file = await open(path, flags);
    await file.sync();
  } finally {
    await file?.close();
  }
}
