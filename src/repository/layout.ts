import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline, Readable } from 'node:stream';
import type { Blob } from '../content/content.ts';
import { readCapped, verify } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { hexOf } from '../oci/digest.ts';
import { formatDocument, type Index, parseIndex } from '../oci/manifest.ts';
import { fileError } from '../storage/file-error.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import { temporaryPrefix } from '../storage/key-path.ts';
import { emptyIndex, tagOf, withTags } from './layout-index.ts';
import { withLock } from './layout-lock.ts';
import type { Repository } from './repository.ts';

const indexName = 'index.json';
const markerName = 'oci-layout';
const marker = Buffer.from('{"imageLayoutVersion":"1.0.0"}');

/** An OCI layout directory (image-spec, image-layout.md), made when missing. */
export function openLayout(directory: string): Repository {
  return new LayoutRepository(directory);
}

class LayoutRepository implements Repository {
  readonly url: string;
  readonly closed = false;
  readonly #directory: string;
  readonly #files: FilesystemStorage;

  constructor(directory: string) {
    this.url = `oci:${directory}`;
    this.#directory = directory;
    this.#files = new FilesystemStorage(directory);
  }

  /** `oci:/path:1.0@sha256:…`; skopeo and others take it up to the @. */
  reference(tag: string | undefined, digest: string | undefined): string {
    return `${this.url}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return (await this.#files.head(keyOf(descriptor)))?.size === descriptor.size;
  }

  async fetch(descriptor: Descriptor): Promise<Readable> {
    const stream = await this.#files.get(keyOf(descriptor));
    if (stream) return stream;
    throw new AlbaError('target', `${this.url} has no ${descriptor.digest}: it is no complete OCI layout`);
  }

  async push({ descriptor, open }: Blob): Promise<void> {
    const verified = async (): Promise<Readable> =>
      // Who reads the result sees the error; nobody else waits for this pipeline.
      pipeline(await open(), verify(descriptor, descriptor.digest), () => {});
    await this.#files.put(keyOf(descriptor), { size: descriptor.size, open: verified });
  }

  async resolve(tag: string): Promise<Descriptor | undefined> {
    const entry = (await this.#readIndex()).manifests.findLast(
      (found) => tagOf(found) === tag || found.digest === tag,
    );
    if (!entry) return undefined;
    const { mediaType, digest, size, platform } = entry;
    return { mediaType, digest, size, ...(platform && { platform }) };
  }

  /** Without tags, the manifest is listed without a name: what no entry leads to is not in a layout. */
  async tag(manifest: Blob, tags: readonly string[]): Promise<void> {
    if (!(await this.exists(manifest.descriptor))) await this.push(manifest);
    await this.#locked(async () => {
      const index = await this.#readIndex();
      const changed = withTags(index, manifest.descriptor, tags);
      if (!(await this.#files.head(markerName))) await this.#write(markerName, marker);
      await this.#write(indexName, formatDocument(changed));
    });
  }

  async tags(): Promise<string[]> {
    const tags = (await this.#readIndex()).manifests.flatMap((entry) => tagOf(entry) ?? []);
    return [...new Set(tags)].sort();
  }

  async close(): Promise<void> {}

  async #readIndex(): Promise<Index> {
    const stream = await this.#files.get(indexName);
    if (!stream) return emptyIndex;
    const where = join(this.#directory, indexName);
    return parseIndex(await readCapped(() => stream, where, 'target'), where);
  }

  async #write(name: string, bytes: Buffer): Promise<void> {
    const open = (): Readable => Readable.from([bytes], { objectMode: false });
    await this.#files.put(name, { size: bytes.length, open });
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    const lock = join(this.#directory, `${temporaryPrefix}lock`);
    try {
      await mkdir(this.#directory, { recursive: true });
      await withLock(lock, work);
    } catch (cause) {
      throw fileError('write', this.#directory, cause);
    }
  }
}

function keyOf({ digest }: Descriptor): string {
  return `blobs/sha256/${hexOf(digest)}`;
}
