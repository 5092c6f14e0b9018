import type { Readable } from 'node:stream';
import {
  CopyObjectCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import {
  beforeRetry,
  type Retries,
  type RetryContext,
  type RetryOptions,
  retrying,
} from '../concurrency/retry.ts';
import { telling } from '../content/count.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { formatCount } from '../progress/format.ts';
import { encodeKey } from './encode-key.ts';
import type { Exchange, Exchanged } from './exchange.ts';
import type { StorageOptions } from './options.ts';
import { withBody } from './s3-body.ts';
import { createClient } from './s3-client.ts';
import { S3Deletions } from './s3-delete.ts';
import { ifThere, isTransient, lackingOf, type S3Request, s3Error } from './s3-error.ts';
import { S3Exchanges } from './s3-exchange.ts';
import { S3Listings, storedObject } from './s3-list.ts';
import type { S3Location } from './s3-location.ts';
import { uploadInParts } from './s3-multipart.ts';
import { profileFault } from './s3-profile.ts';
import { type Checksum, checksumOf, digestIn, isMd5Of } from './s3-proof.ts';
import { brokenOff, readObjectBytes } from './s3-read.ts';
import { SmallRequests } from './s3-small.ts';
import type {
  KnownUpload,
  ListBeginning,
  ListOptions,
  ObjectHeaders,
  Proof,
  Storage,
  StoredObject,
  Upload,
} from './storage.ts';

/** In bytes: what is larger goes in parts. */
const singlePut = 64 * 1024 * 1024;
/** Some 15 s in all. */
const defaultRetries: Retries = { count: 6, firstDelay: 200, longestDelay: 5_000 };

/** A bucket, on AWS or on a server that speaks as it does. */
export class S3Storage implements Storage {
  readonly url: string;
  readonly #client: S3Client;
  readonly #small: SmallRequests;
  readonly #exchanges: S3Exchanges;
  readonly #deletions: S3Deletions;
  readonly #listings: S3Listings;
  readonly #location: S3Location;
  readonly #context: RetryContext;
  readonly #retries: Retries;
  #givesChecksums = true;

  constructor(
    location: S3Location,
    options: StorageOptions,
    context: RetryContext,
    retries: Retries = defaultRetries,
  ) {
    this.url = location.url;
    this.#client = createClient(location, options);
    this.#small = new SmallRequests(this.#client);
    this.#exchanges = new S3Exchanges({
      client: this.#client,
      objectOf: ({ key, headers }) => this.#objectOf(key, headers),
    });
    this.#deletions = new S3Deletions(this.#client, location);
    this.#listings = new S3Listings({
      ...{ client: this.#client, small: this.#small, location },
      retry: (prefix, work) => this.#ask('list', prefix, 's3:ListBucket', work),
    });
    this.#location = location;
    this.#context = context;
    this.#retries = retries;
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const found = await this.#ask('look at', key, 's3:GetObject and s3:ListBucket', async () => {
      const known = await this.#small.head(this.#location.prefix + key);
      if (known) return known === 'missing' ? undefined : known;
      const told = await ifThere(this.#client.send(new HeadObjectCommand(this.#at(key))));
      return told && { ...told, Size: told.ContentLength };
    });
    return found && storedObject(key, found);
  }

  async get(key: string): Promise<Readable | undefined> {
    const right = 's3:GetObject and s3:ListBucket';
    const ask = (rest = {}) =>
      this.#ask('read', key, right, async () => {
        const wanted = { ...this.#at(key), ...rest };
        const known = await this.#small.get(wanted);
        if (known) return known === 'missing' ? undefined : known;
        return ifThere(this.#client.send(new GetObjectCommand(wanted)));
      });
    const broken = { ...this.#retryOptions({ what: `read ${key}`, right }), passesAfter: () => 0 };
    return readObjectBytes(ask, (cause, attempt) => beforeRetry(brokenOff(cause), attempt, broken));
  }

  async put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void> {
    const object = this.#objectOf(key, headers);
    const retry = <T>(step: (attempt: number, moved: () => void) => Promise<T>): Promise<T> =>
      this.#ask('write', key, 's3:PutObject', step);
    if (upload.size > singlePut) {
      const sizeThere = async (): Promise<number | undefined> => (await this.head(key))?.size;
      return uploadInParts(upload, { client: this.#client, key, object, retry, sizeThere });
    }
    await retry((_, moved) =>
      withBody({ ...upload, open: telling(upload.open, moved) }, key, async (Body, abortSignal) => {
        const isPut = Buffer.isBuffer(Body) && (await this.#small.put(object, Body));
        if (isPut) return;
        const command = new PutObjectCommand({ ...object, Body, ContentLength: upload.size });
        await this.#client.send(command, { abortSignal });
      }),
    );
  }

  list(prefix: string, options: ListOptions = {}): AsyncGenerator<StoredObject> {
    return this.#listings.list(prefix, options);
  }

  beginning(prefix: string): Promise<ListBeginning> {
    return this.#listings.beginning(prefix);
  }

  /** By the MD5 that listings have already, else by a SHA-256 that is kept with the object. */
  async prove({ key, etag }: StoredObject, expected: KnownUpload): Promise<Proof> {
    if (await isMd5Of(etag, expected)) return 'same';
    const { digest, isHidden } = await this.#checksum(key);
    if (digest === undefined && isHidden) return 'hidden';
    return digest === expected.digest ? 'same' : 'unproved';
  }

  /** The server works the SHA-256 of the copy out: some answer with it, others tell when they are asked. */
  async copy(from: string, to: string, headers: ObjectHeaders, digest: Digest): Promise<boolean> {
    if (!this.#givesChecksums) return false;
    const { Bucket, Key } = this.#at(from);
    const CopySource = encodeKey(`${Bucket}/${Key}`);
    const { CopyObjectResult } = await this.#ask(`copy ${from} to`, to, 's3:GetObject and s3:PutObject', () =>
      this.#client.send(
        new CopyObjectCommand({
          ...this.#at(to),
          ...this.#encryption(),
          ...headersOf(headers),
          CopySource,
          MetadataDirective: 'REPLACE',
          ChecksumAlgorithm: 'SHA256',
        }),
      ),
    );
    const told = digestIn(CopyObjectResult) ?? (await this.#checksum(to)).digest;
    this.#givesChecksums = told !== undefined;
    return told === digest;
  }

  /** Conditional writes, where the server has them. */
  exchange(exchange: Exchange): Promise<Exchanged> {
    return this.#ask('write', exchange.key, 's3:GetObject and s3:PutObject', (attempt) =>
      this.#exchanges.exchange(exchange, attempt),
    );
  }

  async delete(key: string): Promise<void> {
    await this.#ask('delete', key, 's3:DeleteObject', () =>
      ifThere(this.#client.send(new DeleteObjectCommand(this.#at(key)))),
    );
  }

  deleteMany(keys: readonly string[]): Promise<boolean> {
    return this.#deletions.deleteMany(keys, (work) =>
      this.#ask('delete', `${formatCount(keys.length, 'key')} from ${keys[0]} on`, 's3:DeleteObject', work),
    );
  }

  async close(): Promise<void> {
    this.#client.destroy();
  }

  #checksum(key: string): Promise<Checksum> {
    return this.#ask('look at', key, 's3:GetObject', async () => {
      const command = new HeadObjectCommand({ ...this.#at(key), ChecksumMode: 'ENABLED' });
      return checksumOf(await ifThere(this.#client.send(command)));
    });
  }

  #at(key: string): { Bucket: string; Key: string } {
    return { Bucket: this.#location.bucket, Key: this.#location.prefix + key };
  }

  #objectOf(key: string, headers: ObjectHeaders) {
    return { ...this.#at(key), ...this.#encryption(), ...headersOf(headers) };
  }

  #encryption() {
    const { encryption, encryptionKey } = this.#location;
    return {
      ...(encryption && { ServerSideEncryption: encryption }),
      ...(encryptionKey && { SSEKMSKeyId: encryptionKey }),
    };
  }

  #ask<T>(
    verb: string,
    key: string,
    right: string,
    work: (attempt: number, moved: () => void) => Promise<T>,
  ): Promise<T> {
    const request = { what: `${verb} ${key}`, right };
    const explained = async (attempt: number, moved: () => void): Promise<T> => {
      try {
        return await work(attempt, moved);
      } catch (failure) {
        const lacking = lackingOf(failure);
        const why = lacking && (await profileFault(this.#location, lacking));
        throw why
          ? new AlbaError('auth', `cannot ${request.what} in ${this.url}: ${why}`, { cause: failure })
          : failure;
      }
    };
    return retrying(explained, this.#retryOptions(request));
  }

  #retryOptions(request: S3Request): RetryOptions {
    return {
      ...this.#context,
      retries: this.#retries,
      passesAfter: (failure) => (isTransient(failure) ? 0 : undefined),
      explain: (failure) => s3Error(request, this.#location, failure),
      asked: this.#location.endpoint ?? this.url,
    };
  }
}

function headersOf({ contentType, cacheControl, contentDisposition }: ObjectHeaders) {
  return {
    ...(contentType && { ContentType: contentType }),
    ...(cacheControl && { CacheControl: cacheControl }),
    ...(contentDisposition && { ContentDisposition: contentDisposition }),
  };
}
