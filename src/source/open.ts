import { open, stat } from 'node:fs/promises';
import type { Image } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import { AlbaError } from '../errors.ts';
import { readArchive } from './archive.ts';
import { compressionOf, magicSize, refuseForeign } from './compression.ts';
import { manifestName, readDockerArchive } from './docker-archive.ts';
import type { Members } from './members.ts';
import { readFailure } from './ranges.ts';

/**
 * The images in a docker archive or an OCI layout, recognised by content. All of it is read and verified
 * here; what the images' `open` gives is read again, and to be verified again by who uses it.
 */
export async function readArtifact(path: string, progress: Progress): Promise<Image[]> {
  const found = await stat(path).catch((cause: unknown) => {
    throw readFailure(path, cause);
  });
  if (found.isDirectory()) throw new AlbaError('source', `${path} is a folder without an OCI layout`);
  progress.expect(found.size);
  const archive = await readArchive(path, await sniff(path), progress);
  return readImages(archive);
}

async function readImages(archive: Members): Promise<Image[]> {
  if (await archive.find(manifestName)) return readDockerArchive(archive);
  throw new AlbaError(
    'source',
    `${archive.origin} is not an image archive: it has neither a manifest.json (docker archive) nor an index.json (OCI layout)`,
  );
}

async function sniff(path: string) {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(magicSize), 0, magicSize, 0);
    const head = buffer.subarray(0, bytesRead);
    refuseForeign(head, path);
    return compressionOf(head);
  } catch (cause) {
    throw readFailure(path, cause);
  } finally {
    await file.close();
  }
}
