import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import type { Daemon } from '../support/daemon.ts';
import { SpecCheck } from '../support/distribution-spec.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { type SpecProxy, startSpecProxy } from '../support/servers/spec-proxy.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const amd64 = { os: 'linux', architecture: 'amd64' };
const arm64 = { os: 'linux', architecture: 'arm64' };
/** In bytes: layers from 8 MiB on are sent while they are made. */
const largeSize = 9_000_000;
const emptyType = 'application/vnd.oci.empty.v1+json';

/** A registry, and what it has of what the spec leaves open. */
interface Kind {
  readonly tool: string;
  start(): Promise<Daemon & { readonly host: string }>;
  readonly hasReferrersApi: boolean;
  /** Whether it gives a thousand tags where a thousand are asked for, and not all. */
  readonly hasPages: boolean;
}

const kinds: Readonly<Record<string, Kind>> = {
  'distribution 2.8': {
    ...{ tool: registryTool[2], start: () => startRegistry({ version: 2 }) },
    ...{ hasReferrersApi: false, hasPages: false },
  },
  'distribution 3': {
    ...{ tool: registryTool[3], start: () => startRegistry({ version: 3 }) },
    ...{ hasReferrersApi: false, hasPages: true },
  },
  olareg: { tool: 'olareg', start: startOlareg, hasReferrersApi: true, hasPages: true },
};

describe('what is not as the distribution spec has it', () => {
  const hex = 'a'.repeat(64);
  const upload = '/v2/app/blobs/uploads/one?state=x';
  const types = { 'content-type': 'application/octet-stream' };
  it.each([
    ['an unknown endpoint', 'GET', '/v2/app/blob/x', {}, ''],
    ['a method that an endpoint has not', 'POST', '/v2/app/tags/list', {}, ''],
    ['credentials that nobody asked for', 'GET', '/v2/app/tags/list', { authorization: 'Basic eA==' }, ''],
    ['a body where none belongs', 'DELETE', `/v2/app/blobs/sha256:${hex}`, {}, 'x'],
    ['a wrong digest', 'HEAD', '/v2/app/blobs/sha256:abc', {}, ''],
    ['a range of something else', 'GET', '/v2/app/tags/list', { range: 'bytes=0-' }, ''],
    ['an upload without a length', 'POST', '/v2/app/blobs/uploads/', {}, ''],
    [
      'an upload elsewhere',
      'PATCH',
      '/v2/app/blobs/uploads/two',
      { ...types, 'transfer-encoding': 'chunked' },
      'x',
    ],
    ['a chunk of no place', 'PATCH', upload, { ...types, 'content-length': '1' }, 'x'],
    [
      'other bytes than their digest',
      'PUT',
      `${upload}&digest=sha256:${hex}`,
      { ...types, 'content-length': '1' },
      'x',
    ],
    ['a manifest of another type', 'PUT', '/v2/app/manifests/1', { ...types, 'content-length': '2' }, '{}'],
    ['a manifest of no type that is accepted', 'GET', '/v2/app/manifests/1', { accept: '*/*' }, ''],
    ['a wrong number of tags', 'GET', '/v2/app/tags/list?n=-1', {}, ''],
  ] as const)('is seen: %s', (_, method, path, headers, body) => {
    const check = new SpecCheck();
    check.answer(202, { location: upload });
    check.request({
      method,
      path,
      headers: { host: 'h', 'user-agent': 'u', ...headers },
      body: Buffer.from(body),
    });
    expect(check.violations).toEqual([expect.stringContaining(`${method} ${path}: `)]);
  });
});

for (const [name, { tool, start, hasReferrersApi, hasPages }] of Object.entries(kinds)) {
  describeWith([tool], `what alba asks of ${name} is as the distribution spec has it`, () => {
    let registry: Daemon & { readonly host: string };
    let proxy: SpecProxy;
    let from = 0;

    beforeAll(async () => {
      registry = await start();
      proxy = await startSpecProxy(registry.host);
    });
    afterAll(async () => {
      await proxy?.[Symbol.asyncDispose]();
      await registry?.stop();
    });

    /** Runs alba to its end, and holds what it asked to the spec; `{}` in a word is the host. */
    async function alba(...words: string[]): Promise<Ended> {
      from = proxy.checked.length;
      const ended = await runAlba(
        words.map((word) => word.replace('{}', proxy.host)),
        { cwd: temporary.path },
      );
      expect(proxy.violations).toEqual([]);
      return ended;
    }
    /** What the last run asked, each kind once. */
    const kindsAsked = (): string[] => [...new Set(proxy.checked.slice(from).map(({ kind }) => kind))].sort();
    const asked = (kind: string) => proxy.checked.slice(from).filter((one) => one.kind === kind);
    const get = (path: string) =>
      fetch(`http://${registry.host}/v2/${path}`, {
        headers: {
          accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
        },
      });

    it('when blobs go whole, manifests by digest, and a tag', async () => {
      await temporary.write(
        'small.tar',
        dockerArchive([amd64, arm64].map((platform) => makeImage(platform))),
      );
      expect(await alba('container', 'push', 'small.tar', 'docker://{}/app:1')).toMatchObject({ code: 0 });
      expect(kindsAsked()).toEqual(
        expect.arrayContaining(['POST session', 'PUT upload', 'PUT manifest', 'HEAD manifest']),
      );
      expect(kindsAsked()).not.toContain('PATCH upload');
    });

    it('when nothing has changed, and nothing is sent', async () => {
      expect(await alba('container', 'push', 'small.tar', 'docker://{}/app:1')).toMatchObject({ code: 0 });
      expect(kindsAsked().filter((kind) => /^(POST|PUT|PATCH)/.test(kind))).toEqual([]);
    });

    it('when a layer is sent while it is made', async () => {
      const large = makeImage(amd64, { seed: 'large', layers: [largeSize] });
      await temporary.write('large.tar', dockerArchive([large]));
      expect(await alba('container', 'push', 'large.tar', 'docker://{}/large:1')).toMatchObject({ code: 0 });
      expect(asked('PATCH upload')).toHaveLength(1);
      expect(asked('PUT upload').map(({ status }) => status)).toEqual([201, 201]);
    });

    it('when blobs are mounted from another repository', async () => {
      const copied = await alba('container', 'copy', 'docker://{}/app:1', 'docker://{}/released:1');
      expect(copied).toMatchObject({ code: 0 });
      const mounts = asked('POST session');
      expect(mounts.map(({ status }) => status)).toEqual(mounts.map(() => 201));
      expect(mounts[0]?.path).toMatch(
        /\/v2\/released\/blobs\/uploads\/\?mount=sha256%3A[0-9a-f]{64}&from=app$/,
      );
      expect(asked('PUT upload')).toEqual([]);
    });

    it('when what refers to a release goes with it', async () => {
      const layout = new FixtureLayout();
      const image = layout.image(makeImage(amd64, { seed: 'signed' }));
      const statement = layout.blob('application/json', Buffer.from('{"of":"signed"}'));
      const empty = layout.blob(emptyType, Buffer.from('{}'));
      const referrer = {
        ...{ schemaVersion: 2, mediaType: 'application/vnd.oci.image.manifest.v1+json' },
        ...{ artifactType: 'application/vnd.example.statement', config: empty, layers: [statement] },
        subject: image,
      };
      const bytes = Buffer.from(JSON.stringify(referrer));
      const said = layout.blob(referrer.mediaType, bytes, { artifactType: referrer.artifactType });
      const list = layout.index([said]);
      const fallback = { 'org.opencontainers.image.ref.name': image.digest.replace(':', '-') };
      layout.list(
        { ...image, platform: amd64, annotations: { 'org.opencontainers.image.ref.name': '1' } },
        { ...list, annotations: fallback },
      );
      await layout.write(join(temporary.path, 'signed'));
      const copied = await alba('container', 'copy', 'oci:./signed:1', 'docker://{}/signed:1');
      expect(copied).toMatchObject({ code: 0 });
      const path = hasReferrersApi
        ? `referrers/${image.digest}`
        : `manifests/${image.digest.replace(':', '-')}`;
      const { manifests } = (await (await get(`signed/${path}`)).json()) as {
        manifests: { digest: string }[];
      };
      expect(manifests.map(({ digest }) => digest)).toEqual([digestOf(bytes)]);
      const inspected = await alba('container', 'inspect', '--json', 'docker://{}/signed:1');
      expect(inspected.stdout).toContain(digestOf(bytes));
      expect(kindsAsked()).toContain('GET referrers');
    });

    it('when a pull breaks off and is taken up', async () => {
      proxy.breakNext('GET blob');
      const tree = `tree-${name}`;
      expect(await alba('container', 'pull', 'docker://{}/large:1', `./${tree}`)).toMatchObject({ code: 0 });
      expect(await readFile(join(temporary.path, tree, 'app/größe-0.bin'))).toHaveLength(largeSize);
      const ranges = asked('GET blob').flatMap(({ headers }) => headers.range ?? []);
      expect(ranges).toEqual([expect.stringMatching(/^bytes=[1-9]\d*-/)]);
    });

    it('when tags come in pages', async () => {
      const manifest = await (await get('released/manifests/1')).arrayBuffer();
      const headers = { 'content-type': 'application/vnd.oci.image.index.v1+json' };
      const tags = Array.from({ length: hasPages ? 1_005 : 20 }, (_, at) => `0.${at}.0`);
      const puts = tags.values();
      const putAll = async () => {
        for (const tag of puts)
          await fetch(`http://${registry.host}/v2/released/manifests/${tag}`, {
            ...{ method: 'PUT', headers, body: manifest },
          });
      };
      await Promise.all(Array.from({ length: 8 }, putAll));
      const { code, stdout } = await alba('container', 'ls', '--json', 'docker://{}/released');
      expect(code).toBe(0);
      expect(new Set(stdout.match(/0\.\d+\.0/g))).toEqual(new Set(tags));
      expect(asked('GET tags')).toHaveLength(hasPages ? 2 : 1);
    });

    it('when a release is deleted', async () => {
      const removed = await alba('container', 'rm', '--force', '--grace', '0s', 'docker://{}/large:1');
      expect(removed).toMatchObject({ code: 0 });
      expect(asked('DELETE manifest').length).toBeGreaterThan(0);
      expect((await get('large/manifests/1')).status).toBe(404);
    });

    it('when what is asked for is not there', async () => {
      const tag = await alba('container', 'inspect', 'docker://{}/app:none');
      expect(tag.code).not.toBe(0);
      expect(tag.stderr).toContain(`${proxy.host}/app:none`);
      const repository = await alba('container', 'ls', 'docker://{}/nowhere');
      expect(repository.stderr).not.toMatch(/\n +at /);
    });
  });
}

describeWith([registryTool[3]], 'credentials for distribution 3', () => {
  it('are sent when it asks for them, and its refusal is told in its own words', async () => {
    const auth = { username: 'ann', password: 'right' };
    await using registry = await startRegistry({ version: 3, auth });
    await using proxy = await startSpecProxy(registry.host);
    await temporary.write('small.tar', dockerArchive([makeImage(amd64)]));
    const push = (password: string) =>
      runAlba(
        [
          'container',
          'push',
          '--username',
          'ann',
          '--password-stdin',
          'small.tar',
          `docker://${proxy.host}/app:1`,
        ],
        { cwd: temporary.path, input: password },
      );
    const refused = await push('wrong');
    expect(refused.code).not.toBe(0);
    expect(refused.stderr).toMatch(/401.*(UNAUTHORIZED|authentication required)/is);
    expect(await push('right')).toMatchObject({ code: 0 });
    expect(proxy.checked[0]?.headers.authorization).toBeUndefined();
    expect(proxy.violations).toEqual([]);
  });
});
