import { expect, it } from 'vitest';
import { runAction, runAlba } from '../support/alba.ts';
import { answerJson, type Hosts, startHosts } from '../support/servers/hosts.ts';
import { Hub, type HubOptions } from '../support/servers/hub.ts';
import { manifestsIn } from '../support/servers/stored-images.ts';
import { releases, tagsOf } from './ghcr-site.ts';

const target = 'docker://docker.io/org/app';
const login = { username: 'ann', password: 'dckr_pat_hush' };
const day = 86_400_000;

async function startHub(options: HubOptions = {}): Promise<Hosts & { readonly hub: Hub }> {
  const hub = new Hub(options);
  for (const manifest of await manifestsIn(releases)) hub.manifests.set(manifest.digest, manifest);
  for (const [at, release] of releases.entries()) {
    const { digest } = release.root.descriptor;
    const pushed = new Date(Date.now() - (60 - at) * day).toISOString();
    for (const tag of tagsOf(release)) hub.tags.set(tag, { digest, pushed });
    // What refers to it is known by a tag, as Docker Hub gives no list.
    for (const referrer of release.referrers.slice(0, 1)) {
      hub.tags.set(`sha256-${digest.slice(7)}`, { digest: referrer.descriptor.digest, pushed });
    }
  }
  const hosts = await startHosts({
    'registry-1.docker.io': hub.answerRegistry,
    'auth.docker.io': hub.answerTokens,
    'hub.docker.com': hub.answerApi,
  });
  return Object.assign(hosts, { hub });
}

const gc = ({ env }: Hosts, inputs: Readonly<Record<string, string>> = login) =>
  runAction({ command: 'container gc', target, keep: '2', ...inputs }, { env });
const kept = [
  '1',
  '1.6.0',
  '1.7',
  '1.7.0',
  'latest',
  `sha256-${releases[6]?.root.descriptor.digest.slice(7)}`,
];

it('deletes tags on Docker Hub by its own API, which alone is shown the login besides the token service', async () => {
  await using hosts = await startHub();
  const ended = await gc(hosts);
  expect(ended.stdout + ended.code).toMatch(/0$/);
  expect([...hosts.hub.tags.keys()].sort()).toEqual(kept);
  expect(ended.outputs.deleted?.split('\n').length).toBe(7);
  expect(ended.stdout).toContain('Docker Hub cleans up by itself what no tag leads to');
  expect(hosts.shown(login.password)).toEqual(['auth.docker.io', 'hub.docker.com']);
  const calls = hosts.calls().filter((call) => call.startsWith('DELETE')).length;
  const again = await gc(hosts);
  expect(again.stdout).toContain('nothing to delete');
  expect(hosts.calls().filter((call) => call.startsWith('DELETE')).length).toBe(calls);
}, 60_000);

it('takes the time of a tag on Docker Hub from there, and deletes nothing in a dry run', async () => {
  await using hosts = await startHub();
  const { env } = hosts;
  const words = ['gc', '--older-than', '57d', '--dry-run', '--json', target];
  const { stdout, stderr } = await runAlba(['container', ...words], { env });
  const [{ tags }] = JSON.parse(stdout).repositories;
  expect(tags.find(({ tag }: { tag: string }) => tag === '1.2.0')).toMatchObject({
    timeFrom: 'stored',
    fate: 'goes',
  });
  expect(tags.find(({ tag }: { tag: string }) => tag === '1.4.0')).toMatchObject({ fate: 'stays' });
  expect(stderr).not.toContain('alba:');
  expect(hosts.hub.tags.size).toBe(14);
}, 60_000);

it('asks Docker Hub for another token where one has expired, and waits as it is told', async () => {
  let count = 0;
  await using hosts = await startHub({
    before({ method }, response) {
      if (method !== 'DELETE') return;
      count += 1;
      if (count === 1) hosts.hub.expire();
      if (count === 4) response.writeHead(429, { 'retry-after': '1' }).end();
    },
  });
  const ended = await gc(hosts);
  expect(ended.stdout).toContain('answered 429: too many requests, it asks to wait 1 s');
  expect(ended.code).toBe(0);
  expect([...hosts.hub.tags.keys()].sort()).toEqual(kept);
}, 60_000);

it('ends where Docker Hub tells the same tags on page after page, and goes nowhere else for more', async () => {
  let pages = 0;
  await using hosts = await startHub({
    before({ method, path }, response) {
      if (method !== 'GET' || !path.endsWith('/tags')) return;
      pages += 1;
      const next = pages < 6 ? `https://elsewhere.example${path}?page=${pages + 1}` : null;
      answerJson(response, 200, { next, results: [{ name: '1.0.0' }] });
    },
  });
  const ended = await gc(hosts);
  expect(ended.stdout).toContain('docker.io/org/app: the tags at hub.docker.com do not end after 2 pages');
  expect(ended.code).toBe(1);
  expect(hosts.hub.tags.size).toBe(14);
  expect(hosts.calls().filter((call) => call.includes('elsewhere'))).toEqual([]);
}, 60_000);

it.each([
  [
    {},
    {},
    'Docker Hub takes a login for this: give username and password, an access token with read, write and delete',
  ],
  [
    {},
    { ...login, password: 'wrong' },
    'hub.docker.com answered 401 to the login of ann from the username and password given',
  ],
  [
    { rights: 'read' as const },
    login,
    'answered 403 (access to the resource is forbidden with personal access token); ann from the username and password given needs an access token with read, write and delete',
  ],
])(
  'says what Docker Hub wants of who may not delete: %j %j',
  async (options, inputs, message) => {
    await using hosts = await startHub(options);
    const ended = await gc(hosts, inputs);
    expect(ended.stdout).toContain(message);
    expect(ended.stdout).not.toContain('wrong"');
    expect(ended.code).toBe(1);
    expect(hosts.hub.tags.size).toBe(14);
  },
  60_000,
);
