import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConnection } from '../../src/place/connection.ts';
import { parseLocator } from '../../src/place/locator.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import { serve } from '../../src/serve/serve.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { unattended } from '../fixtures/unattended.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { copyWithSkopeo, craneValidate } from '../support/clients.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';
import { describeWith, findTool } from '../support/tools.ts';
import { digestsOf, makeReleases, pushReleases } from './releases.ts';

const releases = makeReleases(30);
const kept = releases.slice(20);
const all = [...new Set(releases.flatMap(digestsOf))].sort();
const wanted = [...new Set(kept.flatMap(digestsOf))].sort();
const keptTags = ['1', '1.29', ...kept.map(({ tag }) => tag), 'latest'].sort();
const temporary = useTemporary();

/** A repository that is deleted in. */
interface Site extends AsyncDisposable {
  /** As a target, and as what another run reads. */
  readonly target: string;
  readonly words: readonly string[];
  readonly locator: string;
  readonly env: Readonly<Record<string, string>>;
  /** The digests of all that it holds, sorted. */
  holds(): Promise<string[]>;
  /** The tags that it tells of, sorted. */
  tags(): Promise<string[]>;
  /** Has clients of others pull a tag. */
  pull(tag: string): Promise<void>;
}

async function repositoryAt(locator: string, env: Readonly<Record<string, string>>) {
  for (const [name, value] of Object.entries(env)) process.env[name] = value;
  return parseLocator(locator).place.openRepository(await readConnection({}, {}, '/'), unattended, 'push');
}

async function fill({ locator, env }: Site): Promise<void> {
  const repository = await repositoryAt(locator, env);
  await pushReleases(repository, releases);
  await repository.close();
}

/** By the keys below the repository's folders. */
async function keysIn(url: string): Promise<string[]> {
  const storage = await parseFilesTarget(url).openStorage({ directory: '/' }, unattended);
  const keys: string[] = [];
  for await (const { key } of storage.list('v2/org/app/')) keys.push(key);
  await storage.close();
  return keys;
}

async function storageSite(
  url: string,
  env: Record<string, string>,
  stop: () => Promise<void>,
): Promise<Site> {
  if (url.startsWith('file:')) await mkdir(url.slice('file://'.length), { recursive: true });
  const server = url.startsWith('file:') ? await serve(url.slice('file://'.length), { port: 0 }) : undefined;
  const host = server?.url.replace(/^http:\/\/|\/$/g, '');
  return {
    target: url,
    words: ['-t', 'org/app'],
    locator: `${url}#org/app`,
    env,
    async holds() {
      const digests = (await keysIn(url)).flatMap(
        (key) => /(?:manifests|blobs)\/(sha256:[0-9a-f]+)$/.exec(key)?.[1] ?? [],
      );
      return digests.sort();
    },
    async tags() {
      const names = (await keysIn(url)).flatMap((key) => /manifests\/([\w.]+)$/.exec(key)?.[1] ?? []);
      return names.sort();
    },
    pull: async (tag) => {
      if (host && findTool('crane')) await craneValidate(`${host}/org/app:${tag}`);
    },
    [Symbol.asyncDispose]: async () => {
      await server?.close();
      await stop();
    },
  };
}

function registrySite(host: string, stop: () => Promise<void>): Site {
  const locator = `docker://${host}/org/app`;
  const has = async (path: string) =>
    (await fetch(`http://${host}/v2/org/app/${path}`, { method: 'HEAD', headers: { accept: '*/*' } })).ok;
  const accept = ['index', 'manifest'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ');
  return {
    ...{ target: locator, words: [], locator, env: {} },
    /** Of manifests: blobs are the registry's own business. */
    async holds() {
      const found = await Promise.all(
        all.map(async (digest) => {
          const url = `http://${host}/v2/org/app/manifests/${digest}`;
          return (await fetch(url, { method: 'HEAD', headers: { accept } })).ok || (await isBlob(digest))
            ? [digest]
            : [];
        }),
      );
      return found.flat();
    },
    async tags() {
      const list = (await (await fetch(`http://${host}/v2/org/app/tags/list`)).json()) as { tags: string[] };
      return list.tags.filter((tag) => !tag.startsWith('sha256-')).sort();
    },
    pull: async (tag) => {
      if (findTool('crane')) await craneValidate(`${host}/org/app:${tag}`);
    },
    [Symbol.asyncDispose]: stop,
  };

  /** What no manifest is, stays until the registry collects it. */
  async function isBlob(digest: string): Promise<boolean> {
    return wanted.includes(digest) && (await has(`blobs/${digest}`));
  }
}

async function layoutSite(): Promise<Site> {
  const directory = join(temporary.path, 'layout');
  return {
    ...{ target: `oci:${directory}`, words: [], locator: `oci:${directory}`, env: {} },
    async holds() {
      return (await readdir(join(directory, 'blobs/sha256'))).map((hex) => `sha256:${hex}`).sort();
    },
    async tags() {
      const repository = await repositoryAt(`oci:${directory}`, {});
      return (await repository.tags()).sort();
    },
    pull: async (tag) => {
      if (findTool('skopeo'))
        await copyWithSkopeo(`oci:${directory}:${tag}`, `oci:${join(temporary.path, 'pulled')}:${tag}`);
    },
    [Symbol.asyncDispose]: async () => {},
  };
}

async function bucketSite(start: typeof startS3): Promise<Site> {
  const server = await start();
  await server.createBucket('bucket');
  return storageSite(s3Url(server, 'bucket'), s3Environment(server), () => server.stop());
}

const sites: readonly [string, readonly string[], () => Promise<Site>][] = [
  ['a directory', [], () => storageSite(`file://${join(temporary.path, 'site')}`, {}, async () => {})],
  ['a layout', [], layoutSite],
  ['versitygw', ['versitygw'], () => bucketSite(startS3)],
  ['MinIO', ['minio'], () => bucketSite(startMinio)],
  [
    'distribution 2.8',
    [registryTool[2]],
    async () => {
      const server = await startRegistry({ version: 2 });
      return registrySite(server.host, () => server.stop());
    },
  ],
  [
    'distribution 3',
    [registryTool[3]],
    async () => {
      const server = await startRegistry({ version: 3 });
      return registrySite(server.host, () => server.stop());
    },
  ],
  [
    'olareg',
    ['olareg'],
    async () => {
      const server = await startOlareg();
      return registrySite(server.host, () => server.stop());
    },
  ],
];

for (const [name, tools, open] of sites) {
  describeWith(tools, `container gc on ${name}`, () => {
    let site: Site;
    let planned: Ended;
    const gc = (...words: string[]) =>
      runAlba(['container', 'gc', ...site.words, '--grace', '0s', ...words, site.target], { env: site.env });
    beforeAll(async () => {
      site = await open();
      await fill(site);
      planned = await gc('--keep', '10', '--dry-run', '--json');
    }, 120_000);
    afterAll(() => site[Symbol.asyncDispose]());

    it('tells in a dry run what would go, and deletes nothing', async () => {
      expect(planned.stderr + planned.code).toMatch(/0$/);
      const { repositories, dryRun } = JSON.parse(planned.stdout);
      expect(dryRun).toBe(true);
      expect([...repositories[0].kept].sort()).toEqual(keptTags);
      expect(repositories[0].deleted.length).toBe(21);
      expect((await site.tags()).length).toBe(34);
      expect(await site.holds()).toEqual(expect.arrayContaining(wanted));
    }, 60_000);

    it('leaves exactly what the ten newest releases consist of, which others pull', async () => {
      const ended = await gc('--keep', '10', '--quiet');
      expect(ended.stderr).toBe('');
      expect(ended.code).toBe(0);
      expect(await site.tags()).toEqual(keptTags);
      expect(await site.holds()).toEqual(wanted);
      // Nested indexes are beyond some of the clients.
      for (const { tag } of kept) if (tag !== '1.27.0') await site.pull(tag);
    }, 120_000);

    it('finds nothing to do when it runs again', async () => {
      const ended = await gc('--keep', '10');
      expect(ended.stdout).toContain('nothing to delete');
      expect(ended.code).toBe(0);
      expect(await site.holds()).toEqual(wanted);
    }, 60_000);
  });
}
