import { gzipSync } from 'node:zlib';
import { tokenChallenge } from '../../__tests__/support/servers/door.ts';
import type { Answered, Misfortune } from '../../__tests__/support/servers/faulty.ts';

/** What may go wrong with a request, by name. */
export type Misfortunes = Readonly<Record<string, Misfortune>>;

const json = { 'content-type': 'application/json' };
const xml = { 'content-type': 'application/xml' };
const nothing = Buffer.alloc(0);
const page = Buffer.from('<!doctype html><html><title>Sign in</title><p>Welcome');

const errors = (code: string, message: string): Buffer =>
  Buffer.from(JSON.stringify({ errors: [{ code, message }] }));
const s3Error = (code: string): Buffer =>
  Buffer.from(`<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}.</Message></Error>`);

function instead(status: number, headers: Answered['headers'] = {}, body: Buffer = nothing): Misfortune {
  return { instead: { status, headers, body } };
}

function inSeconds(seconds: number, date: Date): string {
  return new Date(date.getTime() + seconds * 1_000).toUTCString();
}

/** Where clouds hand out keys, which nobody is to be led to. */
const cloud = 'http://169.254.169.254/latest/meta-data/';

/** An answer that leads to another host, if it leads anywhere. */
function locatedAt(url: string): Misfortune {
  return {
    edit: (answer) => {
      const { location } = answer.headers;
      if (typeof location !== 'string') return answer;
      const { pathname, search } = new URL(location, url);
      return { ...answer, headers: { ...answer.headers, location: new URL(pathname + search, url).href } };
    },
  };
}

/** What may be led to another origin, which does the same. */
function elsewhereAt(url: string): Misfortunes {
  return {
    'redirect to another origin': {
      answerBy: ({ path }) => ({
        ...{ status: 307, body: nothing },
        headers: { location: new URL(path, url).href },
      }),
    },
    'a Location on another host': locatedAt(url),
  };
}

const anyServer: Misfortunes = {
  ...Object.fromEntries([408, 500, 502, 503, 504].map((status) => [`${status}`, instead(status)])),
  '429, wait in seconds': instead(429, { 'retry-after': '1' }),
  '429, wait until a date': instead(429, {
    date: inSeconds(0, new Date(0)),
    'retry-after': inSeconds(1, new Date(0)),
  }),
  '429, wait of an hour': instead(429, { 'retry-after': '3600' }),
  '400': instead(400),
  '401': instead(401),
  '401 that wants another token': {
    answerBy: ({ headers }) => ({
      ...{ status: 401, body: nothing },
      headers: { 'www-authenticate': tokenChallenge(headers) },
    }),
  },
  '403': instead(403),
  '404': instead(404),
  '405': instead(405),
  '413': instead(413),
  '503, compressed': instead(503, { 'content-encoding': 'gzip' }, gzipSync(page)),
  '500, and done': { done: { status: 500, headers: {}, body: nothing } },
  '200, a page': instead(200, { 'content-type': 'text/html', 'content-length': `${page.length}` }, page),
  '204': instead(204),
  'reset before': { reset: 'before' },
  'reset in the body': { reset: 'during' },
  'reset when done': { reset: 'after' },
  'reset in the answer': { reset: 'answer' },
  stall: { stall: true },
  'loop of redirects': {
    edit: (answer) => ({ ...answer, status: 307, headers: { location: '?again' }, body: nothing }),
  },
  'redirect to no URL': instead(307, { location: 'http://[' }),
  'redirect to the keys of a cloud': instead(307, { location: cloud }),
  '100 MB': instead(
    200,
    { 'content-type': 'application/vnd.oci.image.index.v1+json' },
    Buffer.alloc(100_000_000, ' '),
  ),
  'answer cut short': {
    edit: ({ status, headers, body }) => ({
      ...{ status, headers: { ...headers, 'content-length': `${body.length >> 1}` } },
      body: body.subarray(0, body.length >> 1),
    }),
  },
  'answer too long': {
    edit: ({ status, headers, body }) => {
      const longer = Buffer.concat([body, Buffer.from('more')]);
      return { status, headers: { ...headers, 'content-length': `${longer.length}` }, body: longer };
    },
  },
  'answer with another byte': {
    edit: (answer) => {
      const body = Buffer.from(answer.body);
      if (body.length > 0) body[body.length >> 1] = (body[body.length >> 1] ?? 0) ^ 1;
      return { ...answer, body };
    },
  },
};

/** What may go wrong with a request to a registry; some lead to another origin that does the same. */
export const registryMisfortunes = (elsewhere: string): Misfortunes => ({
  ...anyServer,
  ...elsewhereAt(elsewhere),
  '429, wait in words': instead(
    429,
    json,
    errors('TOOMANYREQUESTS', 'retry-after: 10.3ms, allowed: 44000/minute'),
  ),
  '403 that is a limit': instead(
    403,
    json,
    errors('DENIED', 'exceeded a secondary rate limit. retry-after: 10ms'),
  ),
  'secrets said back': {
    refuseBy: (headers) => ({
      status: 403,
      headers: json,
      body: errors('DENIED', `you sent ${headers.slice(-200)}`),
    }),
  },
  'secrets said back in an answer of 500': {
    refuseBy: (headers) => ({
      status: 500,
      headers: json,
      body: errors('UNKNOWN', `you sent ${headers.slice(-200)}`),
    }),
  },
  '201, not done': instead(201, { location: '/v2/lost' }),
  'another digest': {
    edit: (answer) => ({
      ...answer,
      headers: { ...answer.headers, 'docker-content-digest': `sha256:${'0'.repeat(64)}` },
    }),
  },
  'a Location of nothing': {
    edit: (answer) => ({ ...answer, headers: { ...answer.headers, location: undefined } }),
  },
  'a Location at the keys of a cloud': locatedAt(cloud),
});

/** The same of a bucket. */
export const bucketMisfortunes = (elsewhere: string): Misfortunes => ({
  ...anyServer,
  ...elsewhereAt(elsewhere),
  'secrets said back': {
    refuseBy: (headers) => ({
      ...{ status: 400, headers: xml },
      body: Buffer.from(`<Error><Code>Odd</Code><Message>you sent ${headers}</Message></Error>`),
    }),
  },
  SlowDown: instead(503, xml, s3Error('SlowDown')),
  'InternalError in a 200': instead(200, xml, s3Error('InternalError')),
  RequestTimeout: instead(400, xml, s3Error('RequestTimeout')),
  'a skewed clock': instead(
    403,
    { ...xml, date: inSeconds(7_200, new Date()) },
    s3Error('RequestTimeTooSkewed'),
  ),
  '301 of a region': instead(
    301,
    { ...xml, 'x-amz-bucket-region': 'eu-west-3' },
    s3Error('PermanentRedirect'),
  ),
  NoSuchUpload: instead(404, xml, s3Error('NoSuchUpload')),
  '200, not done': instead(200, { etag: '"0"' }),
  '200, and an error for each key': errorForEachKey('InternalError'),
  '200, and no permission for any key': errorForEachKey('AccessDenied'),
});

/** How DeleteObjects tells of what it did not delete. */
function errorForEachKey(code: string): Misfortune {
  return {
    answerBy: (_, sent) => {
      const keys = [...sent.toString().matchAll(/<Key>[^<]*<\/Key>/g)].map(([key]) => key);
      const told = keys.map((key) => `<Error>${key}<Code>${code}</Code><Message>${code}.</Message></Error>`);
      const body = Buffer.from(`<?xml version="1.0"?><DeleteResult>${told.join('')}</DeleteResult>`);
      return { status: 200, headers: xml, body };
    },
  };
}
