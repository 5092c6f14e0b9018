import { join } from 'node:path';
import type { Readable } from 'node:stream';
import pMap from 'p-map';
import type { Blob } from '../content/content.ts';
import { type Document, type DocumentBytes, graphLimits, walkGraph } from '../content/graph.ts';
import { openVerified, readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, isDigest } from '../oci/digest.ts';
import { blobName, indexName, layoutName } from '../oci/layout.ts';
import { formatDocument, type Index, parseIndex } from '../oci/manifest.ts';
import { isDocument, isIndex } from '../oci/media-type.ts';
import { isReferrersTag, parseReferrer } from '../oci/referrer.ts';
import { makeDirectory } from '../storage/atomic-write.ts';
import { putBytes, readBytes } from '../storage/bytes.ts';
import type { Exchanged } from '../storage/exchange.ts';
import { fileError } from '../storage/file-error.ts';
import { withLock } from '../storage/file-lock.ts';
import { FilesystemStorage } from '../storage/filesystem.ts';
import { temporaryPrefix } from '../storage/key-path.ts';
import { emptyIndex, entryOf, tagOf, withoutUnnamed, withTags } from './layout-index.ts';
import type { Repository } from './repository.ts';

/** How many files are looked for at once. */
const looks = 8;

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
  reference(tag: string | undefined, digest: Digest | undefined): string {
    return `${this.url}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return (await this.#files.head(blobName(descriptor.digest)))?.size === descriptor.size;
  }

  async fetch(descriptor: Descriptor): Promise<Readable> {
    const stream = await this.#files.get(blobName(descriptor.digest));
    if (stream) return stream;
    throw new AlbaError('target', `${this.url} has no ${descriptor.digest}: it is no complete OCI layout`);
  }

  /** A manifest with a subject is listed without a name: its subject does not lead to it. */
  async push(blob: Blob): Promise<void> {
    const { descriptor } = blob;
    if (!isDocument(descriptor.mediaType)) return this.#put(blob);
    const bytes = await readDocument(blob, descriptor.digest);
    await this.#write(blobName(descriptor.digest), bytes);
    if (parseReferrer(descriptor, bytes, descriptor.digest)) {
      await this.#changeIndex((index) => withTags(index, descriptor, []));
    }
  }

  async #put({ descriptor, open }: Blob): Promise<void> {
    const { digest, size } = descriptor;
    await this.#files.put(blobName(digest), { size, open: openVerified(open, descriptor, digest) });
  }

  /** A digest names what the index lists, or a manifest that this leads to. */
  async resolve(tagOrDigest: string): Promise<Descriptor | undefined> {
    const index = await this.#readIndex();
    const entry = entryOf(index, tagOrDigest) ?? (await this.#findBelow(index, tagOrDigest));
    if (!entry) return undefined;
    const { mediaType, digest, size, platform } = entry;
    return { mediaType, digest, size, ...(platform && { platform }) };
  }

  /** Without tags, the manifest is listed without a name: what no entry leads to is not in a layout. */
  async tag(manifest: Blob, tags: readonly string[]): Promise<ReadonlyMap<string, Digest | undefined>> {
    const { descriptor } = manifest;
    if (!(await this.exists(descriptor))) await this.push(manifest);
    const children = await this.#childrenOf(descriptor);
    const named = new Map<string, Digest | undefined>();
    await this.#changeIndex((index) => {
      for (const tag of tags) named.set(tag, entryOf(index, tag)?.digest);
      return withTags(withoutUnnamed(index, children), descriptor, tags);
    });
    return new Map([...named].filter(([, digest]) => digest !== descriptor.digest));
  }

  async moveTag(tag: string, before: Digest | undefined, { descriptor }: Blob): Promise<Exchanged> {
    const children = await this.#childrenOf(descriptor);
    let isMoved = false;
    await this.#changeIndex((index) => {
      isMoved = entryOf(index, tag)?.digest === before;
      return isMoved ? withTags(withoutUnnamed(index, children), descriptor, [tag]) : index;
    });
    return isMoved ? 'done' : 'lost';
  }

  async findMissing(content: readonly Descriptor[]): Promise<Descriptor[]> {
    const look = async (descriptor: Descriptor) => ((await this.exists(descriptor)) ? [] : [descriptor]);
    return (await pMap(content, look, { concurrency: looks })).flat();
  }

  async referrers(digest: Digest): Promise<Descriptor[]> {
    const found: Descriptor[] = [];
    for await (const { descriptor, bytes, origin } of this.#walk(await this.#readIndex())) {
      const referrer = parseReferrer(descriptor, bytes, origin);
      if (referrer?.subject === digest) found.push(referrer.descriptor);
    }
    return found.sort((a, b) => compareText(a.digest, b.digest));
  }

  async tags(): Promise<string[]> {
    const tags = (await this.#readIndex()).manifests.flatMap((entry) => tagOf(entry) ?? []);
    return [...new Set(tags)].filter((tag) => !isReferrersTag(tag)).sort();
  }

  async close(): Promise<void> {}

  async #readIndex(): Promise<Index> {
    const bytes = await readBytes(this.#files, indexName);
    return bytes ? parseIndex(bytes, join(this.#directory, indexName)) : emptyIndex;
  }

  #walk({ manifests }: Index): AsyncGenerator<Document, void, void> {
    const source = { origin: this.url, fault: 'target', limits: graphLimits.layout } as const;
    return walkGraph(manifests, { ...source, read: (entry) => this.#readHeld(entry) });
  }

  async #findBelow(index: Index, tagOrDigest: string): Promise<Descriptor | undefined> {
    if (!isDigest(tagOrDigest)) return undefined;
    for await (const { descriptor } of this.#walk(index)) {
      if (descriptor.digest === tagOrDigest) return descriptor;
    }
    return undefined;
  }

  /** Undefined where it is not held: some tools save a part of what they list. */
  async #readHeld(descriptor: Descriptor): Promise<DocumentBytes | undefined> {
    const stream = await this.#files.get(blobName(descriptor.digest));
    const origin = `${this.url} (${descriptor.digest})`;
    return (
      stream && { bytes: await readDocument({ descriptor, open: () => stream }, origin, 'target'), origin }
    );
  }

  async #childrenOf(descriptor: Descriptor): Promise<ReadonlySet<Digest>> {
    const held = isIndex(descriptor.mediaType) ? await this.#readHeld(descriptor) : undefined;
    const children = held ? parseIndex(held.bytes, held.origin).manifests : [];
    return new Set(children.map(({ digest }) => digest));
  }

  async #changeIndex(change: (index: Index) => Index): Promise<void> {
    await this.#locked(async () => {
      const changed = change(await this.#readIndex());
      if (!(await this.#files.head(layoutName))) await this.#write(layoutName, marker);
      await this.#write(indexName, formatDocument(changed));
    });
  }

  #write(name: string, bytes: Buffer): Promise<void> {
    return putBytes(this.#files, name, bytes, {});
  }

  async #locked(work: () => Promise<void>): Promise<void> {
    const lock = join(this.#directory, `${temporaryPrefix}lock`);
    try {
      await makeDirectory(this.#directory);
      await withLock(lock, work);
    } catch (cause) {
      throw fileError('write', this.#directory, cause);
    }
  }
}
