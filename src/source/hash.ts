import { createHash } from 'node:crypto';
import { readFleeting } from '../content/read-fleeting.ts';
import type { Digest } from '../oci/digest.ts';
import { readFailure } from './ranges.ts';

/** The digest of a file; `advance` is told the bytes that were read. */
export async function hashFile(path: string, advance: (bytes: number) => void): Promise<Digest> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of readFleeting(path)) {
      hash.update(chunk);
      advance(chunk.length);
    }
  } catch (cause) {
    throw readFailure(path, cause);
  }
  return `sha256:${hash.digest('hex')}`;
}
