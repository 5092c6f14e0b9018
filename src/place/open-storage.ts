import { resolve } from 'node:path';
import type { RetryContext } from '../concurrency/retry.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import type { StorageOptions } from '../storage/options.ts';
import type { Storage } from '../storage/storage.ts';
import type { StorageLocation } from './storage-url.ts';

/** Opens a bucket or a directory; nothing is asked or written yet. The S3 client is loaded for a bucket alone. */
export async function openStorage(
  location: StorageLocation,
  options: StorageOptions,
  context: RetryContext,
): Promise<Storage> {
  if (location.kind === 'file') return new FilesystemStorage(resolve(options.directory, location.path));
  const { S3Storage } = await import('../storage/s3.ts');
  return new S3Storage(location, options, context);
}
