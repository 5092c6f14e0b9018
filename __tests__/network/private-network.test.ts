import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFake } from '../repository/registry/fake.ts';
import { runAlba } from '../support/alba.ts';

const preload = pathToFileURL(join(import.meta.dirname, '..', 'support', 'fake-dns.mjs')).href;
const open = '8.8.8.8';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'alba-private-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

type Names = Readonly<Record<string, readonly (readonly string[])[]>>;

/** How a registry by the name registry.test leads a push into a network, and what was asked for there. */
async function lead(
  names: Names,
  to: (port: string) => string,
  { isProxied = false, how = 'redirect' }: { isProxied?: boolean; how?: 'redirect' | 'realm' } = {},
) {
  await using inside = await startFake((_, response) => response.writeHead(200).end('{"token":"x"}'));
  const there = to(new URL(inside.url).port);
  await using registry = await startFake(({ target }, response) => {
    if (isProxied && !target.includes('registry.test')) return response.writeHead(200).end('{}');
    if (how === 'redirect') return response.writeHead(307, { location: `${there}/latest` }).end();
    return response.writeHead(401, { 'www-authenticate': `Bearer realm="${there}/latest"` }).end();
  });
  const { port } = new URL(registry.url);
  const from = `docker://registry.test:${port}/app:1?plain-http=true`;
  const ended = await runAlba(['container', 'push', '--no-cache', '--from', from, 'oci:out:1'], {
    cwd: folder,
    env: {
      FAKE_DNS: JSON.stringify(names),
      NODE_OPTIONS: `--import=${preload}`,
      ...(isProxied && { http_proxy: registry.url }),
    },
  });
  const seen = isProxied ? registry.seen.map(({ target }) => target) : inside.seen.map(({ path }) => path);
  return { stderr: ended.stderr, led: seen.filter((path) => path.includes('latest')) };
}

const byName = (port: string) => `http://inside.test:${port}`;
const byAddress = (port: string) => `http://127.0.0.1:${port}`;
const inside = { 'inside.test': [['127.0.0.1']] };

describe('a registry leads into a private network', () => {
  it.each(['redirect', 'realm'] as const)('where it is there itself: by a %s', async (how) => {
    const names = { 'registry.test': [['127.0.0.1']], ...inside };
    expect((await lead(names, byName, { how })).led).not.toEqual([]);
    expect((await lead(names, byAddress, { how })).led).not.toEqual([]);
  });
});

describe('a registry does not lead into a private network', () => {
  it.each([
    ['whose name is a private address, too', { 'registry.test': [['127.0.0.1', open]], ...inside }],
    [
      'whose name is private for the second who asks',
      { 'registry.test': [['127.0.0.1', open], ['127.0.0.1']], ...inside },
    ],
    [
      'by a name that is a public address, too',
      { 'registry.test': [['127.0.0.1', open]], 'inside.test': [[open, '127.0.0.1']] },
    ],
  ])('%s', async (_, names) => {
    for (const how of ['redirect', 'realm'] as const) {
      for (const to of [byName, byAddress]) {
        const { led, stderr } = await lead(names, to, { how });
        expect(led).toEqual([]);
        expect(stderr).toMatch(/private network/);
      }
    }
  });

  it('by addresses in which others are embedded', async () => {
    const names = { 'registry.test': [['127.0.0.1', open]] };
    for (const address of ['[64:ff9b::7f00:1]', '[2002:7f00:1::]', '[fec0::1]', '168.63.129.16']) {
      const { led, stderr } = await lead(names, (port) => `http://${address}:${port}`);
      expect(led).toEqual([]);
      expect(stderr, address).toMatch(/private network/);
    }
  });

  it('through a proxy, whatever its own name is here: the proxy asks for itself', async () => {
    const names = { 'registry.test': [['10.0.0.1']] };
    const { led, stderr } = await lead(names, () => 'http://10.0.0.7', { isProxied: true });
    expect(led).toEqual([]);
    expect(stderr).toMatch(
      /registry\.test:\d+ leads to http:\/\/10\.0\.0\.7\/latest, inside a private network/,
    );
  });
});

describe('a registry that is in a private network itself does not lead to where a cloud hands out keys', () => {
  it.each(['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '[fd00:ec2::254]', 'inside.test'])(
    'at %s',
    async (host) => {
      const names = { 'registry.test': [['127.0.0.1']], 'inside.test': [['169.254.169.254']] };
      for (const how of ['redirect', 'realm'] as const) {
        const { stderr } = await lead(names, () => `http://${host}`, { how });
        expect(stderr).toContain('an address at which clouds hand out keys');
      }
    },
  );
});
