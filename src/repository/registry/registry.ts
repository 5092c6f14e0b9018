import { Readable } from 'node:stream';
import pLimit, { type LimitFunction } from 'p-limit';
import pMap from 'p-map';
import type { Blob, Measured, Node } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { originOf } from '../../network/http/host.ts';
import { contentLength, discard, type HttpResponse } from '../../network/http/http.ts';
import { resumedBody } from '../../network/http/resumed-body.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import type { Digest } from '../../oci/digest.ts';
import { isDocument } from '../../oci/media-type.ts';
import { formatReference, type Reference } from '../../oci/reference.ts';
import { parseReferrer } from '../../oci/referrer.ts';
import type { Exchanged } from '../../storage/exchange.ts';
import type { AllTags, Repository } from '../repository.ts';
import { assertRegistry } from './assert-registry.ts';
import { type Call, Client } from './client.ts';
import { CountedOn } from './counted-on.ts';
import { putManifest, resolveTag } from './manifest.ts';
import type { RegistryOptions } from './options.ts';
import { givesReferrers, ReferrerLists, tagReferrer } from './referrers.ts';
import { TagWriter } from './tag-writer.ts';
import { hasTagList, listAllTags, listTags } from './tags.ts';
import { mountBlob, streamBlob, uploadBlob } from './upload.ts';

/** How many things are looked for at once. */
const looks = 8;

/** A repository on a registry, over the OCI distribution API. Tag and digest of the reference are not used. */
export function openRegistry(
  reference: Reference,
  options: RegistryOptions,
): Repository & Required<Pick<Repository, 'receive' | 'mount'>> {
  return new RegistryRepository(reference, options);
}

class RegistryRepository implements Repository {
  readonly url: string;
  readonly closed = true;
  /** What has no tag is listed to nobody. */
  readonly sweptBy = 'the registry removes what nobody needs when it collects its garbage';
  readonly #registry: string;
  readonly #repository: string;
  readonly #client: Client;
  readonly #home: URL;
  /** Two writers of one fallback tag would undo each other: those of a subject wait for each other. */
  readonly #oneByOne = new Map<Digest, LimitFunction>();
  readonly #lists: ReferrerLists;
  /** Whether the referrers API is there, asked once. */
  #isAnswered: Promise<boolean> | undefined;
  /** Manifests that were answered with, in bytes by digest: whether they are there is not asked again. */
  readonly #answered = new Map<Digest, number>();
  readonly #countedOn = new CountedOn();
  readonly #tags: TagWriter;

  constructor({ registry, repository }: Reference, options: RegistryOptions) {
    this.url = `docker://${registry}/${repository}`;
    this.#registry = registry;
    this.#repository = repository;
    this.#client = new Client({ registry, repository }, options);
    this.#home = originOf(registry, options.plainHttp);
    this.#lists = new ReferrerLists(this.#client);
    this.#tags = new TagWriter(this.#client, {
      countedOn: this.#countedOn,
      progress: options.progress,
      resolve: (tag) => this.resolve(tag),
      reference: (tag) => this.reference(tag, undefined),
    });
  }

  reference(tag: string | undefined, digest: Digest | undefined): string {
    const place = { registry: this.#registry, repository: this.#repository };
    return formatReference({ ...place, ...(tag && { tag }), ...(digest && { digest }) });
  }

  async exists(descriptor: Descriptor): Promise<boolean> {
    const isThere =
      this.#answered.get(descriptor.digest) === descriptor.size ||
      (await this.#client.retry(() => this.#existsNow(descriptor)));
    if (isThere && isDocument(descriptor.mediaType)) this.#countedOn.addManifest(descriptor);
    return isThere;
  }

  async fetch(descriptor: Descriptor): Promise<Readable> {
    const call = { ...lookAt(descriptor), method: 'GET' } as const;
    const response = await this.#client.call({ ...call, accept: [404] });
    if (response.status === 404) {
      await discard(response);
      throw new AlbaError(
        this.#client.fault,
        `${this.url} has no ${descriptor.digest} (${descriptor.mediaType}): it was never published or is deleted`,
      );
    }
    if (isDocument(descriptor.mediaType)) {
      this.#answered.set(descriptor.digest, contentLength(response) ?? descriptor.size);
    }
    return Readable.from(bodyOf(this.#client, call, response, descriptor.size), { objectMode: false });
  }

  async push(blob: Blob): Promise<void> {
    const { descriptor } = blob;
    if (!isDocument(descriptor.mediaType)) {
      return uploadBlob(this.#client, blob, () => this.#existsNow(descriptor));
    }
    const bytes = await readDocument(blob, `manifest ${descriptor.digest}`);
    const referrer = parseReferrer(descriptor, bytes, descriptor.digest);
    const isNoted = await putManifest(this.#client, descriptor, bytes, descriptor.digest);
    if (!referrer || (isNoted && (await this.#givesReferrers(referrer.subject)))) return;
    const limit = this.#oneByOne.get(referrer.subject) ?? pLimit(1);
    this.#oneByOne.set(referrer.subject, limit);
    await limit(() => tagReferrer(this.#client, referrer));
  }

  receive(source: AsyncIterable<Uint8Array>): Promise<Measured> {
    return streamBlob(this.#client, source);
  }

  /**
   * Takes a blob over from another repository of the same registry, no byte passing through us.
   * False when the registry does not, and for manifests, which are no blobs there: then it is to be pushed.
   */
  async mount({ descriptor, heldBy }: Blob): Promise<boolean> {
    if (isDocument(descriptor.mediaType)) return false;
    if (heldBy?.registry !== this.#registry || heldBy.repository === this.#repository) return false;
    return mountBlob(this.#client, descriptor.digest, heldBy.repository);
  }

  async resolve(tag: string): Promise<Descriptor | undefined> {
    const found = await resolveTag(this.#client, tag);
    if (found) this.#answered.set(found.digest, found.size);
    return found;
  }

  referrers(digest: Digest): Promise<Descriptor[]> {
    return this.#lists.of(digest);
  }

  tag(
    manifest: Blob,
    tags: readonly string[],
    atOnce = looks,
  ): Promise<ReadonlyMap<string, Digest | undefined>> {
    return this.#tags.write(manifest, tags, atOnce);
  }

  moveTag(tag: string, before: Digest | undefined, manifest: Blob): Promise<Exchanged> {
    return this.#tags.move(tag, before, manifest);
  }

  /** A registry tells nobody of deletions: what the tags that were written count on is looked for once more. */
  async wasSwept(nodes: readonly Node[]): Promise<boolean> {
    const { manifests, tags } = this.#countedOn.of(nodes);
    if (tags.length === 0 || manifests.length === 0) return false;
    const [missing, named] = await Promise.all([
      this.findMissing(manifests),
      pMap(tags, (tag) => this.resolve(tag), { concurrency: looks }),
    ]);
    return missing.length > 0 || named.includes(undefined);
  }

  async findMissing(content: readonly Descriptor[]): Promise<Descriptor[]> {
    const look = async (descriptor: Descriptor) =>
      (await this.#client.retry(() => this.#existsNow(descriptor))) ? [] : [descriptor];
    return (await pMap(content, look, { concurrency: looks })).flat();
  }

  assertTakes(): Promise<void> {
    return assertRegistry(this.#client, this.#home);
  }

  isThere(): Promise<boolean> {
    return hasTagList(this.#client);
  }

  tags(): Promise<string[]> {
    return listTags(this.#client);
  }

  async allTags(): Promise<AllTags> {
    return { tags: await listAllTags(this.#client), isWhole: true };
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  #givesReferrers(subject: Digest): Promise<boolean> {
    this.#isAnswered ??= givesReferrers(this.#client, subject);
    return this.#isAnswered;
  }

  async #existsNow(descriptor: Descriptor): Promise<boolean> {
    const response = await this.#client.attempt({ ...lookAt(descriptor), method: 'HEAD', accept: [404] });
    await discard(response);
    if (response.status === 404) return false;
    const size = contentLength(response);
    return size === undefined || size === descriptor.size;
  }
}

/** Taken up by another call where its connection breaks. */
function bodyOf(client: Client, call: Call, first: HttpResponse, size: number): AsyncGenerator<Buffer> {
  return resumedBody(first, {
    size,
    fault: client.fault,
    failure: (response, cause) => client.failure(response, cause),
    beforeRetry: (failure, attempt) => client.beforeRetry(failure, attempt),
    ask: (range) => client.call({ ...call, headers: { ...call.headers, range } }),
  });
}

function lookAt({ digest, mediaType }: Descriptor): Pick<Call, 'to' | 'headers'> {
  return isDocument(mediaType)
    ? { to: `manifests/${digest}`, headers: { accept: mediaType } }
    : { to: `blobs/${digest}` };
}
