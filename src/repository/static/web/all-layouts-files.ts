import type { ObjectHeaders, Upload } from '../../../storage/storage.ts';
import { kindOfKey } from '../keys.ts';
import { CloudflareFiles } from './cloudflare-files.ts';
import { WebFiles } from './web-files.ts';

/** A directory that is served by plain web servers, and deployed to Cloudflare Pages, too: what each needs is kept up to date. */
export class AllLayoutsFiles extends WebFiles {
  readonly #pages: CloudflareFiles;

  constructor(directory: string) {
    super(directory);
    this.#pages = new CloudflareFiles(directory);
  }

  override async put(key: string, upload: Upload, headers: ObjectHeaders = {}): Promise<void> {
    this.#pages.assertFits(key, upload);
    if (kindOfKey(key) === 'manifest') await this.#pages.announce(key, headers.contentType);
    await super.put(key, upload, headers);
  }

  override async delete(key: string): Promise<void> {
    await super.delete(key);
    if (kindOfKey(key) === 'manifest') await this.#pages.followDocuments();
  }
}
