import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { systemCode } from '../errors.ts';

/** Links are not followed, and a pipe does not keep us waiting; Windows has neither flag. */
const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/**
 * The bytes of a file that this program wrote, where others may have put something else; undefined where there is none, or
 * what is there is no file, larger than `most` bytes, or of a user who is not trusted.
 */
export async function readPlainFile(
  path: string,
  most: number,
  isTrusted: (owner: number) => boolean = () => true,
): Promise<Buffer | undefined> {
  try {
    await using file = await open(path, flags);
    const found = await file.stat();
    if (!isTrusted(found.uid)) return undefined;
    return found.isFile() && found.size <= most ? await file.readFile() : undefined;
  } catch (thrown) {
    // ELOOP is a link; ENXIO a socket.
    if (['ENOENT', 'ENOTDIR', 'ELOOP', 'EMLINK', 'ENXIO', 'EISDIR'].includes(systemCode(thrown) ?? ''))
      return undefined;
    throw thrown;
  }
}
