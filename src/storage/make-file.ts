import { closeSync, openSync, writeSync } from 'node:fs';
import { systemCode } from '../errors.ts';

/** Windows answers EPERM or EBUSY for a file that is just being deleted. */
const saysThere = process.platform === 'win32' ? ['EEXIST', 'EPERM', 'EBUSY'] : ['EEXIST'];

/**
 * Makes a small file with this content, if nothing is there: of several who want to, one does. This thread waits for it, as one that is
 * killed between both calls leaves an empty file.
 */
export async function isMade(path: string, content: string): Promise<boolean> {
  try {
    const file = openSync(path, 'wx');
    try {
      writeSync(file, content);
    } finally {
      closeSync(file);
    }
    return true;
  } catch (thrown) {
    if (saysThere.includes(systemCode(thrown) ?? '')) return false;
    throw thrown;
  }
}
