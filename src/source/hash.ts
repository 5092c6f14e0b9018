import { createHash } from 'node:crypto';
import type { Digest } from '../oci/digest.ts';
import { readFile } from './ranges.ts';

/** The digest of a file; `advance` is told the bytes that were read. */
export async function hashFile(path: string, advance: (bytes: number) => void): Promise<Digest> {
  const hash = createHash('sha256');
  for await (const chunk of readFile(path)) {
    hash.update(chunk);
    advance(chunk.length);
  }
  return `sha256:${hash.digest('hex')}`;
}
