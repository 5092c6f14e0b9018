import { rename } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { systemCode } from '../../errors.ts';

/** On Windows a scanner may hold a file of a folder for a moment; some two seconds in all. */
const attempts = process.platform === 'win32' ? 20 : 1;

/**
 * Lets a staged tree take the place of whatever is at a path, by two renames, the old one first: to `old`, where it is to be removed.
 * Throws the system's error; what was there is back then.
 */
export async function swapFolder(
  staged: string,
  path: string,
  old: string,
  step: (name: string) => void,
): Promise<void> {
  const hadOld = await renameIfThere(path, old);
  step('renamed the old tree');
  try {
    await renameSoon(staged, path);
  } catch (thrown) {
    if (hadOld) await renameSoon(old, path);
    throw thrown;
  }
  step('renamed the new tree');
}

/** Gives false where nothing is there. */
export async function renameIfThere(from: string, to: string): Promise<boolean> {
  try {
    await renameSoon(from, to);
    return true;
  } catch (thrown) {
    if (systemCode(thrown) === 'ENOENT') return false;
    throw thrown;
  }
}

async function renameSoon(from: string, to: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await rename(from, to);
    } catch (thrown) {
      if (attempt === attempts || !['EPERM', 'EACCES', 'EBUSY'].includes(systemCode(thrown) ?? ''))
        throw thrown;
    }
    await wait(attempt * 10);
  }
}
