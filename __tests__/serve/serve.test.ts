import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { type IncomingMessage, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { parseRange } from '../../src/serve/range.ts';
import { type Served, serve } from '../../src/serve/serve.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { makeRelease, platforms, publish } from '../repository/release.ts';
import { uploadOf } from '../storage/contract.ts';
import {
  craneValidate,
  pullWithContainerd,
  pullWithDocker,
  pullWithOras,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { describeWith, itWith } from '../support/tools.ts';

const release = makeRelease('one', true);
const { digest } = release.descriptor;

let parent: string;
let root: string;
let served: Served;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'alba-serve-'));
  root = join(parent, 'root');
  const storage: Storage = new FilesystemStorage(root);
  await publish(openStatic(storage, 'org/app'), release, ['1.0']);
  await publish(openStatic(storage, 'org/plain'), makeRelease('one'), ['1.0']);
  const tag = 'df-dist-v1/albatros/0.9';
  const file = `${tag}/linux/amd64/größe #1%.bin`;
  await storage.put(file, uploadOf('0123456789'), {});
  await storage.put('df-dist-v1/albatros', uploadOf('{"tags":["0.9"]}'), {});
  await storage.put(tag, uploadOf('{"flavors":[]}'), {});
  await storage.put(`${tag}/SHA256SUMS`, uploadOf('sums'), {});
  await storage.put('page/index.html', uploadOf('<p>é</p>'), {});
  await storage.put('what?/index.html', uploadOf(''), {});
  await storage.put('empty', uploadOf(''), {});
  await writeFile(join(parent, 'secret'), 'secret');
  await symlink(join(parent, 'secret'), join(root, 'link-out'));
  await symlink(join(root, 'page'), join(root, 'link-in'));
  await mkdir(join(root, 'bare'));
  await writeFile(join(root, '.alba-half'), 'half');
  served = await serve(root, { port: 0 });
});
afterAll(async () => {
  await served?.close();
  await rm(parent, { recursive: true, force: true });
});

/** Asks for a path as it is written: fetch would tidy it up. */
async function ask(path: string, method = 'GET', headers = {}, port = new URL(served.url).port) {
  const { hostname } = new URL(served.url);
  const sent = request({ hostname, port, path, method, headers }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  return {
    status: response.statusCode,
    headers: response.headers,
    body: (await buffer(response)).toString(),
  };
}

describe('the server of a directory', () => {
  it.each(['/v2', '/v2/'])('answers the ping at %s', async (path) => {
    const { status, headers } = await ask(path);
    expect(status).toBe(200);
    expect(headers).toMatchObject({ 'docker-distribution-api-version': 'registry/2.0' });
  });

  it.each(['GET', 'HEAD'])('tells type, size and digest of a manifest: %s', async (method) => {
    for (const name of ['1.0', digest, encodeURIComponent(digest)]) {
      const { status, headers, body } = await ask(`/v2/org/app/manifests/${name}`, method);
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        'content-type': 'application/vnd.oci.image.index.v1+json',
        'content-length': `${release.descriptor.size}`,
        'docker-content-digest': digest,
      });
      expect(headers['content-encoding']).toBeUndefined();
      if (method === 'GET') expect(digestOf(Buffer.from(body))).toBe(digest);
      else expect(body).toBe('');
    }
  });

  it.each([
    [
      `/v2/org/app/referrers/${release.children[0]?.descriptor.digest}`,
      'application/vnd.oci.image.index.v1+json',
    ],
    [`/v2/org/app/blobs/${release.children[0]?.children[0]?.descriptor.digest}`, 'application/octet-stream'],
    ['/v2/org/app/tags/list', 'application/json'],
    ['/df-dist-v1/albatros', 'application/json'],
    ['/df-dist-v1/albatros/0.9', 'application/json'],
    ['/df-dist-v1/albatros/0.9/SHA256SUMS', 'text/plain; charset=utf-8'],
    ['/df-dist-v1/albatros/0.9/linux/amd64/gr%C3%B6%C3%9Fe%20%231%25.bin', 'application/octet-stream'],
    ['/page/', 'text/html; charset=utf-8'],
    ['/page/index.html?query', 'text/html; charset=utf-8'],
    ['/link-in/index.html', 'text/html; charset=utf-8'],
    ['/empty', 'application/octet-stream'],
  ])('serves %s as %s', async (path, type) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(200);
    expect(headers['content-type']).toBe(type);
    expect(headers['content-length']).toBe(`${Buffer.byteLength(body)}`);
  });

  it.each(['text/html', 'application/json\r\nset-cookie: a=b'])(
    'takes a document of the type %j for bytes',
    async (mediaType) => {
      const folder = join(root, 'v2/org/strange/manifests');
      await mkdir(folder, { recursive: true });
      await writeFile(join(folder, '1.0'), JSON.stringify({ schemaVersion: 2, mediaType, manifests: [] }));
      const { status, headers } = await ask('/v2/org/strange/manifests/1.0');
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/octet-stream');
    },
  );

  it('leads to the page of a folder', async () => {
    expect(await ask('/page')).toMatchObject({ status: 301, headers: { location: '/page/' } });
    expect(await ask('/what%3F')).toMatchObject({ status: 301, headers: { location: '/what%3F/' } });
  });

  it('tells at its root what can be had', async () => {
    const folder = await mkdtemp(join(parent, 'offers-'));
    const storage: Storage = new FilesystemStorage(folder);
    const there = await serve(folder, { port: 0 });
    try {
      expect(await there.offers()).toEqual(['nothing that a file:// target of alba has made']);
      await publish(openStatic(storage, 'org/app'), release, ['1.0', '1.1', '1.2', 'latest']);
      await publish(openStatic(storage, 'org/app/tools'), release, []);
      for (const name of ['albatros', 'org/page']) {
        await storage.put(`df-dist-v1/${name}`, uploadOf('{"tags":["0.9","<b>"]}'), {});
        await storage.put(`df-dist-v1/${name}/0.9`, uploadOf('{"flavors":[]}'), {});
        await storage.put(`df-dist-v1/${name}/0.8`, uploadOf('{"flavors":[]}'), {});
      }
      await storage.put('df-dist-v1/org/page/index.html', uploadOf('<p>page</p>'), {});
      const { url } = there;
      const host = new URL(url).host;
      const offers = [
        `docker pull ${host}/org/app:1.0`,
        `docker pull ${host}/org/app:1.1`,
        `docker pull ${host}/org/app:1.2`,
        'and 1 more',
        `${host}/org/app/tools@sha256:…`,
        `${url}/df-dist-v1/albatros/0.9/SHA256SUMS`,
        `${url}/df-dist-v1/org/page/`,
        `${url}/df-dist-v1/org/page/0.9/SHA256SUMS`,
      ];
      expect(await there.offers()).toEqual(offers);
      const answer = await fetch(`${url}/`);
      expect(answer.headers.get('content-type')).toBe('text/plain; charset=utf-8');
      expect((await answer.text()).split('\n')).toEqual([expect.any(String), '', ...offers, '']);
      await storage.put('index.html', uploadOf('<p>own</p>'), {});
      expect(await (await fetch(url)).text()).toBe('<p>own</p>');
    } finally {
      await there.close();
    }
  });

  it.each([
    '/bare',
    '/bare/',
    '/df-dist-v1/albatros/',
    '/nothing',
    '/../secret',
    '/%2e%2e/secret',
    '/..%2fsecret',
    '/page/..%2F..%2Fsecret',
    '/page/%2e%2e/%2e%2e/secret',
    '//etc/passwd',
    '/link-out',
    '/df-dist-v1/albatros/_self.json',
    '/.alba-half',
    '/page%00/index.html',
    '/v2/org/app/manifests/2.0',
    `/v2/org/app/blobs/sha256:${'0'.repeat(64)}`,
  ])('has nothing at %s', async (path) => {
    const { status, headers, body } = await ask(path);
    expect(status).toBe(404);
    expect(headers['content-type']).toBe('application/json');
    expect(JSON.parse(body)).toMatchObject({ errors: [{ code: expect.stringMatching(/_UNKNOWN$/) }] });
  });

  it('refuses what it does not understand', async () => {
    expect(await ask('/page%')).toMatchObject({ status: 400 });
    expect(await ask('/v2/org/app/blobs/uploads/', 'POST')).toMatchObject({
      status: 405,
      headers: { allow: 'GET, HEAD' },
    });
  });

  it('has nothing under a name that no file system takes', async () => {
    for (const path of [
      'x'.repeat(300),
      `page/${'x'.repeat(300)}/y`,
      `v2/org/app/manifests/${'x'.repeat(300)}`,
    ]) {
      expect((await fetch(`${served.url}/${path}`)).status).toBe(404);
    }
  });

  it('gives a part of a file', async () => {
    const path = '/df-dist-v1/albatros/0.9/linux/amd64/gr%C3%B6%C3%9Fe%20%231%25.bin';
    expect(await ask(path, 'GET', { range: 'bytes=2-4' })).toMatchObject({
      status: 206,
      body: '234',
      headers: { 'content-range': 'bytes 2-4/10', 'content-length': '3' },
    });
    expect(await ask(path, 'GET', { range: 'bytes=10-' })).toMatchObject({
      status: 416,
      headers: { 'content-range': 'bytes */10' },
    });
    expect(await ask(path, 'HEAD', { range: 'bytes=-3' })).toMatchObject({ status: 206, body: '' });
  });

  it.each([
    ['bytes=0-', { start: 0, end: 9 }],
    ['bytes=5-99', { start: 5, end: 9 }],
    ['bytes=-3', { start: 7, end: 9 }],
    ['bytes=-99', { start: 0, end: 9 }],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=10-12', 'unsatisfiable'],
    ['bytes=4-2', undefined],
    ['bytes=0-1,4-5', undefined],
    ['bytes=-', undefined],
    ['lines=1-2', undefined],
    [undefined, undefined],
  ])('reads the range %s', (header, range) => {
    expect(parseRange(header, 10)).toEqual(range);
  });

  const localNames = [
    'localhost',
    'localhost:1',
    'LOCALHOST.',
    'app.localhost:8080',
    '127.0.0.1',
    '127.9.9.9:80',
    '[::1]:9',
  ];
  it.each(localNames)('answers as %s, which is this machine wherever a name leads', async (host) => {
    expect(await ask('/page/', 'GET', { host })).toMatchObject({ status: 200, body: '<p>é</p>' });
    expect(await ask(`http://${host}/page/`, 'GET', { host })).toMatchObject({ status: 200 });
  });

  const foreignNames = [
    'evil.example',
    'evil.example:8080',
    '127.0.0.1.evil.example',
    'localhost.evil.example',
    '10.0.0.1',
  ];
  const strangeNames = [
    '@127.0.0.1',
    'evil.example@127.0.0.1',
    '127.0.0.1/',
    '127.0.0.1#',
    '127.0.0.1?',
    'a b',
    '[',
  ];
  it.each([...foreignNames, ...strangeNames])(
    'tells nothing to who asks for it as %j: a page of others may lead its name here',
    async (host) => {
      for (const path of ['/page/', '/v2/', '/', '/nothing']) {
        const { status, body } = await ask(path, 'GET', { host });
        expect(status).toBe(421);
        expect(JSON.parse(body)).toEqual({
          errors: [{ code: 'DENIED', message: expect.stringMatching(/^this server .*--allowed-host/) }],
        });
      }
      expect(await ask('/page/', 'POST', { host })).toMatchObject({ status: 421 });
    },
  );

  it.each(['HTTP/1.1\r\nHost:', 'HTTP/1.1\r\nHost: evil.example\r\nHost: localhost', 'HTTP/1.0'])(
    'tells nothing to who names no host, or several: %j',
    async (head) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1');
      socket.end(`GET /page/ ${head}\r\nConnection: close\r\n\r\n`);
      expect((await buffer(socket)).toString()).toMatch(/^HTTP\/1\.1 4(00|21) /);
    },
  );

  it('tells nothing to who asks for it by a whole URL of another host', async () => {
    expect(await ask('http://evil.example/page/', 'GET', { host: '127.0.0.1' })).toMatchObject({
      status: 421,
    });
    expect(await ask('http://evil.example/page/', 'GET', { host: 'evil.example' })).toMatchObject({
      status: 421,
    });
  });

  it('answers by the names that it is given besides, and by no others', async () => {
    const named = await serve(root, {
      port: 0,
      allowedHosts: ['mirror.example', '10.0.0.7', 'bücher.example'],
    });
    const { port } = new URL(named.url);
    const statusFor = async (host: string) => (await ask('/page/', 'GET', { host }, port)).status;
    try {
      for (const host of [
        'mirror.example',
        'Mirror.Example.:443',
        '10.0.0.7:80',
        'xn--bcher-kva.example',
        'localhost',
      ]) {
        expect(await statusFor(host), host).toBe(200);
      }
      for (const host of ['a.mirror.example', 'mirror.example.evil', '10.0.0.8']) {
        expect(await statusFor(host), host).toBe(421);
      }
    } finally {
      await named.close();
    }
  });

  it('closes while a client is still connected', async () => {
    const short = await serve(root, { port: 0 });
    const socket = connect(Number(new URL(short.url).port), '127.0.0.1').on('error', () => {});
    await once(socket, 'connect');
    socket.write('GET /v2/ HTTP/1.1\r\n');
    await Promise.all([new Promise((closed) => socket.once('close', closed)), short.close()]);
  });

  it('tells why it cannot serve', async () => {
    await expect(serve(join(root, 'empty'), { port: 0 })).rejects.toThrow(/expected a directory/);
    await expect(serve(join(root, 'missing'), { port: 0 })).rejects.toThrow(/cannot serve .*missing/);
    const { port } = new URL(served.url);
    await expect(serve(root, { port: Number(port) })).rejects.toThrow(/in use, choose another/);
  });
});

describe('real clients', () => {
  const reference = (): string => `${new URL(served.url).host}/org/app:1.0`;

  for (const [tool, pull] of [
    ['skopeo', pullWithSkopeo],
    ['podman', pullWithPodman],
    ['regctl', pullWithRegctl],
    ['oras', pullWithOras],
  ] as const) {
    itWith([tool], `${tool} pulls every platform`, async () => {
      for (const platform of platforms) await pull(reference(), platform);
    });
  }

  // It takes attestations for images that are damaged.
  itWith(['crane'], 'crane finds nothing wrong', () =>
    craneValidate(`${new URL(served.url).host}/org/plain:1.0`),
  );

  describeWith(['dockerd', 'docker'], 'docker', () => {
    let dockerd: Dockerd;
    beforeAll(async () => {
      dockerd = await startDockerd();
    });
    afterAll(() => dockerd?.stop());

    it('pulls every platform', async () => {
      for (const platform of platforms) await pullWithDocker(dockerd, reference(), platform);
    });
  });

  describeWith(['containerd', 'ctr'], 'containerd', () => {
    let containerd: Containerd;
    beforeAll(async () => {
      containerd = await startContainerd();
    });
    afterAll(() => containerd?.stop());

    it('pulls every platform', async () => {
      for (const platform of platforms) await pullWithContainerd(containerd, reference(), platform);
    });
  });
});
