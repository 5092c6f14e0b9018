import { join } from 'node:path';
import type { Storage } from '../../../storage/storage.ts';
import { AllLayoutsFiles } from './all-layouts-files.ts';
import { CloudflareFiles, isForCloudflare } from './cloudflare-files.ts';
import type { Layout } from './layouts.ts';
import { PlainFiles, pathIsThere } from './plain-files.ts';
import { webFolder } from './servers.ts';
import { WebFiles } from './web-files.ts';

/**
 * A directory, as it is to be served; one that was published to be served so once is kept so, whatever is told of it
 * later. Nothing is written yet.
 */
export async function openDirectory(directory: string, layout?: Layout): Promise<Storage> {
  const isWeb = layout === 'web' || (await pathIsThere(join(directory, webFolder, 'nginx.conf')));
  const isCloudflare = layout === 'cloudflare-pages' || (await isForCloudflare(directory));
  if (isWeb && isCloudflare) return new AllLayoutsFiles(directory);
  if (isWeb) return new WebFiles(directory);
  if (isCloudflare) return new CloudflareFiles(directory);
  return new PlainFiles(directory);
}
