import type { Readable } from 'node:stream';
import type { Blob } from '../../content/content.ts';
import { openVerified, readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { isDocument, isIndex } from '../../oci/media-type.ts';
import { parseReferrer, type Referrer } from '../../oci/referrer.ts';
import { putBytes, readBytes, whereIs } from '../../storage/bytes.ts';
import type { Exchanged } from '../../storage/exchange.ts';
import type { Storage } from '../../storage/storage.ts';
import type { AllTags, Repository, TaggedManifest, TagsTogether } from '../repository.ts';
import { changing, immutable } from './caching.ts';
import { embeddedMediaType } from './embedded-media-type.ts';
import { contentFolder, type Tree, treeOf } from './keys.ts';
import { ensurePing } from './ping.ts';
import { attested, ensureReferrers, markReferrer, readReferrers, rebuildReferrers } from './referrers.ts';
import { assertServed } from './served-type.ts';
import { StandingContent } from './standing-content.ts';
import { afterSweeps, readSweepMark, type SweepMark } from './sweep-mark.ts';
import { findAllTags, findTags, isStored, readListedTags, rebuildTagList } from './tag-list.ts';

/** A repository as the keys of a storage, for clients to read over plain HTTP: a registry without a server. */
export function openStatic(storage: Storage, name: string): Repository {
  return new StaticRepository(storage, name);
}

/** Manifests that get their tags together: each time, all tags are listed. */
const mostTogether = 64;

class StaticRepository implements Repository {
  readonly url: string;
  readonly closed = false;
  readonly sweptBy: string;
  readonly together: TagsTogether = { most: mostTogether, tag: (named) => this.#tagAll(named) };
  readonly #storage: Storage;
  readonly #name: string;
  readonly #tree: Tree;
  readonly #content: StandingContent;
  #ping: Promise<void> | undefined;
  /** Whether what is written is served as it is, looked at once. */
  #served: Promise<void> | undefined;
  /** The last deletion as it was before anything was listed. */
  #sweep: Promise<SweepMark | undefined> | undefined;
  /** The same as it was after the last tags were there, read while the list of tags is brought up to date. */
  #sweepAfter: Promise<SweepMark | undefined> | undefined;

  constructor(storage: Storage, name: string) {
    this.url = storage.url;
    this.sweptBy = `gc removes what nobody needs${storage.listsPerhaps ? ', if the server lists its files' : ''}`;
    this.#storage = storage;
    this.#name = name;
    this.#tree = treeOf(name);
    this.#content = new StandingContent(storage, this.#tree);
  }

  /**
   * `s3://bucket/org/app:1.0@sha256:…`: where it was put. Under which host the bucket is served is not known
   * here; what follows the storage's URL is what to pull from there.
   */
  reference(tag: string | undefined, digest: Digest | undefined): string {
    return `${this.url}/${this.#name}${tag ? `:${tag}` : ''}${digest ? `@${digest}` : ''}`;
  }

  async assertTakes(): Promise<void> {
    await this.#storage.assertTakes?.();
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    if (!this.#storage.isUnlisted) {
      this.#sweep ??= readSweepMark(this.#storage, this.#tree);
      await this.#sweep;
    }
    return this.#content.has(descriptor);
  }

  async fetch(descriptor: Descriptor): Promise<Readable> {
    const key = this.#keyOf(descriptor);
    const stream = await this.#storage.get(key);
    if (stream) return stream;
    throw new AlbaError('target', `${this.url} has no ${key}: it was never published or is deleted`);
  }

  async push(blob: Blob): Promise<void> {
    const { descriptor } = blob;
    if (isDocument(descriptor.mediaType)) return this.#pushDocument(blob);
    const open = openVerified(blob.open, descriptor, descriptor.digest);
    await this.#storage.put(
      this.#keyOf(descriptor),
      { size: descriptor.size, open },
      { contentType: 'application/octet-stream', cacheControl: immutable },
    );
  }

  async resolve(tag: string): Promise<Descriptor | undefined> {
    const key = this.#tree.manifests + tag;
    const bytes = await readBytes(this.#storage, key);
    if (!bytes) return undefined;
    const mediaType = embeddedMediaType(bytes, whereIs(this.#storage, key));
    return { mediaType, digest: digestOf(bytes), size: bytes.length };
  }

  async referrers(digest: Digest): Promise<Descriptor[]> {
    return readReferrers(this.#storage, this.#tree, digest);
  }

  async tag(manifest: Blob, tags: readonly string[]): Promise<ReadonlyMap<string, Digest | undefined>> {
    const [written = new Map()] = await this.#tagAll([{ manifest, tags }]);
    return written;
  }

  async moveTag(tag: string, before: Digest | undefined, manifest: Blob): Promise<Exchanged> {
    const { digest, mediaType } = manifest.descriptor;
    const bytes = await readDocument(manifest, digest);
    if (isIndex(mediaType)) await ensureReferrers(this.#storage, this.#tree, attested(bytes, digest));
    this.#sweepAfter = undefined;
    const key = this.#tree.manifests + tag;
    const headers = { contentType: mediaType, cacheControl: changing };
    const twin = { key: this.#keyOf(manifest.descriptor), headers: { ...headers, cacheControl: immutable } };
    const exchanged = this.#storage.exchange
      ? await this.#storage.exchange({ key, before, bytes, headers, twin })
      : await this.#replace(tag, before, bytes, mediaType);
    if (exchanged !== 'lost') await this.#rebuildTagList();
    return exchanged;
  }

  findMissing(content: readonly Descriptor[]): Promise<Descriptor[]> {
    return this.#content.findMissing(content);
  }

  async wasSwept(): Promise<boolean> {
    const reading = this.#sweepAfter;
    this.#sweepAfter = undefined;
    return afterSweeps(this.#storage, this.#tree, await this.#sweep, reading);
  }

  async isThere(): Promise<boolean> {
    return isStored(this.#storage, this.#tree);
  }

  async tags(): Promise<string[]> {
    return this.#storage.isUnlisted
      ? readListedTags(this.#storage, this.#tree)
      : findTags(this.#storage, this.#tree);
  }

  async allTags(): Promise<AllTags> {
    const isWhole = !this.#storage.isUnlisted;
    const find = isWhole ? findAllTags : readListedTags;
    return { tags: await find(this.#storage, this.#tree), isWhole };
  }

  async close(): Promise<void> {
    await this.#storage.close();
  }

  async #pushDocument(blob: Blob): Promise<void> {
    const { descriptor } = blob;
    const { digest, mediaType } = descriptor;
    const bytes = await readDocument(blob, digest);
    const referrer = parseReferrer(descriptor, bytes, digest);
    this.#ensurePing().catch(() => {});
    if (isIndex(mediaType)) await ensureReferrers(this.#storage, this.#tree, attested(bytes, digest));
    if (referrer) await markReferrer(this.#storage, this.#tree, referrer);
    const headers = { contentType: mediaType, cacheControl: immutable };
    await putBytes(this.#storage, this.#keyOf(descriptor), bytes, headers);
    await this.#assertServed(bytes, mediaType);
    if (referrer) await this.#listReferrer(referrer);
    await this.#ensurePing();
  }

  /** Once for as long as this is open, beside what else is sent: who pulls needs it when there is a tag. */
  #ensurePing(): Promise<void> {
    this.#ping ??= ensurePing(this.#storage);
    return this.#ping;
  }

  #rebuildTagList(): Promise<void> {
    return rebuildTagList(this.#storage, this.#tree, this.#name, () => this.#ensurePing());
  }

  /** Some clients ask for the referrers of referrers, too. */
  async #listReferrer({ subject, descriptor }: Referrer): Promise<void> {
    await rebuildReferrers(this.#storage, this.#tree, subject);
    await ensureReferrers(this.#storage, this.#tree, new Set([descriptor.digest]));
  }

  async #tagAll(named: readonly TaggedManifest[]): Promise<ReadonlyMap<string, Digest | undefined>[]> {
    const written: ReadonlyMap<string, Digest | undefined>[] = [];
    for (const { manifest, tags } of named) written.push(await this.#putTags(manifest, tags));
    if (named.every(({ tags }) => tags.length === 0)) return written;
    this.#sweepAfter = readSweepMark(this.#storage, this.#tree);
    this.#sweepAfter.catch(() => {});
    await this.#rebuildTagList();
    return written;
  }

  async #putTags(manifest: Blob, tags: readonly string[]): Promise<ReadonlyMap<string, Digest | undefined>> {
    if (tags.length === 0) return new Map();
    const { digest, mediaType } = manifest.descriptor;
    const bytes = await readDocument(manifest, digest);
    if (isIndex(mediaType)) await ensureReferrers(this.#storage, this.#tree, attested(bytes, digest));
    const written = await Promise.all(tags.map((tag) => this.#putTag(tag, bytes, mediaType)));
    return new Map(written.flat());
  }

  /** A tag that stands is not written; one that is comes with what it named before. */
  async #putTag(
    tag: string,
    bytes: Buffer,
    mediaType: string,
  ): Promise<(readonly [string, Digest | undefined])[]> {
    const key = this.#tree.manifests + tag;
    const present = await readBytes(this.#storage, key);
    if (present?.equals(bytes)) return [];
    await this.#assertServed(bytes, mediaType);
    await putBytes(this.#storage, key, bytes, { contentType: mediaType, cacheControl: changing });
    return [[tag, present && digestOf(present)]];
  }

  async #replace(
    tag: string,
    before: Digest | undefined,
    bytes: Buffer,
    mediaType: string,
  ): Promise<Exchanged> {
    const present = await readBytes(this.#storage, this.#tree.manifests + tag);
    if ((present && digestOf(present)) !== before) return 'lost';
    await this.#putTag(tag, bytes, mediaType);
    return 'doubtful';
  }

  #assertServed(bytes: Buffer, mediaType: string): Promise<void> {
    this.#served ??= assertServed(this.#storage, this.#tree, bytes, mediaType);
    return this.#served;
  }

  #keyOf(descriptor: Descriptor): string {
    return contentFolder(this.#tree, descriptor) + descriptor.digest;
  }
}
