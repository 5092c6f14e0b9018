import type { Readable } from 'node:stream';
import type { Digest } from '../oci/digest.ts';
import { selfName } from './key-path.ts';
import { isWithin } from './key-range.ts';
import type {
  KnownUpload,
  ListOptions,
  ObjectHeaders,
  Proof,
  Storage,
  StoredObject,
  Upload,
} from './storage.ts';
import { UnlistedError } from './unlisted.ts';

/**
 * A storage that cannot hold a key which is also a prefix: the objects of such keys lie where a directory has
 * them, as {@link selfName} below their key, so that both are read alike. `isFolder` tells which keys are meant.
 */
export class FolderObjects implements Storage {
  readonly url: string;
  readonly copiesNothing: boolean;
  /** As it was before. */
  readonly inner: Storage;
  readonly #isFolder: (key: string) => boolean;

  constructor(inner: Storage, isFolder: (key: string) => boolean) {
    this.url = inner.url;
    this.copiesNothing = inner.copiesNothing === true;
    this.inner = inner;
    this.#isFolder = isFolder;
  }

  pathOf(key: string): string {
    return this.inner.pathOf?.(key) ?? key;
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const found = await this.inner.head(this.storedKey(key));
    return found && { ...found, key };
  }

  get(key: string): Promise<Readable | undefined> {
    return this.inner.get(this.storedKey(key));
  }

  put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void> {
    return this.inner.put(this.storedKey(key), upload, headers);
  }

  /**
   * Nothing where the storage cannot tell: then what the documents name is all that is known. With `shallow`, too, all below the
   * prefix is listed: where a folder's object lies deeper than its key.
   */
  async *list(prefix: string, { shallow = false, within }: ListOptions = {}): AsyncGenerator<StoredObject> {
    const found = new Map<string, StoredObject>();
    for await (const object of this.#listed(prefix, shallow)) {
      const key = keyOf(object.key);
      if (!key.startsWith(prefix) || (shallow && key.includes('/', prefix.length))) continue;
      if (!isWithin(key, within)) continue;
      found.set(key, { ...object, key });
    }
    const inOrder = [...found].map(([key, object]) => ({ bytes: Buffer.from(key), object }));
    inOrder.sort((a, b) => a.bytes.compare(b.bytes));
    for (const { object } of inOrder) yield object;
  }

  prove(object: StoredObject, expected: KnownUpload): Promise<Proof> {
    return this.inner.prove({ ...object, key: this.storedKey(object.key) }, expected);
  }

  copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    return this.inner.copy(this.storedKey(from), this.storedKey(to), headers, digest);
  }

  async assertTakes(): Promise<void> {
    await this.inner.assertTakes?.();
  }

  async assertDeletes(): Promise<void> {
    await this.inner.assertDeletes?.();
  }

  delete(key: string): Promise<void> {
    return this.inner.delete(this.storedKey(key));
  }

  async deleteMany(keys: readonly string[]): Promise<boolean> {
    return (await this.inner.deleteMany?.(keys.map((key) => this.storedKey(key)))) ?? false;
  }

  keyProblem(key: string): string | undefined {
    const isTaken = key.split('/').includes(selfName);
    return isTaken ? `the name "${selfName}" is alba's own there` : this.inner.keyProblem?.(key);
  }

  close(): Promise<void> {
    return this.inner.close();
  }

  async *#listed(prefix: string, shallow: boolean): AsyncGenerator<StoredObject> {
    try {
      yield* this.inner.list(prefix, shallow ? { depth: 1 } : {});
    } catch (failure) {
      if (!(failure instanceof UnlistedError)) throw failure;
    }
  }

  /** The key of the inner storage under which an object lies. */
  storedKey(key: string): string {
    return this.#isFolder(key) ? `${key}/${selfName}` : key;
  }
}

function keyOf(key: string): string {
  const end = `/${selfName}`;
  return key.endsWith(end) ? key.slice(0, -end.length) : key;
}
