import { lstat, mkdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { systemCode } from '../errors.ts';

/**
 * Makes a directory and those above it. Node's own recursive `mkdir` never ends where a folder that is there
 * cannot have another one in it, as in /proc.
 */
export async function makeDirectory(path: string): Promise<void> {
  try {
    await makeOne(path);
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT' || dirname(path) === path) throw thrown;
    await makeDirectory(dirname(path));
    await makeOne(path);
  }
}

/**
 * Makes a directory in one that is there: none above it, which somebody may have removed. One that is there is as good as made, but no
 * link to one.
 */
export async function makeInside(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (thrown) {
    const found = await lstat(path).catch(() => undefined);
    if (!found?.isDirectory()) throw thrown;
  }
}

/** A directory that is there is as good as made. */
async function makeOne(path: string): Promise<void> {
  try {
    await mkdir(path);
  } catch (thrown) {
    if (!(await isDirectory(path))) throw thrown;
  }
}

async function isDirectory(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
