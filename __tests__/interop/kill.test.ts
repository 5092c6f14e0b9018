import { spawn } from 'node:child_process';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { compress } from '../fixtures/oci-layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { node, program, runAlba } from '../support/alba.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const push = (...words: string[]) => ['container', 'push', '--no-cache', ...words];

/** Reads `v2/app/tags/list` and the like; undefined when it is not there. */
type Read = (path: string) => Promise<Buffer | undefined>;

let digests: { readonly old: Digest; readonly new: Digest };
let lines: number;

beforeAll(async () => {
  await writeBuild('old');
  await writeBuild('new');
  await publish(at('old'), `file://${at('site-old')}`);
  const told = await publish(at('new'), `file://${at('site-new')}`);
  digests = { old: await digestIn('site-old'), new: await digestIn('site-new') };
  lines = told.trimEnd().split('\n').length;
});

describe('a directory', () => {
  it('has the old release or the new one, whole, whenever its publisher is killed', async () => {
    const seen = new Set<Digest | undefined>();
    for (let line = 1; line <= lines; line++) {
      const site = `site-${line}`;
      await cp(at('site-old'), at(site), { recursive: true });
      await killAtLine(line, push('-t', 'app:latest', '-t', 'app:2', at('new'), `file://${at(site)}`));
      const latest = await digestOfWhole(filesIn(site), 'app', 'latest');
      const second = await digestOfWhole(filesIn(site), 'app', '2');
      expect([digests.old, digests.new], `killed at line ${line}`).toContain(latest);
      expect([undefined, digests.new], `killed at line ${line}`).toContain(second);
      expect(['latest', '2']).toEqual(expect.arrayContaining(await tagsOf(filesIn(site), 'app')));
      await publish(at('new'), `file://${at(site)}`, '2');
      expect(await digestOfWhole(filesIn(site), 'app', 'latest')).toBe(digests.new);
      expect(await tagsOf(filesIn(site), 'app')).toEqual(['2', 'latest']);
      seen.add(latest);
    }
    expect(seen).toContain(digests.old);
  });

  it('has nothing under a tag that a killed publisher never wrote', async () => {
    for (let line = 1; line <= lines; line += 3) {
      const site = `first-${line}`;
      await killAtLine(line, push('-t', 'app:latest', at('new'), `file://${at(site)}`));
      expect([undefined, digests.new]).toContain(await digestOfWhole(filesIn(site), 'app', 'latest'));
    }
  });

  it('lists the tags of all who publish at once', async () => {
    const tags = ['1', '2', '3', '4', '5', '6'];
    await Promise.all(tags.map((tag) => publish(at('new'), `file://${at('together')}`, tag)));
    expect(await tagsOf(filesIn('together'), 'app')).toEqual([...tags, 'latest']);
    for (const tag of tags) expect(await digestOfWhole(filesIn('together'), 'app', tag)).toBe(digests.new);
  });
});

describeWith([registryTool[2], 'versitygw'], 'servers', () => {
  let registry: Registry;
  let s3: S3Server;

  beforeAll(async () => {
    [registry, s3] = await Promise.all([startRegistry(), startS3()]);
    await s3.createBucket('alba');
  });
  afterAll(async () => {
    await Promise.all([registry?.stop(), s3?.stop()]);
  });

  it('a registry has the old release or the new one, whole, whenever its publisher is killed', async () => {
    const read: Read = async (path) => {
      const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
      const response = await fetch(`${registry.url}/${path}`, { headers: { accept } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.ok ? bytes : undefined;
    };
    for (let line = 2; line <= lines; line += 2) {
      const name = `killed-${line}/app`;
      const target = `docker://${registry.host}/${name}`;
      await publish(at('old'), target);
      await killAtLine(line, push('-t', 'app:latest', at('new'), target));
      expect([digests.old, digests.new]).toContain(await digestOfWhole(read, name, 'latest'));
      await publish(at('new'), target);
      expect(await digestOfWhole(read, name, 'latest')).toBe(digests.new);
    }
  });

  it('a bucket lists the tags of all who publish at once', async () => {
    const tags = ['1', '2', '3', '4', '5', '6'];
    const target = s3Url(s3, 'alba');
    await Promise.all(tags.map((tag) => publish(at('new'), target, tag, s3Environment(s3))));
    const content = filesIn(s3.directory, 'content', 'alba');
    expect(await tagsOf(content, 'app')).toEqual([...tags, 'latest']);
    for (const tag of tags) expect(await digestOfWhole(content, 'app', tag)).toBe(digests.new);
  });
});

/** Two platforms; the layers of the second are another build's. */
async function writeBuild(name: string): Promise<void> {
  await mkdir(at(name));
  const write = (architecture: string, seed: string, file: string, pack: (bytes: Buffer) => Buffer) => {
    const image = makeImage({ os: 'linux', architecture }, { seed, layers: [700_000, 300_000, 900] });
    return temporary.write(join(name, file), pack(dockerArchive(image)));
  };
  await write('amd64', 'same', 'amd64.tar', (bytes) => bytes);
  await write('arm64', name, 'arm64.tar.gz', (bytes) => compress(bytes, 'gzip'));
}

/** Publishes to the end, as app:latest and perhaps under another tag; gives what was told meanwhile. */
async function publish(
  folder: string,
  target: string,
  tag?: string,
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const more = tag ? ['-t', `app:${tag}`] : [];
  const ended = await runAlba(push('-t', 'app:latest', ...more, folder, target), { env });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended.stderr;
}

/** Kills the command as soon as it has told so many lines; it may be done by then. */
function killAtLine(line: number, words: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(node, [program, ...words], {
      cwd: temporary.path,
      env: { PATH: process.env.PATH, HOME: temporary.path } as NodeJS.ProcessEnv,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let told = 0;
    createInterface(child.stderr).on('line', () => {
      told += 1;
      if (told === line) child.kill('SIGKILL');
    });
    child.once('error', reject).once('exit', () => resolve());
  });
}

function filesIn(...folder: string[]): Read {
  const root = folder[0]?.startsWith('/') ? join(...folder) : at(...folder);
  return (path) => readFile(join(root, path)).catch(() => undefined);
}

async function digestIn(site: string): Promise<Digest> {
  return (await digestOfWhole(filesIn(site), 'app', 'latest')) ?? expect.fail(`${site} has no release`);
}

async function tagsOf(read: Read, name: string): Promise<string[]> {
  const list = await read(`v2/${name}/tags/list`);
  return list ? JSON.parse(String(list)).tags : [];
}

/** The digest that a tag has; fails unless all that it leads to is there, and is what its digest says. */
async function digestOfWhole(read: Read, name: string, tag: string): Promise<Digest | undefined> {
  const index = await read(`v2/${name}/manifests/${tag}`);
  if (!index) return undefined;
  const get = async (kind: 'manifests' | 'blobs', digest: Digest): Promise<Buffer> => {
    const bytes =
      (await read(`v2/${name}/${kind}/${digest}`)) ?? expect.fail(`${name}:${tag} lacks ${digest}`);
    expect(digestOf(bytes)).toBe(digest);
    return bytes;
  };
  await get('manifests', digestOf(index));
  for (const { digest } of parseIndex(index, tag).manifests) {
    const { config, layers } = parseManifest(await get('manifests', digest), digest);
    for (const blob of [config, ...layers]) await get('blobs', blob.digest);
  }
  return digestOf(index);
}
