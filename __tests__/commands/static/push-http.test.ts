import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { formatBytes } from '../../../src/progress/format.ts';
import { writeFiles } from '../../fixtures/binaries.ts';
import { noise } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, node, program, runAction, runAlba } from '../../support/alba.ts';
import { makeDirectory } from '../../support/daemon.ts';
import { type Apache, startApache } from '../../support/servers/apache.ts';
import { type FileServer, startFileServer } from '../../support/servers/file-server.ts';
import { startNginx } from '../../support/servers/nginx.ts';
import { startProxy } from '../../support/servers/proxy.ts';
import { describeWith } from '../../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => resolve(temporary.path, ...names);
const large = noise('large', 3_000_000);
const plain = {
  'linux/amd64/bin/tool': 'amd64',
  'linux/arm64/bin/tool': 'arm64',
  'linux/arm64/large': large,
};
const odd = { ...plain, 'linux/amd64/a b%20#?é.txt': 'odd' };

const alba = (words: string[], env: Record<string, string> = {}): Promise<Ended> =>
  runAlba(words, { cwd: temporary.path, env });
async function succeed(...words: string[]): Promise<Ended> {
  const ended = await alba(words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}
async function fail(...words: string[]): Promise<string> {
  const ended = await alba(words);
  expect(ended, ended.stdout).not.toMatchObject({ code: 0 });
  return ended.stderr;
}
async function write(files: Parameters<typeof writeFiles>[1]): Promise<void> {
  await rm(at('df'), { recursive: true, force: true });
  await writeFiles(at('df'), files);
}
const push = (target: string, ...more: string[]) => [
  'static',
  'push',
  '-t',
  'tool:1.0',
  ...more,
  'df',
  target,
];

/** Every file of a release as it is pulled back. */
async function pulled(source: string, tag = 'tool:1.0'): Promise<Record<string, string>> {
  await rm(at('out'), { recursive: true, force: true });
  await succeed('static', 'pull', '--platform', 'all', '-t', tag, source, 'out');
  return digestsIn('out');
}
async function digestsIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(at(folder), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile());
  const found = files.map(async ({ parentPath, name }) => {
    const path = join(parentPath, name);
    return [path.slice(at(folder).length + 1), digestOf(await readFile(path))] as const;
  });
  return Object.fromEntries((await Promise.all(found)).sort());
}

beforeEach(() => write(plain));

describeWith(['apache2'], 'plain files on Apache httpd', () => {
  const login = { username: 'me', password: 'hush/hush@home' };
  const inUrl = `me:${encodeURIComponent(login.password)}`;
  let apache: Apache;
  let target: string;
  beforeAll(async () => {
    apache = await startApache({ login });
    target = apache.url.replace('//', `//${inUrl}@`);
  });
  afterAll(() => apache?.stop());
  /** What was put since, but for documents: path and bytes on the line. */
  const putSince = (line: number): string[] =>
    apache
      .requests()
      .slice(line)
      .filter((one) => one.startsWith('PUT ') && !/_self\.json|SHA256SUMS/.test(one))
      .map((one) => one.replace(/^PUT (.*) 20\d \d+$/, '$1'));

  it('are published once, sent again where they changed, pulled back as they were, listed and deleted', async () => {
    await write(odd);
    const url = `${target}/all/of%20it`;
    const first = await succeed(...push(url));
    expect(first.stderr).toContain('is taken for WebDAV, as it says "DAV: 1"');
    expect(first.stdout + first.stderr).not.toContain('hush');
    expect(await pulled(url)).toEqual(await digestsIn('df'));
    let line = apache.requests().length;
    await succeed(...push(url));
    const writing = apache
      .requests()
      .slice(line)
      .filter((one) => /^(PUT|MKCOL|DELETE)/.test(one));
    expect(writing).toEqual([]);

    line = apache.requests().length;
    await write({ ...odd, 'linux/amd64/bin/tool': 'another' });
    await succeed(...push(url));
    expect(putSince(line)).toEqual(['/all/of it/df-dist-v1/tool/1.0/linux/amd64/bin/tool']);
    expect(await pulled(url)).toEqual(await digestsIn('df'));

    await succeed('static', 'push', '-t', 'tool:1.1', 'df', url);
    expect(await pulled(url, 'tool:1.1')).toEqual(await digestsIn('df'));
    expect((await succeed('static', 'ls', `${url}#tool`)).stdout).toContain('1.0');
    expect((await succeed('static', 'ls', '--long', `${url}?server=webdav`)).stdout).toContain('tool');
    await succeed('static', 'rm', `${url}#tool:1.0`);
    expect(JSON.parse((await succeed('static', 'ls', '--json', `${url}#tool`)).stdout)).toMatchObject({
      repositories: [{ tags: [{ tag: '1.1' }] }],
    });
    await succeed('static', 'push', '-t', 'tool:1.2', 'df', url);
    await succeed('static', 'gc', '--keep', '1', `${url}#tool`);
    const left = await readdir(join(apache.root, 'all', 'of it'), { recursive: true, withFileTypes: true });
    const tags = left.flatMap((entry) =>
      entry.isFile() ? [/df-dist-v1\/tool\/(\d[^/]*)/.exec(entry.parentPath)?.[1]] : [],
    );
    expect([...new Set(tags)].filter(Boolean)).toEqual(['1.2']);
  });

  it('are sent by as many requests as docs/http-storage.md says', async () => {
    const small = Array.from({ length: 200 }, (_, at) => [`linux/amd64/share/${at}`, 10_000] as const);
    const sizes = [...small, ['linux/amd64/one', 5_000_000], ['linux/amd64/two', 5_000_000]] as const;
    const files = Object.fromEntries(sizes.map(([path, size]) => [path, noise(path, size)]));
    const url = `${target}/counted`;
    const counted = async (): Promise<string> => {
      const line = apache.requests().length;
      await succeed(...push(url));
      const puts = apache
        .requests()
        .slice(line)
        .flatMap((one) => /^PUT (.*) 20\d \d+$/.exec(one)?.[1] ?? []);
      const sent = await Promise.all(puts.map((path) => stat(join(apache.root, path))));
      return `${puts.length} PUT with ${formatBytes(sent.reduce((all, { size }) => all + size, 0))}`;
    };
    await write(files);
    const first = await counted();
    expect(await counted()).toBe('0 PUT with 0 B');
    await write({ ...files, 'linux/amd64/share/7': 'ab' });
    const changed = await counted();
    const docs = await readFile(join(import.meta.dirname, '../../../docs/http-storage.md'), 'utf8');
    const [, told] =
      /^200 files of 10 kB and two of 5 MB to Apache httpd: ([\s\S]+?),\s+which/m.exec(docs) ?? [];
    expect(told).toBe(`the first time ${first}, again none, after one file of 2 bytes ${changed}`);
  });

  it('are not published without a login, nor with a wrong one, and no password is told', async () => {
    expect(await fail(...push(apache.url))).toContain(
      'answered 401 Unauthorized; give username and password',
    );
    const wrong = await fail(...push(apache.url.replace('//', '//me:wrong-hush@')));
    expect(wrong).toContain('tried with the login of its URL: check that it is right, for this server');
    expect(wrong).not.toContain('wrong-hush');
  });

  it('are read by all and written by members, where it is set up so', async () => {
    await using open = await startApache({ login, isReadByAll: true });
    expect(await fail(...push(open.url))).toContain('answered 401 Unauthorized; give username and password');
    const wrong = await fail(...push(open.url.replace('//', '//me:wrong-hush@')));
    expect(wrong).toContain('answered 401 Unauthorized; tried with the login of its URL');
    await succeed(...push(open.url.replace('//', `//${inUrl}@`)));
    expect(await pulled(open.url)).toEqual(await digestsIn('df'));
    expect(await fail('static', 'rm', '--force', `${open.url}#tool:1.0`)).toContain(
      'answered 401 Unauthorized',
    );
    expect(await pulled(open.url)).toEqual(await digestsIn('df'));
  });

  it('are published with the username and password of the inputs, and their outputs hold neither', async () => {
    const { code, outputs, stdout } = await runAction(
      {
        command: 'static push',
        artifacts: 'df',
        tag: 'tool:1.0',
        target: `${apache.url}/action?server=webdav`,
        username: login.username,
        password: login.password,
      },
      { cwd: temporary.path },
    );
    expect(code, stdout).toBe(0);
    expect(outputs.url).toBe(`${apache.url}/action/df-dist-v1/tool/1.0/_self.json`);
    expect(JSON.stringify(outputs)).not.toContain('hush');
  });

  it('are published through a proxy', async () => {
    const port = Number(new URL(apache.url).port);
    await using proxy = await startProxy({ to: port });
    const url = `http://${inUrl}@files.test:${port}/proxied`;
    const ended = await alba(push(url), { http_proxy: `http://${proxy.host}` });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(proxy.asked.some((one) => /^(PUT|CONNECT) /.test(one))).toBe(true);
    expect(await pulled(`${target}/proxied`)).toEqual(await digestsIn('df'));
  });

  it('are all of one publisher, where two publish a tag at once', async () => {
    const url = `${target}/race`;
    for (const name of ['one', 'two']) {
      await writeFiles(at(name), {
        'linux/amd64/a': name,
        'linux/amd64/b': `${name} more`,
        [`linux/amd64/${name}`]: name,
      });
    }
    const ended = await Promise.all(
      ['one', 'two'].map((name) => alba(['static', 'push', '-t', 'race:1', name, url])),
    );
    expect(ended.map(({ code }) => code)).toEqual([0, 0]);
    const found = await pulled(url, 'race:1');
    expect([await digestsIn('one'), await digestsIn('two')]).toContainEqual(found);
  });
});

describeWith(['nginx'], 'plain files on nginx, which lists nothing', () => {
  it('are published, told of and replaced by their documents, and stay where it deletes nothing', async () => {
    const root = makeDirectory('nginx-dav');
    await using nginx = await startNginx({
      root,
      more: `location / { dav_methods PUT; create_full_put_path on; dav_access user:rw all:r; client_max_body_size 0; }`,
    });
    const url = `${nginx.url}/files?server=webdav`;
    await write(odd);
    await succeed(...push(url));
    expect(await pulled(url)).toEqual(await digestsIn('df'));
    expect((await succeed(...push(url))).stderr).toContain('tag is there already');
    await write({ ...odd, 'linux/amd64/bin/tool': 'another' });
    const again = await succeed(...push(url));
    expect(again.stderr).toContain('(7 B) to send');
    expect(await pulled(url)).toEqual(await digestsIn('df'));
    expect(JSON.parse((await succeed('static', 'ls', '--json', '-t', 'tool', url)).stdout)).toMatchObject({
      repositories: [{ tags: [{ tag: '1.0' }] }],
    });
    expect(await fail('static', 'ls', url)).toContain('cannot be listed: the server knows no PROPFIND');
    expect(await fail('static', 'rm', '--force', '-t', 'tool:1.0', url)).toContain(
      'the server deletes nothing',
    );
    expect(await pulled(url)).toEqual(await digestsIn('df'));
    await rm(root, { recursive: true });
  });
});

describe('plain files on a stand-in', () => {
  it.each(['artifactory', 'nexus', 'gitlab', 'gitea'] as const)(
    'for %s are published once, sent again where they changed, and pulled back',
    async (kind) => {
      const login = { username: 'me', password: 'hush-hush' };
      await using server = await startFileServer({ kind, login });
      const query = kind === 'nexus' ? '?server=nexus' : '';
      const url = `${server.url.replace('//', '//me:hush-hush@')}${query}`;
      await succeed(...push(url));
      expect(await pulled(url)).toEqual(await digestsIn('df'));
      server.requests.length = 0;
      const again = await succeed(...push(url));
      expect(again.stderr).toContain('tag is there already');
      expect(received(server)).toBe(0);
      await write({ ...plain, 'linux/amd64/bin/tool': 'another' });
      server.requests.length = 0;
      await succeed(...push(url));
      expect(received(server)).toBeLessThan(3_000);
      expect(await pulled(url)).toEqual(await digestsIn('df'));
      await succeed('static', 'push', '-t', 'tool:1.1', 'df', url);
      const listed = await succeed('static', 'ls', '--long', '--json', '-t', 'tool', url);
      expect(JSON.parse(listed.stdout)).toMatchObject({
        repositories: [{ tags: [{ tag: '1.1' }, { tag: '1.0' }] }],
      });
      const removal = await alba(['static', 'rm', '-t', 'tool:1.0', url]);
      if (kind === 'gitlab') {
        expect(removal.stderr).toContain('delete the version in the package registry of the project');
        expect(await pulled(url)).toEqual(await digestsIn('df'));
      } else {
        expect(removal, removal.stderr).toMatchObject({ code: 0 });
        expect([...server.files.keys()].filter((key) => key.includes('1.0'))).toEqual([]);
      }
      expect(await pulled(url, 'tool:1.1')).toEqual(await digestsIn('df'));
    },
  );

  it('for JFrog Artifactory are not sent again for another tag, and have the properties that are given', async () => {
    await using server = await startFileServer({ kind: 'artifactory' });
    await succeed(...push(server.url, '--property', 'build.sourceversion=1a2b'));
    server.requests.length = 0;
    await succeed('static', 'push', '-t', 'tool:1.1', 'df', server.url);
    expect(received(server)).toBeLessThan(3_000);
    const [first] = [...server.properties].filter(([key]) => key.endsWith('/1.0/linux/arm64/large'));
    expect(first?.[1]).toBe('build.sourceversion=1a2b');
    expect(await pulled(server.url, 'tool:1.1')).toEqual(await digestsIn('df'));
  });

  it('have no properties elsewhere, which is told before anything is sent', async () => {
    expect(await fail(...push('file://./site', '--property', 'a=b'))).toContain('keeps no properties');
    await using server = await startFileServer({ kind: 'nexus' });
    expect(await fail(...push(server.url, '--property', 'a=b'))).toContain('keeps no properties');
    expect(received(server)).toBe(0);
  });

  it('for Gitea are refused with all names that it does not take', async () => {
    await using server = await startFileServer({ kind: 'gitea' });
    await write(odd);
    expect(await fail(...push(server.url))).toMatch(
      /a b%20#\?é\.txt cannot be kept in .* Gitea takes letters, digits and \. _ -/,
    );
    expect(received(server)).toBe(0);
  });

  it.each([
    ['webdav', 404, { allow: 'GET, HEAD' }, 'takes no files: it answered OPTIONS with "Allow: GET, HEAD"'],
    ['artifactory', 404, {}, 'has no repository "files"'],
    ['nexus', 404, {}, 'has no repository "files"'],
  ] as const)(
    'are refused by a dry run where the server takes none: %s',
    async (kind, status, headers, why) => {
      await using server = await startPlainServer(status, headers);
      const home = kind === 'nexus' ? 'repository/files' : `${kind}/files`;
      const url = `${server.url}/${home}?server=${kind}`;
      expect(await fail(...push(url, '--dry-run'))).toContain(why);
      if (kind === 'webdav') {
        const images = ['container', 'push', '--no-cache', '--dry-run', '--from-files'];
        expect(await fail(...images, '-t', 'app:1', 'df', url)).toContain(why);
        const registry = `docker://${new URL(server.url).host}/app:1`;
        await succeed('container', 'push', '--no-cache', '--from-files', 'df', 'oci:made:1');
        const copy = ['container', 'copy', '--dry-run', 'oci:made:1', registry];
        for (const words of [[...images, 'df', registry], copy])
          expect(await fail(...words)).toMatch(/is no registry: it answered 404 to GET \/v2\//);
      }
      expect(server.methods.filter((one) => !['GET', 'HEAD', 'OPTIONS'].includes(one))).toEqual([]);
    },
  );

  it('are said by a dry run to be taken, or that only a push can tell, and a folder that is a file is refused', async () => {
    for (const kind of ['webdav', 'artifactory', 'nexus'] as const) {
      await using server = await startFileServer({ kind });
      const { stderr } = await succeed(...push(`${server.url}?server=${kind}`, '--dry-run'));
      expect(stderr).not.toContain('only a push can tell');
      expect(server.requests.filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toMatchObject(
        kind === 'webdav' ? [{ method: 'OPTIONS' }] : [],
      );
      expect(server.files.size).toBe(0);
    }
    await using silent = await startPlainServer(405, {});
    for (const kind of ['webdav', 'gitlab']) {
      const { stderr } = await succeed(...push(`${silent.url}/files?server=${kind}`, '--dry-run'));
      expect(stderr).toContain('only a push can tell');
    }
    expect(silent.methods).not.toContain('PUT');
    await writeFiles(temporary.path, { file: 'taken' });
    expect(await fail(...push('file://./file', '--dry-run'))).toContain('there is a file');
  });

  it('are not said to be copied, nor counted so, where a server copies nothing', async () => {
    await using server = await startFileServer({ kind: 'webdav' });
    await succeed(...push(server.url));
    const words = ['static', 'push', '-t', 'tool:1.1', '--json', '--dry-run', 'df', server.url];
    const { stdout, stderr } = await succeed(...words);
    expect(stderr).toContain('3 files (3.0 MB) to send');
    expect(JSON.parse(stdout)).toMatchObject({ missingBytes: large.length + 10, skippedBytes: 0 });
  });

  it('are listed and deleted in the folder that a URL names, whatever says their name', async () => {
    await using server = await startFileServer({ kind: 'webdav' });
    await succeed(...push(server.url));
    expect((await succeed('static', 'ls', server.url)).stdout).toBe('tool\n');
    expect((await succeed('static', 'ls', '-t', 'tool', server.url)).stdout).toBe('1.0\n');
    expect(await fail('static', 'ls', '-t', 'nope', server.url)).toContain(
      `${server.url}/df-dist-v1/nope holds nothing`,
    );
    expect(await fail('static', 'rm', `${server.url}/tool:1.0`)).toContain(
      `ends like name:tag, which would be a folder: write ${server.url} and give "tag" tool:1.0`,
    );
    await succeed('static', 'rm', '--force', '-t', 'tool:1.0', server.url);
    expect([...server.files.keys()]).toEqual(['df-dist-v1/tool/_self.json']);
  });

  it('go on after the server was lost within a file', async () => {
    await using server = await startFileServer({ kind: 'webdav' });
    const url = `${server.url}/goes/on`;
    server.fault = (method, path) =>
      method === 'PUT' && path.endsWith('/large') ? { breakAfter: 1_000_000 } : undefined;
    const child = spawn(node, [program, ...push(url)], {
      cwd: temporary.path,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const told: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => {
      told.push(chunk);
      // It is killed while it waits to try again.
      if (Buffer.concat(told).includes('retry 1 of')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    expect(child.signalCode).toBe('SIGKILL');
    expect([...server.files.keys()].filter((key) => key.endsWith('1.0/_self.json'))).toEqual([]);
    server.fault = () => undefined;
    await succeed(...push(url));
    expect(await pulled(url)).toEqual(await digestsIn('df'));
  });
});

interface PlainServer extends AsyncDisposable {
  readonly url: string;
  readonly methods: string[];
}

/** A server that has nothing and takes nothing in: what does not read is answered so. */
async function startPlainServer(
  status: number,
  headers: Readonly<Record<string, string>>,
): Promise<PlainServer> {
  const methods: string[] = [];
  const server = createServer(({ method = '' }, response) => {
    methods.push(method);
    const isRead = method === 'GET' || method === 'HEAD';
    response.writeHead(isRead ? 404 : status, isRead ? {} : headers).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    methods,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Bytes of bodies that came. */
function received({ requests }: FileServer): number {
  return requests.reduce((all, { method, received }) => (method === 'PUT' ? all + received : all), 0);
}
