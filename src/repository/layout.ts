import { join } from 'node:path';
import type { Readable } from 'node:stream';
import pMap from 'p-map';
import { type Blob, openBytes } from '../content/content.ts';
import { type Document, type DocumentBytes, graphLimits, walkGraph } from '../content/graph.ts';
import { removeDeadTemporaries } from '../content/temporary-name.ts';
import { openVerified, readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { compareText } from '../oci/compare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Digest, isDigest } from '../oci/digest.ts';
import { blobName, indexName, layoutName } from '../oci/layout.ts';
import { type Index, parseIndex } from '../oci/manifest.ts';
import { isDocument, isIndex } from '../oci/media-type.ts';
import { isReferrersTag, parseReferrer } from '../oci/referrer.ts';
import type { Exchanged } from '../storage/exchange.ts';
import { LayoutArchive } from './layout-archive.ts';
import type { LayoutFiles } from './layout-files.ts';
import { LayoutFolder } from './layout-folder.ts';
import { entryOf, tagOf, withoutUnnamed, withTags } from './layout-index.ts';
import type { AllTags, Repository, TaggedManifest, TagsTogether } from './repository.ts';

/** How many files are looked for at once. */
const looks = 8;

/** An OCI layout directory (image-spec, image-layout.md), made when missing. */
export function openLayout(directory: string): Repository {
  return new LayoutRepository(new LayoutFolder(directory));
}

/** The same in one tar, written when a tag is, or when all of them are; what else it holds stays. */
export function openLayoutArchive(path: string): Repository {
  return new LayoutRepository(new LayoutArchive(path), Number.POSITIVE_INFINITY);
}

type ReferrersBySubject = ReadonlyMap<Digest, readonly Descriptor[]>;

/** An entry of the index that is to be, and the documents that it leads to. */
interface TaggedEntry {
  readonly descriptor: Descriptor;
  readonly tags: readonly string[];
  readonly children: ReadonlySet<Digest>;
}

/** Removes what killed processes left in the folder of a layout, or in the one that has an archive of one. */
export async function tidyLayout(folder: string): Promise<void> {
  for (const one of [folder, join(folder, 'blobs/sha256')]) await removeDeadTemporaries(one);
}

class LayoutRepository implements Repository {
  readonly url: string;
  readonly closed = false;
  readonly sweptBy = 'gc removes what nobody needs';
  readonly together?: TagsTogether;
  readonly dropsUntagged: boolean;
  readonly #files: LayoutFiles;
  /** Whether content waits that an archive does not have before it is written. */
  #isPushed = false;
  /** What refers to what, as all is read to know it; as long as the index leads to the same, and nothing was pushed. */
  #referrers: { readonly key: string; readonly bySubject: Promise<ReferrersBySubject> } | undefined;

  /** `mostTogether` is given where a change of the index writes all that it leads to. */
  constructor(files: LayoutFiles, mostTogether?: number) {
    this.url = files.url;
    this.#files = files;
    this.dropsUntagged = mostTogether !== undefined;
    if (mostTogether !== undefined) {
      this.together = { most: mostTogether, tag: (named) => this.#tagAll(named) };
    }
  }

  /** `oci:/path:1.0@sha256:…`; skopeo and others take it up to the @. */
  reference(tag: string | undefined, digest: Digest | undefined): string {
    return `${this.url}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    return (await this.#files.size(blobName(descriptor.digest))) === descriptor.size;
  }

  async fetch(descriptor: Descriptor): Promise<Readable> {
    const stream = await this.#files.get(blobName(descriptor.digest));
    if (stream) return stream;
    throw new AlbaError(
      'target',
      `${this.url} has no ${descriptor.digest}: it is no complete OCI layout; build or copy it again`,
    );
  }

  /** A manifest with a subject is listed without a name: its subject does not lead to it. */
  async push(blob: Blob): Promise<void> {
    const { descriptor } = blob;
    this.#isPushed = true;
    this.#referrers = undefined;
    if (!isDocument(descriptor.mediaType)) return this.#put(blob);
    const bytes = await readDocument(blob, descriptor.digest);
    const { size } = descriptor;
    await this.#files.put(blobName(descriptor.digest), { size, open: openBytes(bytes) });
    if (parseReferrer(descriptor, bytes, descriptor.digest)) {
      await this.#files.note((index) => withTags(index, descriptor, []));
    }
  }

  async #put({ descriptor, open }: Blob): Promise<void> {
    const { digest, size } = descriptor;
    await this.#files.put(blobName(digest), { size, open: openVerified(open, descriptor, digest) });
  }

  /** A digest names what the index lists, or a manifest that this leads to. */
  async resolve(tagOrDigest: string): Promise<Descriptor | undefined> {
    const index = await this.#files.index();
    const entry = entryOf(index, tagOrDigest) ?? (await this.#findBelow(index, tagOrDigest));
    if (!entry) return undefined;
    const { mediaType, digest, size, platform } = entry;
    return { mediaType, digest, size, ...(platform && { platform }) };
  }

  /** Without tags, the manifest is listed without a name: what no entry leads to is not in a layout. */
  async tag(manifest: Blob, tags: readonly string[]): Promise<ReadonlyMap<string, Digest | undefined>> {
    const [written = new Map()] = await this.#tagAll([{ manifest, tags }]);
    return written;
  }

  async moveTag(tag: string, before: Digest | undefined, { descriptor }: Blob): Promise<Exchanged> {
    const children = await this.#childrenOf(descriptor);
    let isMoved = false;
    await this.#files.publish((index) => {
      isMoved = entryOf(index, tag)?.digest === before;
      return isMoved ? withTags(withoutUnnamed(index, children), descriptor, [tag]) : index;
    });
    return isMoved ? 'done' : 'lost';
  }

  async findMissing(content: readonly Descriptor[]): Promise<Descriptor[]> {
    const look = async (descriptor: Descriptor) => ((await this.exists(descriptor)) ? [] : [descriptor]);
    return (await pMap(content, look, { concurrency: looks })).flat();
  }

  /** Who deletes holds the lock of the index, and goes by that: what was deleted before this tag was in it, is missed now. */
  async wasSwept(): Promise<boolean> {
    return true;
  }

  async referrers(digest: Digest): Promise<Descriptor[]> {
    const index = await this.#files.index();
    const key = index.manifests.map((entry) => entry.digest).join(' ');
    if (this.#referrers?.key !== key) this.#referrers = { key, bySubject: this.#findReferrers(index) };
    return [...((await this.#referrers.bySubject).get(digest) ?? [])];
  }

  async isThere(): Promise<boolean> {
    const sizes = [await this.#files.size(indexName), await this.#files.size(layoutName)];
    return sizes.some((size) => size !== undefined);
  }

  async tags(): Promise<string[]> {
    const tags = (await this.#files.index()).manifests.flatMap((entry) => tagOf(entry) ?? []);
    return [...new Set(tags)].filter((tag) => !isReferrersTag(tag)).sort();
  }

  async allTags(): Promise<AllTags> {
    const tags = (await this.#files.index()).manifests.flatMap((entry) => tagOf(entry) ?? []);
    return { tags: [...new Set(tags)], isWhole: true };
  }

  close(): Promise<void> {
    return this.#files.close();
  }

  async #tagAll(named: readonly TaggedManifest[]): Promise<ReadonlyMap<string, Digest | undefined>[]> {
    const entries: TaggedEntry[] = [];
    for (const { manifest, tags } of named) {
      const { descriptor } = manifest;
      if (!(await this.exists(descriptor))) await this.push(manifest);
      entries.push({ descriptor, tags, children: await this.#childrenOf(descriptor) });
    }
    let before: ReadonlyMap<string, Digest | undefined>[] = [];
    await this.#files.publish((index) => {
      before = entries.map(({ tags }) => new Map(tags.map((tag) => [tag, entryOf(index, tag)?.digest])));
      const changed = entries.reduce(
        (so, { descriptor, tags, children }) => withTags(withoutUnnamed(so, children), descriptor, tags),
        index,
      );
      return this.#isPushed ? { ...changed } : changed;
    });
    this.#isPushed = false;
    return before.map(
      (was, at) => new Map([...was].filter(([, digest]) => digest !== entries[at]?.descriptor.digest)),
    );
  }

  async #findReferrers(index: Index): Promise<ReferrersBySubject> {
    const found = new Map<Digest, Descriptor[]>();
    for await (const { descriptor, bytes, origin } of this.#walk(index)) {
      const referrer = parseReferrer(descriptor, bytes, origin);
      if (referrer)
        found.set(referrer.subject, [...(found.get(referrer.subject) ?? []), referrer.descriptor]);
    }
    for (const list of found.values()) list.sort((a, b) => compareText(a.digest, b.digest));
    return found;
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
}
