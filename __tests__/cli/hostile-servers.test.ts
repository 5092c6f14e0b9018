import { mkdtempSync, readdirSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { tagKey } from '../../src/release/keys.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Answer, startFake } from '../repository/registry/fake.ts';
import { runMeasured } from '../support/measured.ts';

const temporary = useTemporary();
/** In MiB, of a process that has 80 when it does nothing. */
const mostMemory = 300;
/** In seconds, on a machine that does other things, too. */
const longest = 60;
const content = Buffer.from('hostile');

/** Runs a command of a server that answers so, in a folder of its own; what is there afterwards. */
async function meet(answer: Answer, wordsOf: (host: string) => readonly string[]) {
  await using server = await startFake(answer);
  const outer = mkdtempSync(join(temporary.path, 'at-'));
  const cwd = mkdtempSync(join(outer, 'cwd-'));
  const ended = await runMeasured(wordsOf(server.host), { cwd });
  const files = readdirSync(outer, { recursive: true, encoding: 'utf8' }).filter(
    (name) => join(outer, name) !== cwd,
  );
  return { ...ended, files, requests: server.seen.length };
}

/** It is refused in one sentence of ours, soon, in little memory, and leaves nothing. */
function expectRefusal(ended: Awaited<ReturnType<typeof meet>>, sentence: string | RegExp): void {
  expect(ended).toMatchObject({ files: [], stdout: '' });
  expect(ended.code).toBeGreaterThan(0);
  expect(ended.stderr).toMatch(/^alba: /m);
  expect(ended.stderr).not.toMatch(/^ {4}at |heap/m);
  expect(ended.stderr).toMatch(sentence);
  expect(ended.peak).toBeLessThan(mostMemory);
  expect(ended.seconds).toBeLessThan(longest);
}

const document = (resources: readonly object[]) =>
  JSON.stringify({ flavors: [{ resources, platform: { os: 'linux', architecture: 'amd64' } }] });
const resource = (path: string, more: object = {}) => ({
  path,
  size: content.length,
  digest: digestOf(content),
  ...more,
});
const isDocument = (path: string): boolean => path === `/${tagKey({ name: 'app', tag: '1.0' })}`;
const pullFiles = (host: string) => [
  'static',
  'pull',
  '--platform',
  'linux/amd64',
  '-t',
  'app:1.0',
  `http://${host}`,
  './dest',
];

/** A server of a release of plain files with this document, and of `file` for all else; it tells no sizes. */
const serving =
  (text: string, file: (response: ServerResponse) => unknown = (response) => response.end(content)): Answer =>
  ({ method, path }, response) => {
    if (method === 'HEAD') response.end();
    else if (isDocument(path)) response.end(text);
    else file(response);
  };

/** Sends as long as somebody takes. */
function endless(response: ServerResponse, chunk = Buffer.alloc(64 * 1024, ' ')): void {
  const send = () => {
    while (!response.destroyed && response.write(chunk));
  };
  response.on('drain', send).on('error', () => {});
  send();
}

describe('plain files from a hostile server', () => {
  it.each([
    ...['../x', '..', '.', '', '/etc/alba-x', 'a/../../x', './x', 'a//b', 'x/', 'a\0b'],
    ...['//evil.example/x', 'https://evil.example/x', 'a'.repeat(300), `${'a/'.repeat(3000)}a`],
  ])('lie outside, or have no name: %j', async (path) => {
    const ended = await meet(serving(document([resource(path)])), pullFiles);
    expectRefusal(ended, /app/);
  });
  it.each<readonly [string, Answer, string | RegExp]>([
    [
      'a page for every name',
      (_, response) => response.setHeader('content-type', 'text/html').end('<html>It works!</html>'),
      /page/,
    ],
    ['200 and nothing for every name', (_, response) => response.end(), /JSON/],
    [
      '200 and octets for every name',
      (_, response) => response.setHeader('content-type', 'application/octet-stream').end('x'.repeat(1000)),
      /JSON/,
    ],
    ['a document that does not end', (_, response) => endless(response), /longer|larger|more than/],
    [
      'a document that is a bomb of gzip',
      (_, response) =>
        response.setHeader('content-encoding', 'gzip').end(gzipSync(Buffer.alloc(128 * 1024 ** 2, ' '))),
      /./,
    ],
    [
      'redirects in a circle',
      ({ path }, response) => response.writeHead(302, { location: `${path}?` }).end(),
      /302/,
    ],
    [
      'redirects that go on for ever',
      ({ path }, response) => response.writeHead(302, { location: `${path}a` }).end(),
      /302/,
    ],
    [
      'a redirect to the metadata of a cloud',
      (_, response) => response.writeHead(307, { location: 'http://169.254.169.254/latest/meta-data' }).end(),
      /private|169/,
    ],
    [
      'a redirect to what is no web server',
      (_, response) => response.writeHead(307, { location: 'file:///etc/passwd' }).end(),
      /307/,
    ],
    [
      'a file that does not end',
      serving(document([resource('a')]), (response) => endless(response)),
      /more than|expected/,
    ],
    [
      'a file without a size that does not end',
      serving(document([{ path: 'a' }]), (response) => endless(response)),
      /does not tell how many: serve it with a Content-Length/,
    ],
    ['a file of petabytes, it says', serving(document([resource('a', { size: 2 ** 52 })])), /max-size/],
  ])('have %s', { timeout: 180_000 }, async (_, answer, sentence) => {
    expectRefusal(await meet(answer, pullFiles), sentence);
  });
});

const pad = (number: number): string => `${number}`.padStart(9, '0');
const repeated = (count: number, one: (name: string) => string): string =>
  Array.from({ length: count }, (_, at) => one(pad(at))).join('');
const objects = (count: number, folder: number): string =>
  repeated(
    count,
    (name) =>
      `<Contents><Key>df-dist-v1/app/${folder}/${name}</Key><Size>3</Size><LastModified>2026-01-01T00:00:00.000Z</LastModified></Contents>`,
  );
const inBucket = (host: string) => [
  ...['static', 'ls'],
  `s3://b?endpoint=http://${host}&region=any&s3ForcePathStyle=true&anonymous=true`,
];
const multistatus = (responses: string): string =>
  `<?xml version="1.0"?><D:multistatus xmlns:D="DAV:">${responses}</D:multistatus>`;

describe('a list from a hostile server', () => {
  it('of 200,000 tags is told', { timeout: 180_000 }, async () => {
    const tags = Array.from({ length: 200_000 }, (_, at) => `1.0.${at}`);
    const ended = await meet(
      (_, response) => response.end(JSON.stringify({ name: 'app', tags })),
      (host) => ['static', 'ls', '-t', 'app', `http://${host}`],
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stdout.split('\n').length).toBeGreaterThan(200_000);
    expect(ended.peak).toBeLessThan(mostMemory);
  });

  it.each<readonly [string, Answer, (host: string) => readonly string[], RegExp]>([
    [
      'tags of a registry, page after page',
      ({ query }, response) => {
        const page = Number(query.get('last') ?? 0);
        response.setHeader('link', `</v2/app/tags/list?last=${page + 1}>; rel="next"`);
        response.end(JSON.stringify({ name: 'app', tags: [`1.${page}`] }));
      },
      (host) => ['container', 'ls', `docker://${host}/app?plain-http=true`],
      /does not end after 1000 pages/,
    ],
    [
      'objects of a bucket, in one page of a million',
      (_, response) =>
        response.end(
          `<ListBucketResult><IsTruncated>false</IsTruncated>${objects(1_000_000, 0)}</ListBucketResult>`,
        ),
      inBucket,
      /more than 16777216 bytes/,
    ],
    [
      'files of WebDAV, in one folder',
      ({ path }, response) =>
        response
          .writeHead(207)
          .end(
            multistatus(
              repeated(
                600_000,
                (name) =>
                  `<D:response><D:href>${path}${name}</D:href><D:propstat><D:prop><D:getcontentlength>3</D:getcontentlength></D:prop></D:propstat></D:response>`,
              ),
            ),
          ),
      (host) => ['static', 'ls', `http://${host}/dav?server=webdav`],
      /tells of more than 67108864 bytes/,
    ],
    [
      'assets of Nexus, page after page',
      ({ query }, response) => {
        const page = Number(query.get('continuationToken') ?? 0);
        const items = Array.from({ length: 20_000 }, (_, at) => ({ path: `df-dist-v1/app/${page}/${at}` }));
        response.end(JSON.stringify({ items, continuationToken: `${page + 1}` }));
      },
      (host) => ['static', 'ls', `http://${host}/repository/r?server=nexus`],
      /more than \d+ files/,
    ],
  ])('without an end is refused: %s', { timeout: 180_000 }, async (_, answer, wordsOf, sentence) => {
    expectRefusal(await meet(answer, wordsOf), sentence);
  });
});
