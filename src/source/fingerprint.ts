import { stat } from 'node:fs/promises';
import { fileChunks, readFailure } from '../content/file-chunks.ts';
import { measure } from '../content/verify.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';

/** The digest of an archive as it lies there; undefined for a folder, whose blobs are named by their digests anyway. */
export async function fingerprint(path: string, progress: Progress): Promise<Digest | undefined> {
  const found = await stat(path).catch((cause: unknown) => {
    throw readFailure(path, cause);
  });
  return found.isDirectory() ? undefined : hashFile(path, found.size, progress);
}

/** The digest of a file of this size in bytes, whose reading is told. */
export async function hashFile(path: string, size: number, progress: Progress): Promise<Digest> {
  progress.expect(size);
  const { digest } = await measure(fileChunks(path), ({ length }) => progress.advance(length));
  return digest;
}
