import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { copyFile, type FileHandle, mkdir, open, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { makeDirectory } from '../content/make-directory.ts';
import { removedOnStop } from '../content/temporary-folder.ts';
import { newTemporaryName, removeDeadTemporaries } from '../content/temporary-name.ts';
import { systemCode } from '../errors.ts';
import { selfName, temporaryPrefix } from './key-path.ts';

/** How often a step is taken when other writers keep changing the folder under our feet; some 200 ms in all. */
const attempts = 20;

/** Folders in which this process has looked for what dead ones left. */
const swept = new Set<string>();

/** A file under a name that no key can have, until it is removed or has another one. It does not stay where the run is stopped. */
export interface TemporaryFile {
  readonly path: string;
  readonly file: FileHandle;
  /** Be it that it is not there any more: called in the end in any case. */
  remove(): Promise<void>;
}

/** Opens a new temporary file in a folder below `root`, which is made when missing, and rid of those of processes that were killed. */
export function openTemporary(root: string, folder: string): Promise<TemporaryFile> {
  return again(['ENOENT'], async () => {
    await makeFolder(root, folder);
    if (!swept.has(folder)) await removeDeadTemporaries(folder);
    swept.add(folder);
    const path = join(folder, newTemporaryName());
    const forget = removedOnStop(path);
    const remove = async (): Promise<void> => {
      await rm(path, { force: true });
      forget();
    };
    try {
      return { path, file: await open(path, 'wx'), remove };
    } catch (thrown) {
      forget();
      throw thrown;
    }
  });
}

/** Makes a folder below `root`; a file in its way becomes a folder with that file in it. */
export async function makeFolder(root: string, folder: string): Promise<void> {
  await makeDirectory(root);
  await again(['EEXIST', 'ENOTDIR', 'ENOENT'], async () => {
    try {
      await makeDirectory(folder);
    } catch (thrown) {
      const inTheWay = await fileAbove(root, folder);
      if (inTheWay) await turnIntoFolder(inTheWay);
      throw thrown;
    }
  });
}

/**
 * Renames a temporary file to its final path, over a file that is there or, where a folder is there, as the file in
 * it that stands for the folder's own key. Repeats what other writers or Windows get in the way of, some 200 ms at
 * most; throws the system's error then.
 */
export async function place(temporary: string, path: string): Promise<void> {
  await again(['EISDIR', 'EEXIST', 'ENOTEMPTY', 'EPERM', 'EACCES', 'EBUSY'], async () => {
    try {
      await rename(temporary, path);
    } catch (thrown) {
      await rename(temporary, join(path, selfName)).catch(() => {
        throw thrown;
      });
    }
  });
}

async function fileAbove(root: string, folder: string): Promise<string | undefined> {
  for (let path = folder; path.length > root.length; path = dirname(path)) {
    const found = await stat(path).catch(() => undefined);
    if (found) return found.isFile() ? path : undefined;
  }
  return undefined;
}

/**
 * Between the two renames the key is missing for an instant: no call swaps a file for a folder. Another writer
 * may do the same, or put a newer object there, at the same time.
 */
async function turnIntoFolder(path: string): Promise<void> {
  // Nobody takes it for what a dead process left: it may have the only copy.
  const folder = join(dirname(path), `${temporaryPrefix}${randomBytes(8).toString('hex')}`);
  const self = join(folder, selfName);
  await mkdir(folder);
  // Onto a file only a file can be renamed: a folder that another writer made of it meanwhile stays.
  await writeFile(self, '');
  const isMoved = await rename(path, self).then(
    () => true,
    () => false,
  );
  if (isMoved) await again(['ENOENT'], () => moveFolder(folder, path));
  await rm(folder, { recursive: true, force: true });
}

async function moveFolder(folder: string, path: string): Promise<void> {
  try {
    await rename(folder, path);
  } catch {
    await copyFile(join(folder, selfName), join(path, selfName), constants.COPYFILE_EXCL).catch((thrown) => {
      // A newer object of this key wins, be it a file or in a folder.
      if (!['EEXIST', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) throw thrown;
    });
  }
}

/** Repeats a step while it fails with one of these codes; its last failure is thrown. */
async function again<T>(codes: readonly string[], step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (thrown) {
      if (attempt === attempts || !codes.includes(systemCode(thrown) ?? '')) throw thrown;
    }
    await wait(attempt);
  }
}
