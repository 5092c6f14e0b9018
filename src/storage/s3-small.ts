import type { Readable } from 'node:stream';
import type { GetObjectCommandInput, PutObjectCommandInput, S3Client } from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/core/protocols';
import * as v from 'valibot';
import { encodeKey, encodeValue } from './encode-key.ts';
import { type ListPage, type ObjectHead, readListPage } from './s3-list-page.ts';
import type { ObjectAnswer } from './s3-read.ts';
import { sign } from './s3-sign.ts';

/** Where the SDK finds the bucket. */
interface Address {
  readonly protocol: string;
  readonly hostname: string;
  readonly port: number | undefined;
  /** The path, encoded, to which a key is added. */
  readonly base: string;
  readonly region: string;
}

const requestSchema = v.object({
  protocol: v.string(),
  hostname: v.string(),
  port: v.optional(v.number()),
  path: v.string(),
  headers: v.object({ authorization: v.string() }),
});
const nothing = Buffer.alloc(0);
const inputSchema = v.object({ Bucket: v.string(), Key: v.optional(v.string()) });
const scope = /^AWS4-HMAC-SHA256 Credential=[^/]+\/\d{8}\/([^/]+)\/s3\/aws4_request,/;

/** What is sent besides the address. */
interface Sent {
  readonly method: 'PUT' | 'HEAD' | 'GET';
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

/** What a server answered. */
interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Readable;
}

/**
 * The requests that there are many of, with a fifth of the work that the SDK does for each. Address and region are learnt
 * from the SDK's own first request; credentials and connections are the SDK's. Each method gives undefined where the SDK is
 * to ask: before its first request, where it signs in another way, and where something is wrong, which it tells best.
 */
export class SmallRequests {
  readonly #client: S3Client;
  #address: Address | undefined;

  constructor(client: S3Client) {
    this.#client = client;
    client.middlewareStack.add(
      (next) => (args) => {
        if (!this.#address) this.#address = addressOf(args);
        return next(args);
      },
      { step: 'finalizeRequest', priority: 'low' },
    );
  }

  /** True once it is put. */
  async put(object: PutObjectCommandInput, body: Buffer): Promise<true | undefined> {
    const answer = await this.#send(({ base }) => ({
      method: 'PUT',
      path: base + encodeKey(object.Key ?? ''),
      headers: headersOf(object),
      body,
    }));
    if (!answer) return undefined;
    const told = await textOf(answer.body);
    // The SDK learns of the server's clock, and sends it again.
    if (answer.status === 403 && told.includes('<Code>RequestTimeTooSkewed</Code>')) return undefined;
    if (answer.status !== 200) throw errorOf(answer.status, told);
    return true;
  }

  /** The bytes of an object as they come, or that there is none. */
  async get({
    Key = '',
    Range,
    IfMatch,
  }: GetObjectCommandInput): Promise<ObjectAnswer | 'missing' | undefined> {
    const answer = await this.#send(({ base }) => ({
      ...{ method: 'GET', path: base + encodeKey(Key), query: { 'x-id': 'GetObject' } },
      headers: { ...(Range && { range: Range }), ...(IfMatch && { 'if-match': IfMatch }) },
    }));
    if (!answer) return undefined;
    const { status, headers, body } = answer;
    if (status === 200 || status === 206) {
      const { etag: ETag, 'content-range': ContentRange, 'content-length': size } = headers;
      return {
        Body: body,
        ...(size !== undefined && { ContentLength: Number(size) }),
        ...(ETag && { ETag }),
        ...(ContentRange && { ContentRange }),
      };
    }
    const told = await textOf(body);
    if (isBusy(status)) throw errorOf(status, told);
    return status === 404 && !told.includes('<Code>NoSuchBucket</Code>') ? 'missing' : undefined;
  }

  /** What an object is like, or that there is none. */
  async head(key: string): Promise<ObjectHead | 'missing' | undefined> {
    const answer = await this.#send(({ base }) => ({ method: 'HEAD', path: base + encodeKey(key) }));
    if (!answer) return undefined;
    await textOf(answer.body);
    if (answer.status === 404) return 'missing';
    if (isBusy(answer.status)) throw errorOf(answer.status, '');
    const size = answer.headers['content-length'];
    if (answer.status !== 200 || size === undefined) return undefined;
    const { etag: ETag, 'last-modified': modified } = answer.headers;
    const LastModified = new Date(modified ?? 0);
    return {
      Size: Number(size),
      ...(ETag && { ETag }),
      ...(!Number.isNaN(LastModified.getTime()) && { LastModified }),
    };
  }

  /** One page of a list; the parameters are those of ListObjectsV2. */
  async list(query: Readonly<Record<string, string>>): Promise<ListPage | undefined> {
    const answer = await this.#send(({ base }) => ({
      method: 'GET',
      path: base.slice(0, -1) || '/',
      query: { ...query, 'list-type': '2' },
    }));
    if (!answer) return undefined;
    const told = await textOf(answer.body);
    if (isBusy(answer.status)) throw errorOf(answer.status, told);
    return answer.status === 200 ? readListPage(told) : undefined;
  }

  async #send(toSend: (address: Address) => Sent): Promise<Answered | undefined> {
    if (!this.#address) return undefined;
    const { base: _, region, port, ...address } = this.#address;
    const { method, path, query, headers: own, body } = toSend(this.#address);
    const { config } = this.#client;
    const host = port === undefined ? address.hostname : `${address.hostname}:${port}`;
    const signer = { ...(await config.credentials()), region };
    const now = new Date(Date.now() + config.systemClockOffset);
    const queryText = Object.entries(query ?? {})
      .map(([name, value]) => `${name}=${encodeValue(value)}`)
      .sort()
      .join('&');
    const signable = { method, path, query: queryText, headers: { ...own, host }, body: body ?? nothing };
    const headers = {
      ...sign(signable, signer, now),
      ...(body && { 'content-length': String(body.length) }),
    };
    const request = new HttpRequest({
      ...address,
      ...(port && { port }),
      ...{ method, path, headers },
      ...(query && { query }),
      ...(body && { body }),
    });
    const { response } = await config.requestHandler.handle(request);
    return { status: response.statusCode, headers: response.headers, body: response.body };
  }
}

/** All of an answer, which mostly is empty: an iterator would cost more than the rest of it. */
function textOf(body: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    body.on('data', (chunk: Buffer) => chunks.push(chunk));
    body.once('end', () => resolve(Buffer.concat(chunks).toString()));
    body.once('error', reject);
    body.once('close', () => {
      if (body.readableEnded) return;
      const broken = new Error('the connection was closed before the answer was complete');
      reject(Object.assign(broken, { code: 'ECONNRESET' }));
    });
  });
}

function headersOf(object: PutObjectCommandInput): Record<string, string> {
  const { CacheControl, ContentDisposition, ServerSideEncryption, SSEKMSKeyId } = object;
  return {
    'content-type': object.ContentType ?? 'application/octet-stream',
    ...(CacheControl && { 'cache-control': CacheControl }),
    ...(ContentDisposition && { 'content-disposition': ContentDisposition }),
    ...(ServerSideEncryption && { 'x-amz-server-side-encryption': ServerSideEncryption }),
    ...(SSEKMSKeyId && { 'x-amz-server-side-encryption-aws-kms-key-id': SSEKMSKeyId }),
  };
}

function addressOf({ input, request }: { readonly input: object; readonly request?: unknown }) {
  const given = v.safeParse(inputSchema, input);
  const sent = v.safeParse(requestSchema, request);
  if (!given.success || !sent.success) return undefined;
  const { protocol, hostname, port, path, headers } = sent.output;
  const region = scope.exec(headers.authorization)?.[1];
  if (region === undefined) return undefined;
  const address = { protocol, hostname, port, region };
  const { Key } = given.output;
  // What is asked of the bucket itself, as a list is.
  if (Key === undefined) return { ...address, base: path.replace(/\/?$/, '/') };
  const key = encodeKey(Key);
  return path.endsWith(`/${key}`) ? { ...address, base: path.slice(0, -key.length) } : undefined;
}

/** The server wants to be asked later. */
function isBusy(status: number): boolean {
  return status >= 500 || status === 429 || status === 408;
}

/** An answer as the SDK would throw it. */
function errorOf(status: number, answer: string): Error {
  const [code, message] = ['Code', 'Message'].map(
    (name) => new RegExp(`<${name}>([^<]*)</${name}>`).exec(answer)?.[1],
  );
  const error = new Error(message ?? `status ${status}`);
  return Object.assign(error, { name: code ?? 'UnknownError', $metadata: { httpStatusCode: status } });
}
