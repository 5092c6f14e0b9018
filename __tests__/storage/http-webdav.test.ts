import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setInterval } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examineStorage } from '../../src/doctor/examine-storage.ts';
import { Findings } from '../../src/repository/finding.ts';
import { HttpStorage, type HttpStorageOptions } from '../../src/storage/http.ts';
import { readMultistatus } from '../../src/storage/http-multistatus.ts';
import { silent } from '../fixtures/silent.ts';
import { startFake } from '../repository/registry/fake.ts';
import { type Apache, startApache } from '../support/servers/apache.ts';
import { type Nginx, startNginx } from '../support/servers/nginx.ts';
import { describeWith } from '../support/tools.ts';
import { keepsTheContract, listing, read, uploadOf } from './contract.ts';

const opened: HttpStorage[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((storage) => storage.close()));
});

function open(url: string, options: Partial<HttpStorageOptions> = {}): HttpStorage {
  const storage = new HttpStorage(url, {
    progress: silent,
    signal: new AbortController().signal,
    findLogin: async () => undefined,
    retries: { count: 1, firstDelay: 1, longestDelay: 10 },
    isTarget: true,
    server: 'webdav',
    ...options,
  });
  opened.push(storage);
  return storage;
}

describeWith(['apache2'], 'Apache httpd with mod_dav', () => {
  let apache: Apache;
  beforeAll(async () => {
    apache = await startApache();
  });
  afterAll(() => apache?.stop());

  keepsTheContract(async () => open(`${apache.url}/${randomUUID()}/deep`), {
    numRuns: 10,
    overlapping: false,
    proves: false,
  });

  it('is known by what it says of itself, which is told', async () => {
    const lines: string[] = [];
    const progress = { ...silent, line: (text: string) => lines.push(text) };
    const storage = open(`${apache.url}/guess`, { server: undefined, progress });
    await storage.put('a/b', uploadOf('bytes'), {});
    expect(await listing(storage)).toEqual([['a/b', 5]]);
    expect(lines).toEqual([`${apache.url}/guess is taken for WebDAV, as it says "DAV: 1"`]);
  });

  it('keeps a folder whose name is deleted, with all that is in it', async () => {
    const storage = open(`${apache.url}/folders`);
    await storage.put('a/b/c', uploadOf('bytes'), {});
    await storage.delete('a/b');
    expect(await read(storage, 'a/b/c')).toBe('bytes');
    await storage.delete('a/b/c');
    expect(await storage.head('a/b/c')).toBeUndefined();
    expect(await listing(storage)).toEqual([]);
  });

  it('asks no deeper than it has to', async () => {
    const storage = open(`${apache.url}/deep`);
    for (const key of ['n/1/_self.json', 'n/1/linux/amd64/a', 'n/2/_self.json']) {
      await storage.put(key, uploadOf(key), {});
    }
    // A request is in the log a moment after its answer.
    const asked = (method: string) =>
      apache.requests().filter((line) => line.startsWith(`${method} /deep/`)).length;
    await expect.poll(() => asked('PUT')).toBe(3);
    const before = asked('PROPFIND');
    const found: string[] = [];
    for await (const { key } of storage.list('n/', { depth: 1 })) found.push(key);
    expect(found).toEqual(['n/1/_self.json', 'n/2/_self.json']);
    await expect.poll(() => asked('PROPFIND') - before).toBe(3);
  });

  it('makes each folder once', async () => {
    const storage = open(`${apache.url}/once`);
    await Promise.all(['a', 'b', 'c'].map((name) => storage.put(`x/y/${name}`, uploadOf(name), {})));
    const made = () =>
      apache.requests().filter((line) => /^MKCOL \/once\//.test(line) && / 201 /.test(line)).length;
    await expect.poll(made).toBe(3);
    expect(await listing(storage, 'x/')).toHaveLength(3);
  });
});

describeWith(['nginx'], 'nginx with its dav module, which lists nothing', () => {
  let nginx: Nginx;
  beforeAll(async () => {
    const { makeDirectory } = await import('../support/daemon.ts');
    const root = makeDirectory('nginx-dav');
    await mkdir(join(root, 'bare'));
    const dav = 'dav_access user:rw group:r all:r; client_max_body_size 1m;';
    nginx = await startNginx({
      root,
      more: `location / { dav_methods PUT DELETE MKCOL; create_full_put_path on; ${dav} }
location /put/ { dav_methods PUT; create_full_put_path on; ${dav} }
location /bare/ { dav_methods PUT DELETE; ${dav} }`,
    });
  });
  afterAll(() => nginx?.stop());

  it('takes files with any name, and gives them back', async () => {
    const storage = open(`${nginx.url}/dav`);
    for (const key of ['a b/c', 'é/ü', '%/#?', "quote'/(x)"]) {
      await storage.put(key, uploadOf(key), {});
      expect(await read(storage, key)).toBe(key);
      expect(await storage.head(key)).toMatchObject({ size: Buffer.byteLength(key) });
      await storage.delete(key);
      expect(await storage.get(key)).toBeUndefined();
    }
  });

  it('says that it cannot be listed', async () => {
    await expect(listing(open(`${nginx.url}/dav`))).rejects.toThrow(
      'knows no PROPFIND (it answered 405 for /dav/',
    );
  });

  it('without DELETE says that what it has stays', async () => {
    const storage = open(`${nginx.url}/put`);
    await storage.put('a', uploadOf('bytes'), {});
    await expect(storage.delete('a')).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining(
        '/put keeps what it has: the server deletes nothing (it answered 405 to DELETE a)',
      ),
    });
    expect(await read(storage, 'a')).toBe('bytes');
  });

  it('without DELETE gets nothing written by who examines it', async () => {
    const storage = open(`${nginx.url}/put`);
    const found = new Findings();
    await examineStorage(storage, true, found);
    expect(found.all).toContainEqual(expect.objectContaining({ capability: 'delete', outcome: 'no' }));
    expect(found.all).toContainEqual(expect.objectContaining({ capability: 'push', outcome: 'untried' }));
  });

  it('that makes no folders says that one is missing', async () => {
    const storage = open(`${nginx.url}/bare`);
    await storage.put('a', uploadOf('bytes'), {});
    await expect(storage.put('b/c', uploadOf('bytes'), {})).rejects.toThrow(
      'answered 500 Internal Server Error; a folder of it may be missing: nginx makes them with create_full_put_path',
    );
  });

  it('that takes no large files says so', async () => {
    const large = open(`${nginx.url}/dav`).put('large', uploadOf(Buffer.alloc(1_048_577)), {});
    await expect(large).rejects.toThrow(/answered 413 .*client_max_body_size/);
  });
});

describe('what a folder of WebDAV has', () => {
  const folder = new URL('http://host/dav/a%20b/');
  const answer = (href: string, more = '<x:getcontentlength>3</x:getcontentlength>') =>
    `<x:response><x:href>${href}</x:href><x:propstat><x:prop>${more}</x:prop></x:propstat></x:response>`;
  const names = (...responses: string[]) =>
    readMultistatus(`<x:multistatus xmlns:x="DAV:">${responses.join('')}</x:multistatus>`, folder).map(
      ({ name }) => name,
    );

  it('is read whatever its elements are prefixed with, escaped by whom it may be', () => {
    expect(
      names(answer('/dav/a%20b/'), answer('http://host/dav/a%20b/x%26y'), answer('/dav/a b/r&amp;s')),
    ).toEqual(['x&y', 'r&s']);
    expect(
      readMultistatus(
        `<multistatus xmlns="DAV:"><response><href><![CDATA[/dav/a%20b/q]]></href><propstat>
      <prop><resourcetype><collection/></resourcetype></prop></propstat></response></multistatus>`,
        folder,
      ),
    ).toEqual([{ name: 'q', isFolder: true, size: 0, modified: new Date(0) }]);
  });

  it('is nothing that lies elsewhere, or leads out', () => {
    const hrefs = [
      '/dav/other',
      '/dav/a%20b/%2e%2e/x',
      '/dav/a%20b/x%2fy',
      '/dav/a%20b/%zz',
      'http://[/',
      '',
    ];
    expect(names(...hrefs.map((href) => answer(href)))).toEqual([]);
  });

  it('is an error where the size of a file is hidden, and not where it has none', () => {
    const withStatus = (status: string) =>
      `<x:multistatus xmlns:x="DAV:"><x:response><x:href>/dav/a%20b/x</x:href>
      <x:propstat><x:prop><x:resourcetype/></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>
      <x:propstat><x:prop><x:getcontentlength/></x:prop><x:status>HTTP/1.1 ${status}</x:status></x:propstat>
      </x:response></x:multistatus>`;
    expect(() => readMultistatus(withStatus('403 Forbidden'), folder)).toThrow('does not tell how large');
    expect(readMultistatus(withStatus('404 Not Found'), folder)).toMatchObject([{ name: 'x', size: 0 }]);
  });

  it('is of no size that is no number of bytes', () => {
    const sizes = ['-12', '1e400', 'x', ''].map((size) => `<x:getcontentlength>${size}</x:getcontentlength>`);
    const responses = sizes.map((size, at) => answer(`/dav/a%20b/${at}`, size));
    const read = readMultistatus(
      `<x:multistatus xmlns:x="DAV:">${responses.join('')}</x:multistatus>`,
      folder,
    );
    expect(read.map(({ size }) => size)).toEqual([0, 0, 0, 0]);
  });

  it('is read in time that grows with it, however many elements never end', () => {
    const began = process.cpuUsage();
    expect(readMultistatus(`${'<response '.repeat(200_000)}</multistatus>`, folder)).toEqual([]);
    expect(process.cpuUsage(began).user / 1_000_000).toBeLessThan(2);
  });

  it('is an error where it breaks off, as what it lacks would be taken for missing', () => {
    const cut = () => readMultistatus(`<x:multistatus xmlns:x="DAV:">${answer('/dav/a%20b/x')}`, folder);
    expect(cut).toThrow(/breaks off/);
    expect(() => names(answer('/dav/a%20b/x'), '<x:response><x:href>/dav/a%20b/y')).toThrow(/breaks off/);
  });

  it.each([
    ['tags', '<x:response '.repeat(400_000)],
    ['texts', `<response><href>${'<![CDATA['.repeat(1_000_000)}</href></response>`],
  ])('is read once, whatever never ends: %s', (_, xml) => {
    expect(readMultistatus(`${xml}</multistatus>`, folder).length).toBeLessThan(2);
  });
});

it('a server of WebDAV whose folders lie in each other without end is told so', async () => {
  await using server = await startFake(({ path }, response) => {
    const hrefs = ['a'].map(
      (name) => `<response><href>${path}${name}/</href><propstat><prop>
      <resourcetype><collection/></resourcetype></prop></propstat></response>`,
    );
    response.writeHead(207).end(`<multistatus xmlns="DAV:">${hrefs.join('')}</multistatus>`);
  });
  await expect(listing(open(server.url))).rejects.toThrow(/folders more than 64 deep/);
});

it('a server is not silent while a file moves', async () => {
  let puts = 0;
  await using server = await startFake(({ method }, response) => {
    if (method === 'PUT') puts += 1;
    response.writeHead(method === 'PUT' && puts < 2 ? 503 : 201).end();
  });
  const pieces = async function* () {
    for await (const _ of setInterval(100)) yield Buffer.alloc(100_000);
  };
  const slow = { size: 1_600_000, open: () => Readable.from(pieces()).take(16) };
  const storage = open(`http://${server.host}/dir`, {
    retries: { count: 3, firstDelay: 1, longestDelay: 5, longestSilence: 1_300 },
  });
  await storage.put('file', slow, {});
  expect(puts).toBe(2);
});
