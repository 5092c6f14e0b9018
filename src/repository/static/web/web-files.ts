import { join } from 'node:path';
import { openBytes } from '../../../content/content.ts';
import { readCapped } from '../../../content/verify.ts';
import { AlbaError } from '../../../errors.ts';
import type { Digest } from '../../../oci/digest.ts';
import { readBytes, whereIs } from '../../../storage/bytes.ts';
import { withLock } from '../../../storage/file-lock.ts';
import { FilesystemStorage } from '../../../storage/filesystem.ts';
import { temporaryPrefix } from '../../../storage/key-path.ts';
import type { ObjectHeaders, Upload } from '../../../storage/storage.ts';
import { embeddedMediaType } from '../embedded-media-type.ts';
import { kindOfKey, rootFolder } from '../keys.ts';
import { extensions, serverFiles, webFolder } from './servers.ts';

/**
 * A directory that plain web servers serve as a registry. Beside each manifest and index lies a copy whose name ends as
 * its media type is called, which is what nginx, Caddy and Apache serve in its place; a tag moves when its copy does.
 * What they have to include lies there, too.
 */
export class WebFiles extends FilesystemStorage {
  readonly #lock: string;
  #prepared: Promise<void> | undefined;

  constructor(directory: string) {
    super(directory);
    this.#lock = join(directory, webFolder, `${temporaryPrefix}lock`);
  }

  override async put(key: string, upload: Upload, headers: ObjectHeaders = {}): Promise<void> {
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    if (kindOfKey(key) !== 'manifest') return super.put(key, upload);
    const bytes = await readCapped(upload.open, whereIs(this, key), 'target');
    await withLock(this.#lock, () => this.#putDocument(key, bytes, headers.contentType));
  }

  /** Documents are always put, so that their copies are. */
  override async copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    return kindOfKey(to) === 'manifest' ? false : super.copy(from, to, headers, digest);
  }

  override async delete(key: string): Promise<void> {
    if (kindOfKey(key) !== 'manifest') return super.delete(key);
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    await withLock(this.#lock, async () => {
      await this.#deleteCopies(key);
      await super.delete(key);
    });
  }

  /** Brings the copy of a document that was written or deleted by somebody who knew of no copies. */
  async followDocument(key: string): Promise<void> {
    this.#prepared ??= this.#prepare();
    await this.#prepared;
    await withLock(this.#lock, async () => {
      const bytes = await readBytes(this, key);
      if (bytes) await this.#putCopy(key, bytes, embeddedMediaType(bytes, whereIs(this, key)));
      else await this.#deleteCopies(key);
    });
  }

  /** A killed writer leaves a copy that is newer than what it is a copy of; who publishes that again mends it. */
  async #putDocument(key: string, bytes: Buffer, contentType: string | undefined): Promise<void> {
    await this.#putCopy(key, bytes, contentType ?? embeddedMediaType(bytes, whereIs(this, key)));
    await this.#putPlain(key, bytes);
  }

  async #putCopy(key: string, bytes: Buffer, mediaType: string): Promise<void> {
    const extension = extensions[mediaType];
    if (extension === undefined) {
      throw new AlbaError(
        'target',
        `${whereIs(this, key)}: no web server is told of the media type ${mediaType}`,
      );
    }
    await this.#putPlain(copyOf(key, extension), bytes);
    await this.#deleteCopies(key, extension);
  }

  async #deleteCopies(key: string, except?: string): Promise<void> {
    for (const extension of Object.values(extensions)) {
      if (extension !== except) await super.delete(copyOf(key, extension));
    }
  }

  /** What was published before the directory was to be served so gets its copies; then the servers are told. */
  async #prepare(): Promise<void> {
    const [first = ''] = Object.keys(serverFiles);
    if (await super.head(first)) return this.#tellServers();
    await this.#putPlain(`${webFolder}/`, Buffer.alloc(0));
    await withLock(this.#lock, async () => {
      for await (const key of super.keys(`${rootFolder}/`)) {
        const bytes = kindOfKey(key) === 'manifest' && (await readBytes(this, key));
        if (bytes) await this.#putCopy(key, bytes, embeddedMediaType(bytes, whereIs(this, key)));
      }
      await this.#tellServers();
    });
  }

  #putPlain(key: string, bytes: Buffer): Promise<void> {
    return super.put(key, { size: bytes.length, open: openBytes(bytes) });
  }

  async #tellServers(): Promise<void> {
    for (const [key, text] of Object.entries(serverFiles).reverse()) {
      const bytes = Buffer.from(text);
      const present = await readBytes(this, key);
      if (!present?.equals(bytes)) await this.#putPlain(key, bytes);
    }
  }
}

function copyOf(key: string, extension: string): string {
  return `${webFolder}/${key}.${extension}`;
}
