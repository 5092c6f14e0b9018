import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { makeDirectory } from '../content/make-directory.ts';
import { indexName, layoutName } from '../oci/layout.ts';
import { formatDocument, type Index, parseIndex } from '../oci/manifest.ts';
import { putBytes, readBytes } from '../storage/bytes.ts';
import { fileError } from '../storage/file-error.ts';
import { withLock } from '../storage/file-lock.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import { temporaryPrefix } from '../storage/key-path.ts';
import type { Upload } from '../storage/storage.ts';
import type { ChangeIndex, LayoutFiles } from './layout-files.ts';
import { emptyIndex, layoutMarker } from './layout-index.ts';

/** A layout in a directory, which is made when missing. Who changes its index takes turns. */
export class LayoutFolder implements LayoutFiles {
  readonly url: string;
  readonly #directory: string;
  readonly #files: FilesystemStorage;

  constructor(directory: string) {
    this.url = `oci:${directory}`;
    this.#directory = directory;
    this.#files = new FilesystemStorage(directory);
  }

  async size(name: string): Promise<number | undefined> {
    return (await this.#files.head(name))?.size;
  }

  get(name: string): Promise<Readable | undefined> {
    return this.#files.get(name);
  }

  put(name: string, upload: Upload): Promise<void> {
    return this.#files.put(name, upload);
  }

  async index(): Promise<Index> {
    const bytes = await readBytes(this.#files, indexName);
    return bytes ? parseIndex(bytes, join(this.#directory, indexName)) : emptyIndex;
  }

  note(change: ChangeIndex): Promise<void> {
    return this.publish(change);
  }

  async publish(change: ChangeIndex): Promise<void> {
    const lock = join(this.#directory, `${temporaryPrefix}lock`);
    try {
      await makeDirectory(this.#directory);
      await withLock(lock, () => this.#change(change));
    } catch (cause) {
      throw fileError('write', this.#directory, cause);
    }
  }

  async close(): Promise<void> {}

  async #change(change: ChangeIndex): Promise<void> {
    const found = await this.index();
    const changed = change(found);
    if (changed === found) return;
    if ((await this.size(layoutName)) === undefined)
      await putBytes(this.#files, layoutName, layoutMarker, {});
    await putBytes(this.#files, indexName, formatDocument(changed), {});
  }
}
