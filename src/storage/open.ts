import { resolve } from 'node:path';
import type { RetryContext } from '../concurrency/retry.ts';
import { FilesystemStorage } from './filesystem.ts';
import type { StorageOptions } from './options.ts';
import type { Storage } from './storage.ts';
import type { StorageLocation } from './url.ts';

/** Opens a bucket or a directory; nothing is asked or written yet. The S3 client is loaded for a bucket alone. */
export async function openStorage(
  location: StorageLocation,
  options: StorageOptions,
  context: RetryContext,
): Promise<Storage> {
  if (location.kind === 'file') return new FilesystemStorage(resolve(options.directory, location.path));
  const { S3Storage } = await import('./s3.ts');
  return new S3Storage(location, options, context);
}
