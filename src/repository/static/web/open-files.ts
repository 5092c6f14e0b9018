import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { FilesystemStorage } from '../../../storage/filesystem.ts';
import type { Storage } from '../../../storage/storage.ts';
import { CloudflareFiles, isForCloudflare } from './cloudflare-files.ts';
import type { Layout } from './layouts.ts';
import { webFolder } from './servers.ts';
import { WebFiles } from './web-files.ts';

/**
 * A directory, as it is to be served; one that was published to be served so once is kept so, whatever is told of it
 * later. Nothing is written yet.
 */
export async function openFiles(directory: string, layout?: Layout): Promise<Storage> {
  if (layout === 'web' || (await isThere(join(directory, webFolder, 'nginx.conf'))))
    return new WebFiles(directory);
  if (layout === 'cloudflare-pages' || (await isForCloudflare(directory)))
    return new CloudflareFiles(directory);
  return new FilesystemStorage(directory);
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
