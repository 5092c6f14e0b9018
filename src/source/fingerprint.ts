import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Progress } from '../content/progress.ts';
import type { Digest } from '../oci/digest.ts';
import { readFailure, readFleeting } from './ranges.ts';

/** The digest of an archive as it lies there; undefined for a folder, whose blobs are named by their digests anyway. */
export async function fingerprint(path: string, progress: Progress): Promise<Digest | undefined> {
  try {
    const found = await stat(path);
    if (found.isDirectory()) return undefined;
    progress.expect(found.size);
    const hash = createHash('sha256');
    for await (const chunk of readFleeting(path)) {
      hash.update(chunk);
      progress.advance(chunk.length);
    }
    return `sha256:${hash.digest('hex')}`;
  } catch (cause) {
    throw readFailure(path, cause);
  }
}
