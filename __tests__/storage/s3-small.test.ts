import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { readBytes } from '../../src/storage/bytes.ts';
import { S3Storage } from '../../src/storage/s3.ts';
import { sign } from '../../src/storage/s3-sign.ts';
import { silent } from '../fixtures/silent.ts';
import { uploadOf } from './contract.ts';

it('signs as the example of the specification does', () => {
  const headers = sign(
    {
      method: 'PUT',
      path: '/test%24file.text',
      headers: {
        host: 'examplebucket.s3.amazonaws.com',
        date: 'Fri, 24 May 2013 00:00:00 GMT',
        'x-amz-storage-class': 'REDUCED_REDUNDANCY',
      },
      body: Buffer.from('Welcome to Amazon S3.'),
    },
    {
      accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
      secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      region: 'us-east-1',
    },
    new Date('2013-05-24T00:00:00Z'),
  );
  expect(headers.authorization).toContain(
    'SignedHeaders=date;host;x-amz-content-sha256;x-amz-date;x-amz-storage-class, ' +
      'Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd',
  );
});

describe('the second small object of a storage', () => {
  let server: Server;
  let statuses: number[];
  let asked: {
    readonly url: string | undefined;
    readonly headers: IncomingHttpHeaders;
    readonly body: string;
  }[];

  beforeEach(async () => {
    [statuses, asked] = [[], []];
    server = createServer(async (request, response) => {
      asked.push({ url: request.url, headers: request.headers, body: await text(request) });
      const status = statuses.shift() ?? 200;
      const code = status === 503 ? 'SlowDown' : 'AccessDenied';
      if (request.method === 'HEAD') response.setHeader('content-length', 0);
      const list = '<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>';
      const found = request.url?.includes('list-type=2') ? list : '';
      response.writeHead(status).end(status === 200 ? found : `<Error><Code>${code}</Code></Error>`);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
    vi.stubEnv('AWS_SESSION_TOKEN', 'token');
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });

  const open = (warn: (text: string) => void = () => {}): S3Storage => {
    const { port } = server.address() as AddressInfo;
    const url = `s3://bucket/pre?endpoint=http://127.0.0.1:${port}&s3ForcePathStyle=true&region=test&ssetype=AES256`;
    const location = toS3Location(splitStorageUrl(url));
    const retries = { count: 3, firstDelay: 1, longestDelay: 5 };
    return new S3Storage(
      location,
      { directory: '.' },
      { progress: { ...silent, warn }, signal: new AbortController().signal },
      retries,
    );
  };

  it("is asked for as the SDK's own first one, without what that tells of itself", async () => {
    const storage = open();
    const key = "a b/größe(1)*!'~+&=@:,$;?#%";
    const headers = { contentType: 'text/css', cacheControl: 'no-cache', contentDisposition: 'attachment' };
    await storage.put(key, uploadOf('bytes'), headers);
    await storage.put(key, uploadOf('bytes'), headers);
    const [first, second] = asked;
    expect(second?.headers).not.toHaveProperty('user-agent');
    expect(first?.headers).toHaveProperty('user-agent');
    expect([`${second?.url}?x-id=PutObject`, second?.body]).toEqual([first?.url, first?.body]);
    const same = ['content-type', 'cache-control', 'content-disposition', 'content-length', 'host'];
    for (const name of [
      ...same,
      'x-amz-content-sha256',
      'x-amz-security-token',
      'x-amz-server-side-encryption',
    ]) {
      expect([name, second?.headers[name]]).toEqual([name, first?.headers[name]]);
    }
  });

  it('is looked at and listed without the SDK, and signed for as by it', async () => {
    const storage = open();
    await storage.put('a', uploadOf('1'), {});
    expect(await storage.head('b é')).toMatchObject({ key: 'b é', size: 0 });
    statuses = [404];
    expect(await storage.head('c')).toBeUndefined();
    const [, head, missing] = asked;
    expect([head?.url, missing?.url]).toEqual(['/bucket/pre/b%20%C3%A9', '/bucket/pre/c']);
    expect(head?.headers).not.toHaveProperty('user-agent');
    expect(head?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=key/);
  });

  it('is read without the SDK, and the bucket is asked again by it only for what it alone tells', async () => {
    const storage = open();
    await storage.put('a', uploadOf('1'), {});
    expect(await readBytes(storage, 'b é')).toEqual(Buffer.alloc(0));
    statuses = [404, 403, 403];
    expect(await readBytes(storage, 'c')).toBeUndefined();
    await expect(readBytes(storage, 'd')).rejects.toThrow(/cannot read d in .*s3:GetObject/);
    const shown = asked.slice(1).map(({ url, headers }) => [url, headers['user-agent'] !== undefined]);
    expect(shown).toEqual([
      ['/bucket/pre/b%20%C3%A9?x-id=GetObject', false],
      ['/bucket/pre/c?x-id=GetObject', false],
      ['/bucket/pre/d?x-id=GetObject', false],
      ['/bucket/pre/d?x-id=GetObject', true],
    ]);
  });

  it('is asked for as the first one was, be that a list', async () => {
    const storage = open();
    for await (const object of storage.list('')) expect(object).toBeUndefined();
    await storage.head('a');
    const [list, head] = asked;
    expect([list?.headers['user-agent'], head?.headers['user-agent']]).toEqual([
      expect.anything(),
      undefined,
    ]);
    expect(head?.url).toBe('/bucket/pre/a');
  });

  it('is not asked for leave to send a large object', async () => {
    const storage = open();
    await storage.put('large', uploadOf(Buffer.alloc(3 * 1024 * 1024)), {});
    await storage.put('a', uploadOf('1'), {});
    expect(asked.map(({ headers }) => headers.expect)).toEqual([undefined, undefined]);
  });

  it('is sent again when the server is busy, and each time is told', async () => {
    const warnings: string[] = [];
    const storage = open((warning) => warnings.push(warning));
    statuses = [200, 503, 503, 200];
    await storage.put('a', uploadOf('1'), {});
    await storage.put('b', uploadOf('2'), {});
    expect(asked.map(({ body }) => body)).toEqual(['1', '2', '2', '2']);
    expect(warnings).toHaveLength(2);
    expect(warnings[0]).toMatch(/retry 1 of 3: cannot write b in s3:\/\/bucket\/pre/);
  });

  it('fails with the sentence of any other request', async () => {
    const storage = open();
    statuses = [200, 403];
    await storage.put('a', uploadOf('1'), {});
    await expect(storage.put('b', uploadOf('2'), {})).rejects.toThrow(/cannot write b in .*s3:PutObject/);
    expect(asked).toHaveLength(2);
  });
});
