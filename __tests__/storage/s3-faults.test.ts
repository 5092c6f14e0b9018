import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { setInterval as ticks } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import type { StorageOptions } from '../../src/storage/options.ts';
import { S3Storage } from '../../src/storage/s3.ts';
import type { Storage, Upload } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { knownUpload, listing, read, uploadOf } from './contract.ts';

const MiB = 1024 * 1024;

interface Asked {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: Buffer;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => unknown;

/** Answers with each of these in turn, the last one for ever. */
let answers: Answer[];
let asked: Asked[];
let warnings: string[];
let server: Server;

beforeEach(async () => {
  [answers, asked, warnings] = [[], [], []];
  server = createServer(async (request, response) => {
    const answer = answers.length > 1 ? answers.shift() : answers[0];
    if (answer === breakOff) {
      answer(response, request);
      return;
    }
    const { method = '', url = '', headers } = request;
    const body = await buffer(request).catch(() => undefined);
    if (!body) return;
    asked.push({ method, url, headers, body });
    answer?.(response, request);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
});
afterEach(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
});

function open(
  more = 'region=test',
  {
    bucket = 'bucket',
    longestSilence,
    ...options
  }: Partial<StorageOptions> & { readonly bucket?: string; readonly longestSilence?: number } = {},
): Storage {
  const { port } = server.address() as AddressInfo;
  const url = `s3://${bucket}?endpoint=http://127.0.0.1:${port}&s3ForcePathStyle=true&${more}`;
  const location = toS3Location(splitStorageUrl(url));
  const progress = { ...silent, warn: (text: string) => warnings.push(text) };
  const context = { progress, signal: new AbortController().signal };
  return new S3Storage(location, { directory: '.', ...options }, context, {
    count: 6,
    firstDelay: 1,
    longestDelay: 5,
    ...(longestSilence !== undefined && { longestSilence }),
  });
}

function send(status: number, body = '', headers = {}): Answer {
  return (response) => response.writeHead(status, headers).end(body);
}

function fail(status: number, code: string, more = ''): Answer {
  return send(
    status,
    `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}.</Message>${more}</Error>`,
  );
}

/** Breaks the connection at the first bytes of the body. */
function breakOff(_response: ServerResponse, request: IncomingMessage): void {
  request.once('data', () => request.socket.resetAndDestroy());
}

/** Tells how often it was opened. */
function countedUpload(size: number): Upload & { opened: number } {
  const upload = {
    size,
    opened: 0,
    open: () => {
      upload.opened += 1;
      return Readable.from([Buffer.alloc(size, upload.opened)], { objectMode: false });
    },
  };
  return upload;
}

const listed = send(200, '<ListBucketResult><KeyCount>0</KeyCount></ListBucketResult>', {
  'content-type': 'application/xml',
});

describe('a server that fails for a while', () => {
  it('is not believed to be empty where it answers with no list, and asked again', async () => {
    const strange: Record<string, Answer> = {
      'nothing at all': send(204),
      'an empty body': send(200),
      'an error': fail(200, 'InternalError'),
    };
    for (const [what, answer] of Object.entries(strange)) {
      asked = [];
      answers = [answer];
      const found = await listing(open()).catch((failure: Error) => failure.message);
      expect([what, found]).toEqual([
        what,
        expect.stringMatching(
          /^cannot list .*: (the answer \(\d+\) is no list|.* InternalError).*; tried 7 times in/,
        ),
      ]);
      answers = [answer, answer, listed];
      expect(await listing(open())).toEqual([]);
    }
  });

  it('is asked again, each time told', async () => {
    answers = [fail(503, 'SlowDown'), fail(500, 'InternalError'), send(200)];
    await open().put('k', uploadOf('bytes'), {});
    expect(asked.map(({ method, body }) => `${method} ${body}`)).toEqual(Array(3).fill('PUT bytes'));
    expect(warnings).toEqual([
      expect.stringMatching(/^retry 1 of 6: cannot write k in s3:\/\/bucket: .*503 SlowDown/),
      expect.stringMatching(/^retry 2 of 6: .*500 InternalError/),
    ]);
  });

  it('gets a stream again from its start when the connection breaks', async () => {
    answers = [breakOff, send(200)];
    const upload = countedUpload(3 * MiB);
    await open().put('k', upload, {});
    expect(upload.opened).toBe(2);
    expect(asked).toHaveLength(1);
    expect(asked[0]?.body.equals(Buffer.alloc(3 * MiB, 2))).toBe(true);
    expect(asked[0]?.headers['content-length']).toBe(String(3 * MiB));
    expect(warnings).toHaveLength(1);
  });

  it('is not silent while a large object moves', async () => {
    answers = [send(503), send(200)];
    const size = 2 * MiB;
    const pieces = async function* () {
      for await (const _ of ticks(100)) yield Buffer.alloc(size / 16);
    };
    const slow = { size, open: () => Readable.from(pieces()).take(16) };
    await open('region=test', { longestSilence: 1_300 }).put('k', slow, {});
    expect(asked.map(({ body }) => body.length)).toEqual([size, size]);
  });

  it('is asked for the rest of an object whose connection broke, if it is the same still', async () => {
    const content = Buffer.alloc(3 * MiB, 'content');
    const breaking: Answer = (response) => {
      response.writeHead(200, { 'content-length': content.length, etag: '"e"' });
      response.write(content.subarray(0, MiB), () => response.destroy());
    };
    const rest: Answer = (response, request) => {
      const from = Number(/\d+/.exec(request.headers.range ?? '')?.[0]);
      const range = `bytes ${from}-${content.length - 1}/${content.length}`;
      response.writeHead(206, { 'content-range': range, 'content-length': content.length - from });
      response.end(content.subarray(from));
    };
    answers = [breaking, fail(503, 'SlowDown'), rest];
    const stream = await open().get('k');
    expect(stream && (await buffer(stream)).equals(content)).toBe(true);
    expect(asked[2]?.headers).toMatchObject({
      'if-match': '"e"',
      range: expect.stringMatching(/^bytes=[1-9]/),
    });
    expect(warnings[0]).toMatch(/^retry 1 of 6: cannot read k in s3:\/\/bucket: .*the connection broke/);
    answers = [breaking, fail(412, 'PreconditionFailed')];
    const changed = await open().get('k');
    await expect(changed && buffer(changed)).rejects.toThrow('cannot read k in s3://bucket');
  });

  it('is given up after some attempts', async () => {
    answers = [fail(503, 'SlowDown')];
    await expect(open().head('k')).rejects.toThrow(/cannot look at k in s3:\/\/bucket/);
    expect(asked).toHaveLength(7);
  });

  it('gets a part again, and is believed when the last answer is lost', async () => {
    const parts = 9;
    const size = 8 * MiB * (parts - 1) + 1;
    const done = (response: ServerResponse) => response.socket?.resetAndDestroy();
    const start = send(
      200,
      '<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>',
    );
    const part = send(200, '', { etag: '"e"' });
    answers = [start, fail(500, 'InternalError'), ...Array<Answer>(parts).fill(part)];
    answers.push(done, fail(404, 'NoSuchUpload'), send(200, '', { 'content-length': String(size) }));
    const upload = countedUpload(size);
    await open().put('k', upload, {});
    expect(upload.opened).toBe(1);
    const sent = asked.filter(({ method }) => method === 'PUT');
    const numberOf = ({ url }: Asked): number => Number(/partNumber=(\d+)/.exec(url)?.[1]);
    expect(sent).toHaveLength(parts + 1);
    expect(new Set(sent.map(numberOf)).size).toBe(parts);
    for (const one of sent) expect(one.body.length).toBe(numberOf(one) === parts ? 1 : 8 * MiB);
    expect(asked.slice(-3).map(({ method }) => method)).toEqual(['POST', 'POST', 'HEAD']);
  });

  it('is told to forget the parts when one cannot be stored', async () => {
    const start = send(
      200,
      '<InitiateMultipartUploadResult><UploadId>id</UploadId></InitiateMultipartUploadResult>',
    );
    answers = [start, fail(403, 'AccessDenied')];
    await expect(open().put('k', countedUpload(65 * MiB), {})).rejects.toThrow(/s3:PutObject/);
    expect(asked.at(-1)).toMatchObject({ method: 'DELETE', url: expect.stringContaining('uploadId=id') });
  });
});

describe('a server that refuses', () => {
  it.each([
    [fail(403, 'AccessDenied'), 'auth', /no permission: it takes s3:PutObject/],
    [fail(404, 'NoSuchBucket'), 'target', /no bucket "bucket" at http:\/\/127.*create it/],
    [fail(403, 'SignatureDoesNotMatch'), 'auth', /check AWS_ACCESS_KEY_ID/],
    [fail(400, 'ExpiredToken'), 'auth', /AWS_SESSION_TOKEN/],
    [fail(301, 'PermanentRedirect'), 'target', /region is wrong/],
    [
      fail(400, 'AuthorizationHeaderMalformed', '<Region>eu-west-3</Region>'),
      'target',
      /it is in "eu-west-3"/,
    ],
    [fail(501, 'NotImplemented'), 'target', /answered 501 NotImplemented/],
  ])('is asked once, and told of: %#', async (answer, code, message) => {
    answers = [answer];
    const failure = await open()
      .put('k', uploadOf('x'), {})
      .catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({ name: 'AlbaError', code, message: expect.stringMatching(message) });
    expect(asked).toHaveLength(1);
    expect(warnings).toEqual([]);
  });

  it('or is no S3 server', async () => {
    answers = [send(200, '<!doctype html><p>Welcome', { 'content-type': 'text/html' })];
    await expect(listing(open())).rejects.toThrow(/did not answer as an S3 server does: check \?endpoint=/);
  });

  it('or lists without an end', async () => {
    const page = '<Contents><Key>k</Key><Size>1</Size></Contents>';
    const same = `<IsTruncated>true</IsTruncated><NextContinuationToken>same</NextContinuationToken>${page}`;
    answers = [
      send(200, `<ListBucketResult>${same}</ListBucketResult>`, { 'content-type': 'application/xml' }),
    ];
    await expect(listing(open())).rejects.toThrow(/cannot list .*the list does not end after 2 pages/);
  });

  it('or is not there', async () => {
    const storage = open();
    server.close();
    await once(server, 'close');
    await expect(storage.head('k')).rejects.toThrow(/cannot be reached \(ECONNREFUSED\)/);
  });
});

describe('a clock', () => {
  const skewed = (date: Date): Answer =>
    send(403, '<Error><Code>RequestTimeTooSkewed</Code><Message>no</Message></Error>', {
      date: date.toUTCString(),
    });

  it('that is wrong is not minded where the server tells its own, also within a run', async () => {
    const later = new Date(Date.now() + 7_200_000);
    answers = [send(200), skewed(later), skewed(later), send(200)];
    const storage = open();
    await storage.put('first', uploadOf('x'), {});
    await storage.put('second', uploadOf('x'), {});
    const told = `${asked.at(-1)?.headers['x-amz-date']}`;
    expect(told.slice(0, 11)).toBe(later.toISOString().replace(/[-:]/g, '').slice(0, 11));
  });

  it('that the server holds to be wrong is told, with how far it is off', async () => {
    answers = [skewed(new Date(Date.now() + 7_200_000))];
    await expect(open().put('k', uploadOf('x'), {})).rejects.toThrow(
      /the clock of this machine is 1(19|20) min \d* ?s? ?behind that of http:.*RequestTimeTooSkewed.*set it/,
    );
    answers = [skewed(new Date(Date.now() - 7_200_000))];
    await expect(open().put('k', uploadOf('x'), {})).rejects.toThrow(/ahead of that of http:/);
  });
});

describe('an answer that drips', () => {
  const drip: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'application/xml' });
    const timer = setInterval(() => response.write(' '), 5);
    response.once('close', () => clearInterval(timer));
  };

  it('is broken off after a while, and asked for again', async () => {
    answers = [drip, listed];
    expect(await listing(open('region=test', { timeouts: { answer: 100 } }))).toEqual([]);
    expect(warnings[0]).toMatch(/^retry 1 of 6: cannot list .*\(ETIMEDOUT\)/);
  });
});

describe('who we are', () => {
  it('is nobody where that is asked for', async () => {
    answers = [send(200, 'bytes')];
    expect(await read(open('region=test&anonymous=true'), 'k')).toBe('bytes');
    expect(asked[0]?.headers.authorization).toBeUndefined();
    expect(await read(open(), 'k')).toBe('bytes');
    expect(asked[1]?.headers.authorization).toMatch(/^AWS4-HMAC-SHA256 Credential=key\//);
  });

  it('has to be known', async () => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY']) vi.stubEnv(name, undefined);
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', '/dev/null');
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    await expect(open().head('k')).rejects.toThrow(/no credentials were found.*anonymous/);
    await expect(open('region=test&profile=nobody').head('k')).rejects.toMatchObject({ code: 'auth' });
  });

  it('needs a region', async () => {
    vi.stubEnv('AWS_REGION', undefined);
    vi.stubEnv('AWS_CONFIG_FILE', '/dev/null');
    await expect(open('anonymous=true').head('k')).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringContaining('?region='),
    });
  });

  it('asks for no checksums that older servers refuse', async () => {
    answers = [send(200)];
    await open().put('k', uploadOf('x'), {});
    await open().put('k', countedUpload(3 * MiB), {});
    for (const { headers } of asked) {
      const names = Object.keys(headers).filter((name) => /checksum|trailer|^content-md5|^te$/.test(name));
      expect(names).toEqual([]);
      expect(headers['transfer-encoding']).toBeUndefined();
      expect(headers['content-encoding']).toBeUndefined();
    }
  });
});

describe('a server that is asked what it holds', () => {
  const expected = knownUpload('bytes');
  const object = { key: 'k', size: 5, modified: new Date(0), etag: '"0123456789abcdef0123456789abcdef"' };
  const sha256 = Buffer.from(expected.digest.slice(7), 'hex').toString('base64');
  const proofOf = (headers: object) => {
    answers = [send(200, '', headers)];
    return open().prove(object, expected);
  };

  it('proves it by a checksum of the whole object alone', async () => {
    expect(await proofOf({ 'x-amz-checksum-sha256': sha256 })).toBe('same');
    expect(asked.map(({ method, headers }) => `${method} ${headers['x-amz-checksum-mode']}`)).toEqual([
      'HEAD ENABLED',
    ]);
    expect(await proofOf({ 'x-amz-checksum-sha256': `${sha256}-1` })).toBe('unproved');
    expect(await proofOf({ 'x-amz-checksum-sha256': 'nonsense' })).toBe('unproved');
    expect(await proofOf({ 'x-amz-checksum-crc64nvme': 'r3lzt6hfmnw=' })).toBe('unproved');
    expect(await proofOf({ 'x-amz-server-side-encryption': 'AES256' })).toBe('unproved');
  });

  it('says nothing of bytes under a key of AWS KMS, unless it keeps their checksum', async () => {
    const kms = { 'x-amz-server-side-encryption': 'aws:kms' };
    expect(await proofOf(kms)).toBe('hidden');
    expect(await proofOf({ ...kms, 'x-amz-checksum-sha256': sha256 })).toBe('same');
    const other = Buffer.alloc(32).toString('base64');
    expect(await proofOf({ ...kms, 'x-amz-checksum-sha256': other })).toBe('unproved');
  });

  it('is asked for no further copy once it has worked out no checksum of one', async () => {
    answers = [send(200, '<CopyObjectResult><ETag>"0"</ETag></CopyObjectResult>'), send(200)];
    const storage = open();
    expect(await storage.copy('from', 'to', {}, expected.digest)).toBe(false);
    expect(await storage.copy('from', 'also', {}, expected.digest)).toBe(false);
    expect(asked.map(({ method, headers }) => `${method} ${headers['x-amz-checksum-algorithm']}`)).toEqual([
      'PUT SHA256',
      'HEAD undefined',
    ]);
  });
});

describe('a conditional write whose answer is lost', () => {
  const [refused, missing] = [fail(412, 'PreconditionFailed'), fail(404, 'NoSuchKey')];
  const lose: Answer = (_, request) => request.socket.resetAndDestroy();
  const bytes = Buffer.from('own');
  const exchange = () =>
    open().exchange?.({
      key: 'tag',
      before: undefined,
      bytes,
      headers: {},
      twin: { key: 'twin', headers: {} },
    });

  it('is done where its bytes are there by now', async () => {
    answers = [refused, refused, missing, lose, send(200, 'own', { etag: '"1"' })];
    expect(await exchange()).toBe('done');
    expect(asked.filter(({ method }) => method === 'PUT').length).toBe(3);
  });

  it('is done where they come there while it is written once more', async () => {
    answers = [refused, refused, missing, lose, missing, refused, send(200, 'own', { etag: '"1"' })];
    expect(await exchange()).toBe('done');
  });

  it('is lost where others are there', async () => {
    answers = [refused, refused, missing, lose, send(200, 'other', { etag: '"1"' })];
    expect(await exchange()).toBe('lost');
  });

  it('is written once more where nothing is there', async () => {
    answers = [refused, refused, missing, lose, missing, send(200)];
    expect(await exchange()).toBe('done');
  });
});

it('a conditional write that was answered is lost where its bytes are there already, of another writer', async () => {
  const refused = fail(412, 'PreconditionFailed');
  answers = [refused, refused, send(200, 'own', { etag: '"1"' })];
  const own = { key: 'tag', before: undefined, bytes: Buffer.from('own'), headers: {} };
  expect(await open().exchange?.({ ...own, twin: { key: 'twin', headers: {} } })).toBe('lost');
});

it('a directory bucket, whose lists are in no order, loses no key', async () => {
  const xml = { 'content-type': 'application/xml' };
  const page = (keys: readonly string[], next?: string) =>
    send(
      200,
      `<ListBucketResult><IsTruncated>${next !== undefined}</IsTruncated>${
        next === undefined ? '' : `<NextContinuationToken>${next}</NextContinuationToken>`
      }${keys.map((key) => `<Contents><Key>${key}</Key><Size>1</Size></Contents>`).join('')}</ListBucketResult>`,
      xml,
    );
  const session =
    '<SessionToken>t</SessionToken><SecretAccessKey>s</SecretAccessKey><AccessKeyId>i</AccessKeyId>';
  const until = '<Expiration>2099-01-01T00:00:00Z</Expiration>';
  answers = [
    send(
      200,
      `<CreateSessionResult><Credentials>${session}${until}</Credentials></CreateSessionResult>`,
      xml,
    ),
    page(['m/9', 'm/1', 'm/x'], 'two'),
    page(['m/5', 'm/3']),
  ];
  const storage = open('region=test', { bucket: 'things--use1-az4--x-s3' });
  const within = [
    { after: 'm/', before: 'm/4' },
    { after: 'm/4', before: 'm/8' },
  ];
  const found: string[] = [];
  for await (const { key } of storage.list('m/', { within })) found.push(key);
  expect(found).toEqual(['m/1', 'm/3', 'm/5']);
  expect(asked.map(({ url }) => url).filter((url) => url.includes('start-after'))).toEqual([]);
});
