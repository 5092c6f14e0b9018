import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { openBytes, openLater } from '../content/content.ts';
import { fileChunks } from '../content/file-chunks.ts';
import { graphLimits, walkGraph } from '../content/graph.ts';
import { makeDirectory } from '../content/make-directory.ts';
import { type PackedFile, packFiles } from '../content/tar/pack-files.ts';
import { readTar } from '../content/tar/read-tar.ts';
import { makeTemporaryFolder, type TemporaryFolder } from '../content/temporary-folder.ts';
import { ownTemporaryPrefix } from '../content/temporary-name.ts';
import { openVerified, readCapped, readDocument } from '../content/verify.ts';
import { AlbaError, messageOf } from '../errors.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { blobName, indexName, layoutName } from '../oci/layout.ts';
import { formatDocument, type Index, parseIndex } from '../oci/manifest.ts';
import { isForeign } from '../oci/media-type.ts';
import { openTemporary, place } from '../storage/atomic-write.ts';
import { fileError } from '../storage/file-error.ts';
import { withLock } from '../storage/file-lock.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import { temporaryPrefix } from '../storage/key-path.ts';
import type { Upload } from '../storage/storage.ts';
import type { ChangeIndex, LayoutFiles } from './layout-files.ts';
import { emptyIndex, layoutMarker } from './layout-index.ts';

/** How often an archive is written that another writer replaces each time. */
const rounds = 20;

/** An archive as it lies there, at one moment. */
interface Archive {
  /** Tells it from another one under its path. */
  readonly version: string;
  /** Files in it by name. */
  readonly members: ReadonlyMap<string, PackedFile>;
}

/**
 * A layout in one tar, `path`. Blobs wait in a folder beside it; a change that is published writes all that the index leads
 * to into a new archive, which then takes the place of the old one. The same content gives the same bytes.
 */
export class LayoutArchive implements LayoutFiles {
  readonly url: string;
  readonly #path: string;
  readonly #notes: ChangeIndex[] = [];
  #archive: Promise<Archive | undefined> | undefined;
  #folder: Promise<TemporaryFolder> | undefined;

  constructor(path: string) {
    this.url = `oci-archive:${path}`;
    this.#path = path;
  }

  async size(name: string): Promise<number | undefined> {
    const waiting = await (await this.#waiting())?.head(name);
    return waiting?.size ?? (await this.#read())?.members.get(name)?.size;
  }

  async get(name: string): Promise<Readable | undefined> {
    const waiting = await (await this.#waiting())?.get(name);
    if (waiting) return waiting;
    const member = (await this.#read())?.members.get(name);
    return member && Readable.from(fileChunks(this.#path, member), { objectMode: false });
  }

  async put(name: string, upload: Upload): Promise<void> {
    this.#folder ??= this.#told(async () => {
      await makeDirectory(dirname(this.#path));
      return makeTemporaryFolder(dirname(this.#path), ownTemporaryPrefix());
    });
    await new FilesystemStorage((await this.#folder).path).put(name, upload);
  }

  async index(): Promise<Index> {
    const member = (await this.#read())?.members.get(indexName);
    const where = `${this.#path} (${indexName})`;
    const found = member
      ? parseIndex(await readCapped(() => fileChunks(this.#path, member), where, 'target'), where)
      : emptyIndex;
    return this.#notes.reduce((index, change) => change(index), found);
  }

  async note(change: ChangeIndex): Promise<void> {
    this.#notes.push(change);
  }

  async publish(change: ChangeIndex): Promise<void> {
    for (let round = 1; round <= rounds; round += 1) {
      const before = (await this.#read())?.version;
      try {
        const found = await this.index();
        const changed = change(found);
        if (changed === found || (await this.#replace(before, found, changed))) return;
      } catch (failure) {
        // Nothing lies where it did in an archive that took the place of the one that was looked at.
        if ((await this.#version()) === before) throw failure;
      }
      this.#archive = undefined;
    }
    throw new AlbaError('target', `${this.#path} is replaced by other writers all the time: publish again`);
  }

  async close(): Promise<void> {
    await (await this.#folder)?.[Symbol.asyncDispose]();
    this.#folder = undefined;
  }

  /** Where another writer has replaced the archive since, nothing is written. */
  async #replace(before: string | undefined, found: Index, index: Index): Promise<boolean> {
    return this.#told(async () => {
      const folder = dirname(this.#path);
      const temporary = await openTemporary(folder, folder);
      try {
        const members = await packFiles(await this.#filesOf(found, index), temporary.file);
        await temporary.file.close();
        const isReplaced = await withLock(join(folder, `${temporaryPrefix}lock`), async () => {
          if ((await this.#version()) !== before) return false;
          await place(temporary.path, this.#path);
          return true;
        });
        if (!isReplaced) return false;
        this.#notes.length = 0;
        this.#archive = Promise.resolve({ version: (await this.#version()) ?? '', members });
        return true;
      } finally {
        await temporary.file.close().catch(() => {});
        await temporary.remove();
      }
    });
  }

  /**
   * What the index leads to, in an order that depends on that alone. What was listed before may lack something; a new entry may
   * not: another writer has replaced the archive, and dropped what was there when it was looked for.
   */
  async #filesOf(before: Index, index: Index) {
    const listed = new Set(before.manifests.map(({ digest }) => digest));
    const added = index.manifests.filter(({ digest }) => !listed.has(digest));
    const blobs = await this.#blobsOf(index);
    for (const { digest, mediaType } of (await this.#blobsOf({ ...index, manifests: added })).values()) {
      if (isForeign(mediaType) || (await this.size(blobName(digest))) !== undefined) continue;
      throw new AlbaError(
        'target',
        `${this.url} was replaced meanwhile, and has no ${digest} any more: publish again`,
      );
    }
    const files = [
      { name: layoutName, size: layoutMarker.length, open: openBytes(layoutMarker) },
      { name: indexName, ...uploadOf(formatDocument(index)) },
    ];
    for (const blob of [...blobs.values()].sort((a, b) => compareText(a.digest, b.digest))) {
      const name = blobName(blob.digest);
      if ((await this.size(name)) === undefined) continue;
      const open = openLater(async () => (await this.get(name)) ?? Readable.from([]));
      files.push({
        name,
        size: blob.size,
        open: openVerified(open, blob, `${this.url} (${blob.digest})`, 'target'),
      });
    }
    return files;
  }

  async #blobsOf({ manifests }: Index): Promise<Map<Digest, Descriptor>> {
    const blobs = new Map<Digest, Descriptor>();
    const add = (descriptor: Descriptor) => blobs.set(descriptor.digest, descriptor);
    manifests.forEach(add);
    const source = { origin: this.url, fault: 'target', limits: graphLimits.layout } as const;
    const read = (descriptor: Descriptor) => this.#readDocument(descriptor);
    for await (const { successors } of walkGraph(manifests, { ...source, read })) successors.forEach(add);
    return blobs;
  }

  async #readDocument(descriptor: Descriptor) {
    const stream = await this.get(blobName(descriptor.digest));
    const origin = `${this.url} (${descriptor.digest})`;
    return (
      stream && { bytes: await readDocument({ descriptor, open: () => stream }, origin, 'target'), origin }
    );
  }

  async #waiting(): Promise<FilesystemStorage | undefined> {
    return this.#folder && new FilesystemStorage((await this.#folder).path);
  }

  /** As it is by now: of one that was replaced, nothing lies where it did. */
  async #read(): Promise<Archive | undefined> {
    this.#archive ??= this.#scan();
    const known = await this.#archive;
    if (known?.version === (await this.#version())) return known;
    this.#archive = this.#scan();
    return this.#archive;
  }

  async #scan(): Promise<Archive | undefined> {
    const version = await this.#version();
    if (version === undefined) return undefined;
    const members = new Map<string, PackedFile>();
    try {
      for await (const { name, type, offset, size } of readTar(fileChunks(this.#path), this.#path)) {
        if (type === 'file') members.set(name.replace(/^(?:\.?\/)+/, ''), { offset, size });
      }
    } catch (cause) {
      throw new AlbaError(
        'target',
        `${this.#path} is there and cannot be read as a tar: ${messageOf(cause)}`,
        {
          cause,
        },
      );
    }
    if (members.has(indexName)) return { version, members };
    throw new AlbaError(
      'target',
      `${this.#path} is there and holds no OCI layout: ${indexName} is not in it`,
    );
  }

  async #version(): Promise<string | undefined> {
    const found = await stat(this.#path, { bigint: true }).catch(() => undefined);
    if (!found) return undefined;
    if (found.isFile()) return [found.ino, found.size, found.mtimeNs].join(' ');
    throw new AlbaError('target', `${this.#path} is no file: an archive cannot take its place`);
  }

  async #told<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (cause) {
      throw fileError('write', this.#path, cause);
    }
  }
}

function uploadOf(bytes: Buffer): Upload {
  return { size: bytes.length, open: openBytes(bytes) };
}
