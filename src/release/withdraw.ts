import { AlbaError } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import { type Release, tagKey } from './keys.ts';
import { documentType, writeObject } from './store.ts';

/** What stands for the document of a tag whose files are being replaced, where nothing may be deleted. */
const withdrawn = Buffer.from('{"flavors":[]}');

/**
 * Takes the document of a tag away before its files are replaced. Without the right to delete (`s3:DeleteObject`)
 * it is replaced by one that names no files.
 */
export async function withdraw(storage: Storage, release: Release, progress: Progress): Promise<void> {
  const key = tagKey(release);
  try {
    await storage.delete(key);
  } catch (failure) {
    if (!(failure instanceof AlbaError) || failure.code !== 'auth') throw failure;
    await writeObject(storage, key, withdrawn, documentType);
  }
  progress.line(`withdrawn until its files are there: ${key}`);
}

/** Whether there is no document of a tag, or one that was withdrawn. */
export function isWithdrawn(document: Buffer | undefined): boolean {
  return document === undefined || document.equals(withdrawn);
}
