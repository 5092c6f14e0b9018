import { ListObjectsV2Command, type ListObjectsV2CommandOutput, type S3Client } from '@aws-sdk/client-s3';
import { pMapIterable } from 'p-map';
import { AlbaError } from '../errors.ts';
import { HttpError } from '../network/http/error.ts';
import { compareText } from '../oci/compare.ts';
import { formatCount } from '../progress/format.ts';
import { isWithin } from './key-range.ts';
import type { ListPage, ObjectHead } from './s3-list-page.ts';
import type { S3Location } from './s3-location.ts';
import type { SmallRequests } from './s3-small.ts';
import type { KeyRange, ListBeginning, ListOptions, StoredObject } from './storage.ts';

/** Of a list; ten million objects. */
const mostPages = 10_000;
/** Of one listing. */
const rangesAtOnce = 8;

/** By whom a bucket is asked. */
interface ListingContext {
  readonly client: S3Client;
  readonly small: SmallRequests;
  readonly location: S3Location;
  /** Repeats what may pass, and explains what does not. */
  retry<T>(prefix: string, work: () => Promise<T>): Promise<T>;
}

/** What is listed. */
interface Listing {
  /** Of keys in the storage. */
  readonly prefix: string;
  readonly shallow: boolean;
  /** Keys beyond it are not given, nor asked for. */
  readonly range?: KeyRange;
}

/** Lists the objects of a bucket (ListObjectsV2). */
export class S3Listings {
  readonly #context: ListingContext;

  constructor(context: ListingContext) {
    this.#context = context;
  }

  /** Ranges are listed beside each other, save where a list is in no order: then all of it is read for all of them. */
  async *list(prefix: string, { shallow = false, within }: ListOptions): AsyncGenerator<StoredObject> {
    if (this.#isUnordered) {
      const found: StoredObject[] = [];
      for await (const object of this.#pages({ prefix, shallow })) {
        if (isWithin(object.key, within)) found.push(object);
      }
      return yield* found.sort((one, other) => compareText(one.key, other.key));
    }
    if (!within) return yield* this.#pages({ prefix, shallow });
    const read = async (range: KeyRange): Promise<StoredObject[]> => {
      const objects: StoredObject[] = [];
      for await (const object of this.#pages({ prefix, shallow, range })) objects.push(object);
      return objects;
    };
    for await (const objects of pMapIterable(within, read, { concurrency: rangesAtOnce })) yield* objects;
  }

  /** The first page. */
  async beginning(prefix: string): Promise<ListBeginning> {
    const { Contents = [], IsTruncated, NextContinuationToken } = await this.#ask({ prefix, shallow: false });
    const skip = this.#context.location.prefix.length;
    const objects = Contents.flatMap(({ Key, ...found }) =>
      Key?.startsWith(prefix, skip) ? [storedObject(Key.slice(skip), found)] : [],
    );
    return { objects, isAll: !IsTruncated && !NextContinuationToken };
  }

  /** Page by page. A list that breaks off, or has no end, is an error. */
  async *#pages(listing: Listing): AsyncGenerator<StoredObject> {
    const { location } = this.#context;
    const { prefix, range } = listing;
    let token: string | undefined;
    for (let pages = 1; ; pages += 1) {
      const page = await this.#ask(listing, token);
      for (const { Key, ...found } of page.Contents ?? []) {
        const key = Key?.slice(location.prefix.length);
        if (!key?.startsWith(prefix) || (range && key <= range.after)) continue;
        if (range && key >= range.before) return;
        yield storedObject(key, found);
      }
      const next = page.NextContinuationToken;
      const what = `${prefix} in ${location.url}`;
      if (!next && page.IsTruncated) {
        throw new AlbaError(
          'target',
          `cannot list ${what}: the list breaks off after ${formatCount(pages, 'page')}`,
        );
      }
      if (!next) return;
      if (next === token || pages === mostPages) {
        throw new AlbaError('target', `cannot list ${what}: the list does not end after ${pages} pages`);
      }
      token = next;
    }
  }

  /** Of an S3 directory bucket, which also takes no prefix but folders, and no key to begin after. */
  get #isUnordered(): boolean {
    return this.#context.location.bucket.endsWith('--x-s3');
  }

  #ask({ prefix, shallow, range }: Listing, ContinuationToken?: string): Promise<ListPage> {
    const { client, small, location, retry } = this.#context;
    const { bucket: Bucket, prefix: home } = location;
    const whole = home + prefix;
    const Prefix = this.#isUnordered ? whole.slice(0, whole.lastIndexOf('/') + 1) : whole;
    return retry(prefix, async () => {
      const page = await small.list({
        prefix: Prefix,
        ...(shallow && { delimiter: '/' }),
        ...(range && { 'start-after': home + range.after }),
        ...(ContinuationToken && { 'continuation-token': ContinuationToken }),
      });
      if (page) return page;
      const asked = {
        ...{ Bucket, Prefix, ContinuationToken },
        ...(shallow && { Delimiter: '/' }),
        ...(range && { StartAfter: home + range.after }),
      };
      const told = await client.send(new ListObjectsV2Command(asked));
      if (isList(told)) return told;
      const status = told.$metadata.httpStatusCode;
      const what = `cannot list ${prefix} in ${location.url}`;
      throw new HttpError('target', `${what}: the answer (${status}) is no list`, { transient: true });
    });
  }
}

/** The SDK takes an answer without a body, and an error within a 200, for a list of nothing. */
function isList({ $metadata: _, ...told }: ListObjectsV2CommandOutput): boolean {
  return Object.values(told).some((value) => value !== undefined);
}

/** An object as the SDK tells of it. */
export function storedObject(
  key: string,
  { Size = 0, LastModified = new Date(0), ETag }: ObjectHead,
): StoredObject {
  return { key, size: Size, modified: LastModified, ...(ETag && { etag: ETag }) };
}
