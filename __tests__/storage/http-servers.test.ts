import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { HttpStorage, type HttpStorageOptions } from '../../src/storage/http.ts';
import { silent } from '../fixtures/silent.ts';
import { type FileServer, type FileServerOptions, startFileServer } from '../support/servers/file-server.ts';
import { startNginx } from '../support/servers/nginx.ts';
import { describeWith } from '../support/tools.ts';
import { knownUpload, listing, read, uploadOf } from './contract.ts';

const ending: AsyncDisposable[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((one) => one[Symbol.asyncDispose]()));
});

const quiet = {
  progress: silent,
  signal: new AbortController().signal,
  findLogin: async () => undefined,
  retries: { count: 2, firstDelay: 1, longestDelay: 10 },
};

interface Opened {
  readonly server: FileServer;
  readonly storage: HttpStorage;
}

async function open(kind: FileServerOptions, options: Partial<HttpStorageOptions> = {}): Promise<Opened> {
  const server = await startFileServer(kind);
  const storage = new HttpStorage(server.url, {
    ...quiet,
    isTarget: true,
    server: kind.kind,
    ...options,
  });
  ending.push({ [Symbol.asyncDispose]: () => storage.close() }, server);
  return { server, storage };
}

const hash = (name: string, text: string) => createHash(name).update(text).digest('hex');
const tree = [
  'df-dist-v1/app/_self.json',
  'df-dist-v1/app/1.0/_self.json',
  'df-dist-v1/app/1.0/linux/amd64/app',
];

describe('JFrog Artifactory', () => {
  const large = 'x'.repeat(20_000);

  it('is asked by checksums first, and sent what it has nowhere, with all three', async () => {
    const { server, storage } = await open({ kind: 'artifactory' });
    await storage.put('a/large', uploadOf(large), {});
    await storage.put('b/same', uploadOf(large), {});
    expect(server.requests.map(({ status, received }) => [status, received])).toEqual([
      [404, 0],
      [201, 20_000],
      [201, 0],
    ]);
    expect(server.requests.map(({ headers }) => headers['x-checksum-deploy'])).toEqual([
      'true',
      undefined,
      'true',
    ]);
    for (const { headers } of server.requests) {
      for (const name of ['sha1', 'md5', 'sha256']) {
        expect(headers[`x-checksum-${name}`]).toBe(hash(name, large));
      }
    }
    expect(await read(storage, 'b/same')).toBe(large);
  });

  it('is sent small files at once, with their checksums', async () => {
    const { server, storage } = await open({ kind: 'artifactory' });
    await storage.put('small', uploadOf('small'), {});
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]?.headers['x-checksum-sha256']).toBe(hash('sha256', 'small'));
  });

  it('keeps properties of each file, whatever letters they have', async () => {
    const properties = [
      ['build.sourceversion', '1a2b'],
      ['who', 'a,b=c;d é'],
    ] as const;
    const { server, storage } = await open({ kind: 'artifactory' }, { properties });
    await storage.put('a b', uploadOf('bytes'), {});
    expect(server.properties.get('a b')).toBe('build.sourceversion=1a2b;who=a%5C%2Cb%5C%3Dc%3Bd%20%C3%A9');
    expect(await read(storage, 'a b')).toBe('bytes');
  });

  it('tells what it refuses, such as bytes that are not what their checksums say', async () => {
    const { server, storage } = await open({ kind: 'artifactory' });
    server.fault = (method) => (method === 'PUT' ? 409 : undefined);
    await expect(storage.put('a', uploadOf('bytes'), {})).rejects.toMatchObject({
      code: 'target',
      message: expect.stringContaining('answered 409 Conflict'),
    });
    server.fault = () => undefined;
    let turn = 0;
    const changing = {
      size: 5,
      open: async function* () {
        yield Buffer.from(`byte${turn++}`);
      },
    };
    await expect(storage.put('b', changing, {})).rejects.toThrow(
      'answered 409 Conflict: Checksum error: sha1 is',
    );
    expect(await storage.head('b')).toBeUndefined();
  });

  it('lists by its storage API, with what proves the bytes', async () => {
    const { storage } = await open({ kind: 'artifactory' });
    for (const key of tree) await storage.put(key, uploadOf(key), {});
    expect(await listing(storage, 'df-dist-v1/app/1.0/')).toEqual(
      tree.slice(1).map((key) => [key, key.length]),
    );
    expect(await listing(storage)).toHaveLength(3);
    expect(await listing(storage, 'none/')).toEqual([]);
    const shallow: string[] = [];
    for await (const { key } of storage.list('df-dist-v1/app/', { shallow: true })) shallow.push(key);
    expect(shallow).toEqual(tree.slice(0, 1));
    for await (const object of storage.list('df-dist-v1/app/1.0/linux/')) {
      expect(await storage.prove(object, knownUpload(object.key))).toBe('same');
      expect(await storage.prove(object, knownUpload('other'))).toBe('unproved');
    }
  });

  it('of the free edition is listed folder by folder, and proves by its headers', async () => {
    const { storage, server } = await open({ kind: 'artifactory', isFree: true });
    for (const key of tree) await storage.put(key, uploadOf(key), {});
    expect(await listing(storage)).toEqual([...tree].sort().map((key) => [key, key.length]));
    expect(await listing(storage, 'none/')).toEqual([]);
    for await (const object of storage.list('df-dist-v1/app/1.0/linux/')) {
      expect(await storage.prove(object, knownUpload(object.key))).toBe('same');
    }
    const before = server.requests.length;
    const shallow: string[] = [];
    for await (const { key } of storage.list('df-dist-v1/app/', { shallow: true })) shallow.push(key);
    expect(shallow).toEqual(tree.slice(0, 1));
    expect(server.requests.length - before).toBe(3);
    await storage.put('a', uploadOf('bytes'), {});
    const object = await storage.head('a');
    expect(object && (await storage.prove(object, knownUpload('bytes')))).toBe('same');
  });

  it('is told who we are by a token, where that is the login', async () => {
    const login = { username: 'me', password: 'hush-hush' };
    const { server, storage } = await open(
      { kind: 'artifactory', login },
      { login: { username: '<token>', password: login.password, origin: 'the test' } },
    );
    await storage.put('a', uploadOf('bytes'), {});
    expect(server.requests[0]?.headers.authorization).toBe('Bearer hush-hush');
  });
});

describe('GitLab', () => {
  it('has the files of a tag in a version of a package, one sent after the other', async () => {
    const { server, storage } = await open({ kind: 'gitlab' });
    await Promise.all(tree.map((key) => storage.put(key, uploadOf(key), {})));
    const more = ['a', 'b', 'c'].map((name) => `df-dist-v1/app/1.0/linux/amd64/${name}`);
    await Promise.all(more.map((key) => storage.put(key, uploadOf(key), {})));
    expect([...server.files.keys()].sort()).toEqual([
      'app/1.0/_self.json',
      ...['a', 'app', 'b', 'c'].map((name) => `app/1.0/linux/amd64/${name}`),
      'app/df-dist-v1/_self.json',
    ]);
    expect(server.requests.every(({ status }) => status === 201)).toBe(true);
    for (const key of tree) expect(await read(storage, key)).toBe(key);
    const object = await storage.head(tree[2] ?? '');
    expect(object).toMatchObject({ size: 34 });
    expect(object && (await storage.prove(object, knownUpload(tree[2] ?? '')))).toBe('same');
  });

  it('is told who we are from the first request on, as it hides from others that it is there', async () => {
    const login = { username: 'me', password: 'hush-hush' };
    const found = { ...login, origin: 'the test' };
    const { storage } = await open({ kind: 'gitlab', login }, { findLogin: async () => found });
    await storage.put(tree[0] ?? '', uploadOf('bytes'), {});
    expect(await read(storage, tree[0] ?? '')).toBe('bytes');
  });

  it('says what it does not: deleting, listing, duplicates where they are turned off', async () => {
    const { storage } = await open({ kind: 'gitlab', isWrittenOnce: true });
    const [key = ''] = tree;
    await storage.put(key, uploadOf('bytes'), {});
    await expect(storage.delete(key)).rejects.toMatchObject({
      code: 'auth',
      message: expect.stringContaining('GitLab deletes no file by its URL'),
    });
    await expect(listing(storage)).rejects.toThrow('cannot be listed');
    await expect(storage.put(key, uploadOf('other'), {})).rejects.toThrow(
      'answered 400 Bad Request: 400 Bad request - Duplicate package is not allowed',
    );
  });
});

describe('Gitea', () => {
  it('has a + where a file has a slash, and files in place of others once those are deleted', async () => {
    const { server, storage } = await open({ kind: 'gitea' });
    for (const key of tree) await storage.put(key, uploadOf('old'), {});
    for (const key of tree) await storage.put(key, uploadOf(key), {});
    const large = 'x'.repeat(1_100_000);
    await storage.put('df-dist-v1/app/1.0/linux/arm64/app', uploadOf('old'), {});
    await storage.put('df-dist-v1/app/1.0/linux/arm64/app', uploadOf(large), {});
    expect([...server.files.keys()].sort()).toEqual([
      'app/1.0/_self.json',
      'app/1.0/linux+amd64+app',
      'app/1.0/linux+arm64+app',
      'app/df-dist-v1/_self.json',
    ]);
    for (const key of tree) expect(await read(storage, key)).toBe(key);
    expect(server.requests.filter(({ received }) => received === large.length)).toHaveLength(1);
    await storage.delete(tree[2] ?? '');
    expect(await storage.head(tree[2] ?? '')).toBeUndefined();
  });

  it.each([
    ['gitea', 'df-dist-v1/app/1.0/linux/amd64/a+b', 'Gitea takes letters, digits and . _ - in the names'],
    ['gitea', 'df-dist-v1/app/1.0/linux/amd64/a b', 'not "a b"'],
    ['gitlab', 'df-dist-v1/app/1.0/linux/amd64/é', 'not "é"'],
    ['gitlab', 'df-dist-v1/app/df-dist-v1/linux/amd64/app', 'is taken by the list of tags'],
    ['gitlab', 'v2/app/blobs/sha256:ab', 'packages of GitLab are no registry'],
  ] as const)('and %s: %s is told to fit in no package', async (kind, key, message) => {
    const { server, storage } = await open({ kind });
    expect(storage.keyProblem(key)).toContain(message);
    await expect(storage.put(key, uploadOf('bytes'), {})).rejects.toThrow(message);
    expect(server.requests).toEqual([]);
  });
});

describe('Nexus', () => {
  it('is asked for the size of each file that is listed without one', async () => {
    const { server, storage } = await open({ kind: 'nexus', hidesSizes: true });
    for (const key of tree) await storage.put(key, uploadOf(key), {});
    await storage.put('other/file', uploadOf('not looked at'), {});
    server.requests.length = 0;
    expect(await listing(storage, 'df-dist-v1/')).toEqual(tree.map((key) => [key, key.length]).sort());
    expect(server.requests.filter(({ method }) => method === 'HEAD')).toHaveLength(3);
  });

  it('is not asked for more than 100,000 files, and asked once, where a repository has more', async () => {
    let requests = 0;
    const endless = createServer((_, response) => {
      requests += 1;
      const items = Array.from({ length: 5_000 }, (__, at) => ({ path: `${requests}/${at}`, fileSize: 1 }));
      response.end(JSON.stringify({ items, continuationToken: `${requests}` }));
    });
    endless.listen(0, '127.0.0.1');
    await once(endless, 'listening');
    const { port } = endless.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/repository/files`;
    const storage = new HttpStorage(url, { ...quiet, isTarget: true, server: 'nexus' });
    ending.push({
      async [Symbol.asyncDispose]() {
        await storage.close();
        endless.close();
        await once(endless, 'close');
      },
    });
    for (let round = 1; round <= 2; round += 1) {
      await expect(listing(storage, 'df-dist-v1/')).rejects.toThrow('has more than 100000 files');
    }
    expect(requests).toBe(21);
  }, 20_000);

  it('takes files, lists them page by page and deletes them, and is known by what it calls itself', async () => {
    const lines: string[] = [];
    const progress = { ...silent, line: (text: string) => lines.push(text) };
    const { server, storage } = await open({ kind: 'nexus' }, { server: undefined, progress });
    for (const key of tree) await storage.put(key, uploadOf(key), { contentType: 'text/plain' });
    expect(lines).toEqual([`${server.url} is taken for Nexus, as it says "Server: Nexus"`]);
    for (const key of tree) expect(await read(storage, key)).toBe(key);
    expect(await listing(storage)).toEqual([...tree].sort().map((key) => [key, key.length]));
    expect(await listing(storage, 'df-dist-v1/app/1.0/')).toHaveLength(2);
    for await (const object of storage.list(tree[2] ?? '')) {
      expect(await storage.prove(object, knownUpload(object.key))).toBe('same');
    }
    server.fault = (_, path) => (path.startsWith('/service') ? 403 : undefined);
    await expect(listing(storage)).rejects.toThrow('it takes the right to browse the repository');
    server.fault = () => undefined;
    await storage.delete(tree[0] ?? '');
    expect(server.files.size).toBe(2);
  });

  it('without redeployment says that what is there stays', async () => {
    const { storage } = await open({ kind: 'nexus', isWrittenOnce: true });
    await storage.put('a', uploadOf('bytes'), {});
    await expect(storage.put('a', uploadOf('other'), {})).rejects.toThrow(
      /PUT .*\/a answered 400 Bad Request.*redeploy/,
    );
  });
});

describe('a server that files are brought to', () => {
  it.each([
    [401, 'auth', 'give username and password'],
    [403, 'auth', 'tried without a login: may it write there?'],
    [409, 'target', 'is a folder of it missing, or something else in its place?'],
    [423, 'target', 'somebody holds a lock there'],
    [507, 'target', 'the server has no room left'],
  ])('that answers %d is told as it is meant', async (status, code, message) => {
    const { server, storage } = await open({ kind: 'nexus' });
    server.fault = () => status;
    await expect(storage.put('a', uploadOf('bytes'), {})).rejects.toMatchObject({
      code,
      message: expect.stringMatching(new RegExp(`answered ${status} .*; ${message.replace('?', '\\?')}`)),
    });
  });

  it('that breaks off within a file is sent it once more', async () => {
    const { server, storage } = await open({ kind: 'nexus' });
    const large = 'x'.repeat(3_000_000);
    let left = 2;
    server.fault = (method) => (method === 'PUT' && left-- > 0 ? { breakAfter: 100_000 } : undefined);
    await storage.put('a', uploadOf(large), {});
    expect(await read(storage, 'a')).toBe(large);
    expect(server.requests.map(({ status }) => status)).toEqual([0, 0, 201, 200]);
  });

  it('keeps no properties, but where it is JFrog Artifactory', async () => {
    const { server, storage } = await open({ kind: 'webdav' }, { properties: [['a', 'b']] });
    await expect(storage.put('a', uploadOf('bytes'), {})).rejects.toThrow('keeps no properties');
    expect(server.requests).toEqual([]);
  });

  // What is too short to be masked wherever it stands is not repeated at all.
  it.each([
    ['hush-hush', /answered 422 Unprocessable Entity: who is \*\*\*, Basic \S*\*\*\*\?$/],
    ['hush', /answered 422 Unprocessable Entity$/],
  ])('tells nothing that it says of our secret %s', async (password, told) => {
    const login = { username: 'me', password, origin: 'the test' };
    const echo = createServer(({ headers }, response) => {
      const message = `who is ${password}, ${headers.authorization}?`;
      response.writeHead(422, { 'content-type': 'application/json' }).end(JSON.stringify({ message }));
    }).listen(0, '127.0.0.1');
    await once(echo, 'listening');
    const url = `http://127.0.0.1:${(echo.address() as AddressInfo).port}`;
    const storage = new HttpStorage(url, { ...quiet, isTarget: true, server: 'nexus', login });
    await expect(storage.put('a', uploadOf('bytes'), {})).rejects.toThrow(told);
    await storage.close();
    echo.close();
  });
});

describe('a redirect of what is written', () => {
  const login = { username: 'me', password: 'hush-hush', origin: 'the test' };
  async function leading(status: number, location: () => string): Promise<HttpStorage> {
    const first = createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(status, { location: location() }).end());
    }).listen(0, '127.0.0.1');
    await once(first, 'listening');
    const url = `http://127.0.0.1:${(first.address() as AddressInfo).port}`;
    const storage = new HttpStorage(url, { ...quiet, isTarget: true, server: 'nexus', login });
    ending.push({
      async [Symbol.asyncDispose]() {
        await storage.close();
        first.close();
      },
    });
    return storage;
  }

  it('that keeps the method leads to another server, which is not shown who we are', async () => {
    const { server } = await open({ kind: 'nexus' });
    const storage = await leading(307, () => `${server.url}/elsewhere`);
    await storage.put('a', uploadOf('bytes'), {});
    expect(
      server.requests.map(({ method, status, headers }) => [method, status, headers.authorization]),
    ).toEqual([['PUT', 201, undefined]]);
    expect(server.files.get('elsewhere')?.bytes.toString()).toBe('bytes');
  });

  it('that does not is not followed, and told', async () => {
    const { server } = await open({ kind: 'nexus' });
    const storage = await leading(302, () => `${server.url}/elsewhere?token=hush`);
    const put = storage.put('a', uploadOf('bytes'), {});
    await expect(put).rejects.toThrow(`answered 302 Found; it leads to ${server.url}/elsewhere, which`);
    await expect(put).rejects.not.toThrow('hush');
    expect(server.requests).toEqual([]);
  });
});

describeWith(['nginx', 'openssl'], 'a redirect from https to http', () => {
  it('is not followed with what is written', async () => {
    const { server } = await open({ kind: 'nexus' });
    const { port } = new URL(server.url);
    await using nginx = await startNginx({
      root: '/',
      tls: true,
      more: `location / { return 307 http://localhost:${port}$request_uri; }`,
    });
    const certificates = { ca: await readFile(nginx.certificate ?? '', 'utf8') };
    const storage = new HttpStorage(nginx.url, { ...quiet, isTarget: true, server: 'nexus', certificates });
    await expect(storage.put('a', uploadOf('bytes'), {})).rejects.toThrow(
      'answered 307 Temporary Redirect; it leads to',
    );
    expect(server.requests).toEqual([]);
    await storage.close();
  });
});
