import {
  GetObjectCommand,
  PutObjectCommand,
  type PutObjectCommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import { digestOf } from '../oci/digest.ts';
import type { Exchange, Exchanged } from './exchange.ts';
import { s3StatusOf } from './s3-error.ts';

/** What conditional writes take: where objects lie, and what each of them is put with. */
export interface ExchangeOptions {
  readonly client: S3Client;
  /** The parameters of an object's put but for its bytes. */
  readonly objectOf: (place: Pick<Exchange, 'key' | 'headers'>) => PutObjectCommandInput;
}

/** An entity tag that no object has. */
const strange = '"0123456789abcdef0123456789abcdef-0"';

/** Whether a server keeps to conditions is known by trial: some take a conditional write and write all the same. */
export class S3Exchanges {
  readonly #options: ExchangeOptions;
  #keepsConditions: Promise<boolean> | undefined;

  constructor(options: ExchangeOptions) {
    this.#options = options;
  }

  /**
   * One attempt; failures are the SDK's. Before another `attempt` one failed that may have written all the same: then what is
   * there may be its.
   */
  async exchange(exchange: Exchange, attempt: number): Promise<Exchanged> {
    const exchanged = await this.#attempt(exchange);
    if (attempt === 1 || exchanged !== 'lost') return exchanged;
    const { digest } = await this.#look(exchange);
    if (digest !== digestOf(exchange.bytes)) return 'lost';
    return (await this.#keepsConditions) ? 'done' : 'doubtful';
  }

  async #attempt(exchange: Exchange): Promise<Exchanged> {
    this.#keepsConditions ??= this.#tryConditions(exchange);
    const isKept = await this.#keepsConditions.catch((failure: unknown) => {
      this.#keepsConditions = undefined;
      throw failure;
    });
    const { etag, digest } = await this.#look(exchange);
    if (digest !== exchange.before) return 'lost';
    if (!isKept || (digest !== undefined && etag === undefined)) {
      await this.#put(exchange, exchange.bytes, {});
      return 'doubtful';
    }
    const condition = etag === undefined ? { IfNoneMatch: '*' } : { IfMatch: etag };
    return (await this.#isRefused(exchange, exchange.bytes, condition)) ? 'lost' : 'done';
  }

  async #tryConditions({ twin, bytes }: Exchange): Promise<boolean> {
    for (const condition of [{ IfNoneMatch: '*' }, { IfMatch: strange }]) {
      try {
        if (!(await this.#isRefused(twin, bytes, condition))) return false;
      } catch (failure) {
        if ([400, 501].includes(s3StatusOf(failure) ?? 0)) return false;
        throw failure;
      }
    }
    return true;
  }

  /** A key that is gone cannot match, either. */
  async #isRefused(
    place: Pick<Exchange, 'key' | 'headers'>,
    bytes: Buffer,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  ): Promise<boolean> {
    try {
      await this.#put(place, bytes, condition);
      return false;
    } catch (failure) {
      const status = s3StatusOf(failure);
      if (status === 412 || (status === 404 && condition.IfMatch !== undefined)) return true;
      throw failure;
    }
  }

  async #put(
    place: Pick<Exchange, 'key' | 'headers'>,
    bytes: Buffer,
    condition: Pick<PutObjectCommandInput, 'IfMatch' | 'IfNoneMatch'>,
  ): Promise<void> {
    const { client, objectOf } = this.#options;
    const object = { ...objectOf(place), Body: bytes, ContentLength: bytes.length, ...condition };
    await client.send(new PutObjectCommand(object));
  }

  async #look({ key, headers }: Exchange) {
    const { client, objectOf } = this.#options;
    const { Bucket, Key } = objectOf({ key, headers });
    try {
      const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket, Key }));
      const bytes = await Body?.transformToByteArray();
      return { etag: ETag, digest: digestOf(Buffer.from(bytes ?? [])) };
    } catch (failure) {
      if (s3StatusOf(failure) === 404) return {};
      throw failure;
    }
  }
}
