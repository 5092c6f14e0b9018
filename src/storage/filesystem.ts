import { constants, createReadStream } from 'node:fs';
import { copyFile, open, rm, rmdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { gathered } from '../content/gathered.ts';
import { makeDirectory } from '../content/make-directory.ts';
import { measure } from '../content/verify.ts';
import { AlbaError, systemCode } from '../errors.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { makeFolder, openTemporary, place } from './atomic-write.ts';
import { putBytes, readBytes } from './bytes.ts';
import type { Exchange, Exchanged } from './exchange.ts';
import { fileError } from './file-error.ts';
import { withLock } from './file-lock.ts';
import { type Found, findObject, inspectKey, inspectObject, statIfThere, walk } from './file-tree.ts';
import { pathOfKey, pathProblem, temporaryPrefix } from './key-path.ts';
import { readSized } from './sized.ts';
import type {
  KnownUpload,
  ListOptions,
  ObjectHeaders,
  Proof,
  Storage,
  StoredObject,
  Upload,
} from './storage.ts';
import { assertWithin } from './within.ts';

/** How often a file is looked for that is gone when it is to be opened. */
const openAttempts = 20;

/**
 * Keys as files below a directory, made when missing. A key that ends in a slash is a folder, and holds no bytes.
 * Headers are not kept: who serves the directory derives them.
 */
export class FilesystemStorage implements Storage {
  readonly url: string;
  readonly #root: string;
  readonly #platform: NodeJS.Platform;

  constructor(directory: string, platform: NodeJS.Platform = process.platform) {
    this.#root = resolve(directory);
    this.#platform = platform;
    this.url = pathToFileURL(this.#root).href;
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const found = await this.#find(key);
    if (!found) return undefined;
    return { key, size: key.endsWith('/') ? 0 : found.stats.size, modified: found.stats.mtime };
  }

  async get(key: string): Promise<Readable | undefined> {
    for (let attempt = 1; ; attempt += 1) {
      const found = await this.#find(key);
      if (!found) return undefined;
      if (key.endsWith('/')) return Readable.from([]);
      try {
        return (await open(found.path)).createReadStream();
      } catch (thrown) {
        // Another writer deleted it, or moved it into the folder that it became, since it was found.
        if (systemCode(thrown) === 'ENOENT' && attempt < openAttempts) continue;
        throw fileError('read', found.path, thrown);
      }
    }
  }

  async put(key: string, upload: Upload, _headers?: ObjectHeaders): Promise<void> {
    const path = this.#pathOf(key);
    if (key.endsWith('/')) {
      return this.#told('make', key, async () => {
        await assertWithin(this.#root, path);
        await makeFolder(this.#root, path);
      });
    }
    await this.#told('write', key, () =>
      this.#write(path, async (_temporary, file) => {
        for await (const chunk of gathered(readSized(upload, key))) await file.writeFile(chunk);
        await file.close();
        return true;
      }),
    );
  }

  async *list(prefix: string, { shallow = false, within }: ListOptions = {}): AsyncGenerator<StoredObject> {
    try {
      yield* walk(this.#root, { prefix, shallow, within, platform: this.#platform }, inspectObject);
    } catch (cause) {
      throw fileError('list', this.#root, cause);
    }
  }

  /** What a folder says to be a file is not looked at. */
  async *keys(prefix: string, { shallow = false, within }: ListOptions = {}): AsyncGenerator<string> {
    try {
      yield* walk(this.#root, { prefix, shallow, within, platform: this.#platform }, inspectKey);
    } catch (cause) {
      throw fileError('list', this.#root, cause);
    }
  }

  /** By reading it. */
  async prove({ key }: StoredObject, { digest }: KnownUpload): Promise<Proof> {
    const bytes = await this.get(key);
    if (!bytes) return 'unproved';
    return this.#told('read', key, async () =>
      (await measure(bytes)).digest === digest ? 'same' : 'unproved',
    );
  }

  /** The copy is read before it takes its place. */
  async copy(from: string, to: string, _headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    const missing = new AlbaError('target', `cannot copy ${from} in ${this.url}: it is not there`);
    if (!(await this.#find(from))) throw missing;
    const path = this.#pathOf(to);
    return this.#told('write', to, () =>
      this.#write(path, async (temporary, file) => {
        await file.close();
        // The folder that was made for the copy may have moved the original.
        const found = await this.#find(from);
        if (!found) throw missing;
        await copyFile(found.path, temporary, constants.COPYFILE_FICLONE);
        return (await measure(createReadStream(temporary))).digest === digest;
      }),
    );
  }

  /** Who exchanges takes turns; who just puts does not. */
  async exchange({ key, before, bytes, headers }: Exchange): Promise<Exchanged> {
    return this.#told('write', key, async () => {
      await makeDirectory(this.#root);
      return withLock(join(this.#root, `${temporaryPrefix}lock`), async () => {
        const present = await readBytes(this, key);
        if ((present && digestOf(present)) !== before) return 'lost';
        await putBytes(this, key, bytes, headers);
        return 'done';
      });
    });
  }

  async delete(key: string): Promise<void> {
    const found = await this.#find(key);
    if (!found) return;
    await this.#told('delete', key, async () => {
      await assertWithin(this.#root, key.endsWith('/') ? found.path : dirname(found.path));
      if (!key.endsWith('/')) await rm(found.path, { force: true });
      await this.#prune(key.endsWith('/') ? found.path : dirname(found.path));
    });
  }

  keyProblem(key: string): string | undefined {
    return pathProblem(key);
  }

  async close(): Promise<void> {}

  /**
   * The file appears in its place once it is whole; what a killed writer leaves is no object. Where `fill` says no, it is
   * dropped.
   */
  async #write(
    path: string,
    fill: (temporary: string, file: Awaited<ReturnType<typeof open>>) => Promise<boolean>,
  ): Promise<boolean> {
    await assertWithin(this.#root, dirname(path));
    const temporary = await openTemporary(this.#root, dirname(path));
    try {
      const isFilled = await fill(temporary.path, temporary.file);
      if (isFilled) await place(temporary.path, path);
      return isFilled;
    } catch (thrown) {
      await temporary.file.close().catch(() => {});
      throw thrown;
    } finally {
      await temporary.remove();
    }
  }

  async #find(key: string): Promise<Found | undefined> {
    const path = this.#pathOf(key);
    return this.#told('read', key, async () => {
      if (!key.endsWith('/')) return findObject(path);
      const stats = await statIfThere(path);
      return stats?.isDirectory() ? { path, stats } : undefined;
    });
  }

  /** Removes folders that are empty now, from here up. */
  async #prune(folder: string): Promise<void> {
    for (let path = folder; path.length > this.#root.length; path = dirname(path)) {
      try {
        await rmdir(path);
      } catch (thrown) {
        if (['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'ENOTDIR'].includes(systemCode(thrown) ?? '')) return;
        throw thrown;
      }
    }
  }

  #pathOf(key: string): string {
    return join(this.#root, pathOfKey(key, this.#platform));
  }

  async #told<T>(verb: string, key: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (cause) {
      throw fileError(verb, this.#pathOf(key), cause);
    }
  }
}
