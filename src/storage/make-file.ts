import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Windows answers EPERM or EBUSY for a file that is just being deleted. */
const saysThere = process.platform === 'win32' ? ['EEXIST', 'EPERM', 'EBUSY'] : ['EEXIST'];

/** Makes a file with this content, if nothing is there: of several who want to, one does. */
export async function isMade(path: string, content: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx');
    await file.writeFile(content);
    return true;
  } catch (thrown) {
    if (saysThere.includes(systemCode(thrown) ?? '')) return false;
    throw thrown;
  }
}
