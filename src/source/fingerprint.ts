import { stat } from 'node:fs/promises';
import { readFailure } from '../content/read-failure.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { hashFile } from './hash.ts';

/** The digest of an archive as it lies there; undefined for a folder, whose blobs are named by their digests anyway. */
export async function fingerprint(path: string, progress: Progress): Promise<Digest | undefined> {
  const found = await stat(path).catch((cause: unknown) => {
    throw readFailure(path, cause);
  });
  if (found.isDirectory()) return undefined;
  progress.expect(found.size);
  return hashFile(path, progress.advance);
}
