import { access } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../../../oci/digest.ts';
import { FilesystemStorage } from '../../../storage/filesystem.ts';
import type { ObjectHeaders, Upload } from '../../../storage/storage.ts';
import { kindOfKey } from '../keys.ts';
import { CloudflareFiles, isForCloudflare } from './cloudflare-files.ts';
import { webFolder } from './servers.ts';
import { WebFiles } from './web-files.ts';

/**
 * A directory that nobody has told web servers of yet. Another publisher may do so while this one writes: its folder, and rules for
 * Cloudflare Pages, are looked for before and after each document, so that either he finds the document, or we find him and bring its copy.
 */
export class PlainFiles extends FilesystemStorage {
  readonly #web: WebFiles;
  readonly #marker: string;
  readonly #directory: string;

  constructor(directory: string) {
    super(directory);
    this.#web = new WebFiles(directory);
    this.#marker = join(directory, webFolder);
    this.#directory = directory;
  }

  override async put(key: string, upload: Upload, headers: ObjectHeaders = {}): Promise<void> {
    if (kindOfKey(key) !== 'manifest') return super.put(key, upload);
    const isWeb = await pathIsThere(this.#marker);
    await (isWeb ? this.#web.put(key, upload, headers) : super.put(key, upload));
    await this.#follow(key, isWeb);
  }

  override async copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    const isCopied = await super.copy(from, to, headers, digest);
    if (kindOfKey(to) === 'manifest') await this.#follow(to, false);
    return isCopied;
  }

  override async delete(key: string): Promise<void> {
    if (kindOfKey(key) !== 'manifest') return super.delete(key);
    const isWeb = await pathIsThere(this.#marker);
    await (isWeb ? this.#web.delete(key) : super.delete(key));
    await this.#follow(key, isWeb);
  }

  /** Unless it has its copy already. */
  async #follow(key: string, hasCopy: boolean): Promise<void> {
    if (!hasCopy && (await pathIsThere(this.#marker))) await this.#web.followDocument(key);
    if (await isForCloudflare(this.#directory)) await new CloudflareFiles(this.#directory).followDocuments();
  }
}

/** Whether a file or a folder is there. */
export function pathIsThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
