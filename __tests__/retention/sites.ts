import { mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { readConnection } from '../../src/place/connection.ts';
import { parseLocator } from '../../src/place/locator.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { serve } from '../../src/serve/serve.ts';
import { unattended } from '../fixtures/unattended.ts';
import type { Daemon } from '../support/daemon.ts';
import { startGarage } from '../support/servers/garage.ts';
import { startOlareg } from '../support/servers/olareg.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { s3Environment, s3Url, startMinio, startS3 } from '../support/servers/s3.ts';

/** A repository `org/app` that is deleted in. */
export interface Site extends AsyncDisposable {
  /** As a target of `container gc`, and the words that name the repository in it. */
  readonly target: string;
  readonly words: readonly string[];
  /** As what is pulled from. */
  readonly locator: string;
  readonly env: Readonly<Record<string, string>>;
  /** What clients of others name it by, where they can read it: `127.0.0.1:40123/org/app`. */
  readonly served?: string;
  /** The digests of all that it holds, sorted. A registry is asked for each of `all`; blobs it keeps until it collects them. */
  holds(all: readonly string[], wanted: readonly string[]): Promise<string[]>;
  /** The tags that it tells of, sorted; without those that stand for referrers. */
  tags(): Promise<string[]>;
}

/** A kind of site, with the tools that it needs. */
export interface SiteKind {
  readonly name: string;
  readonly tools: readonly string[];
  /** `folder` is one of its own. */
  open(folder: string): Promise<Site>;
}

const directory: SiteKind = {
  name: 'a directory',
  tools: [],
  async open(folder) {
    await mkdir(folder, { recursive: true });
    const server = await serve(folder, { port: 0 });
    const site = storageSite(`file://${folder}`, {}, () => server.close());
    return { ...site, served: `${new URL(server.url).host}/org/app` };
  },
};

const layout: SiteKind = {
  name: 'a layout',
  tools: [],
  open: async (folder) => ({
    ...{ target: `oci:${folder}`, words: [], locator: `oci:${folder}`, env: {} },
    holds: async () => (await readdir(join(folder, 'blobs/sha256'))).map((hex) => `sha256:${hex}`).sort(),
    tags: async () => (await openSite({ locator: `oci:${folder}`, env: {} })).tags(),
    [Symbol.asyncDispose]: async () => {},
  }),
};

const bucketOf = (name: string, tool: string, start: typeof startS3): SiteKind => ({
  name,
  tools: [tool],
  async open() {
    const server = await start();
    await server.createBucket('bucket');
    return storageSite(s3Url(server, 'bucket'), s3Environment(server), server.stop);
  },
});

const garage: SiteKind = {
  name: 'Garage',
  tools: ['garage'],
  async open() {
    const server = await startGarage('bucket');
    const site = storageSite(s3Url(server, 'bucket'), s3Environment(server), server.stop);
    return { ...site, served: `${server.web.host}/org/app` };
  },
};

const registryOf = (
  name: string,
  tool: string,
  start: () => Promise<Daemon & { readonly host: string }>,
): SiteKind => ({ name, tools: [tool], open: async () => registrySite(await start()) });

/** All kinds, by a word each. */
export const siteKinds = {
  directory,
  layout,
  versitygw: bucketOf('versitygw', 'versitygw', startS3),
  minio: bucketOf('MinIO', 'minio', startMinio),
  garage,
  distribution2: registryOf('distribution 2.8', registryTool[2], () => startRegistry({ version: 2 })),
  distribution3: registryOf('distribution 3', registryTool[3], () => startRegistry({ version: 3 })),
  olareg: registryOf('olareg', 'olareg', startOlareg),
} as const satisfies Record<string, SiteKind>;

/** What alba itself makes of a site, to push there and to look. */
export async function openSite({ locator, env }: Pick<Site, 'locator' | 'env'>): Promise<Repository> {
  Object.assign(process.env, env);
  return parseLocator(locator).place.openRepository(await readConnection({}, {}, '/'), unattended, 'push');
}

/** By the keys below the repository's folders. */
async function keysIn(url: string): Promise<string[]> {
  const storage = await parseFilesTarget(url).openStorage({ directory: '/' }, unattended);
  const keys: string[] = [];
  for await (const { key } of storage.list('v2/org/app/')) keys.push(key);
  await storage.close();
  return keys;
}

function storageSite(url: string, env: Record<string, string>, stop: () => Promise<void>): Site {
  Object.assign(process.env, env);
  const found = async (pattern: RegExp) =>
    (await keysIn(url)).flatMap((key) => pattern.exec(key)?.[1] ?? []).sort();
  return {
    ...{ target: url, words: ['-t', 'org/app'], locator: `${url}#org/app`, env },
    holds: () => found(/(?:manifests|blobs)\/(sha256:[0-9a-f]+)$/),
    tags: () => found(/manifests\/([\w.]+)$/),
    [Symbol.asyncDispose]: stop,
  };
}

function registrySite({ host, stop }: Daemon & { readonly host: string }): Site {
  const url = `http://${host}/v2/org/app`;
  const accept = ['index', 'manifest'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ');
  const has = async (path: string) =>
    (await fetch(`${url}/${path}`, { method: 'HEAD', headers: { accept } })).ok;
  const locator = `docker://${host}/org/app`;
  return {
    ...{ target: locator, words: [], locator, env: {}, served: `${host}/org/app` },
    async holds(all, wanted) {
      const isThere = async (digest: string) =>
        (await has(`manifests/${digest}`)) || (wanted.includes(digest) && (await has(`blobs/${digest}`)));
      const found = await Promise.all(all.map(async (digest) => ((await isThere(digest)) ? [digest] : [])));
      return found.flat();
    },
    async tags() {
      const list = (await (await fetch(`${url}/tags/list`)).json()) as { tags: string[] };
      return list.tags.filter((tag) => !tag.startsWith('sha256-')).sort();
    },
    [Symbol.asyncDispose]: stop,
  };
}
