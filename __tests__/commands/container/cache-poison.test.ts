import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';
import { craneValidate } from '../../support/clients.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { describeWith, findTool } from '../../support/tools.ts';
import { type Body, bodyOf, type Forged, forge } from './cache-forgery.ts';
import {
  changeSmallLayer,
  checkRelease,
  fromFolder,
  fromRegistry,
  makeImages,
  push,
  writeArchives,
} from './cache-release.ts';

const temporary = useTemporary();
const folder = (name: string) => join(temporary.path, name);
const file = (name: string) => join(folder(name), 'alba-knowledge.json');
const images = makeImages();
const [first, ...others] = images as [(typeof images)[0], ...typeof images];
const changed = [changeSmallLayer(first), ...others];

const all = (archives: Body['archives']): Forged[] => archives.flatMap(([, { images }]) => images);
const wrong = `sha256:${'ab'.repeat(32)}`;
const swap = <T>(list: T[], a = 0, b = 1): void => {
  [list[a], list[b]] = [list[b] as T, list[a] as T];
};

/** Formally valid, and wrong. */
const forgeries: Record<string, (body: Body) => void> = {
  'a wrong digest for every layer': ({ layers }) => {
    for (const [, blob] of layers) blob.digest = wrong;
  },
  'the blobs of two layers swapped': ({ layers }) => {
    const blobs = layers.map(([, blob]) => blob);
    swap(blobs);
    layers.forEach((entry, index) => {
      entry[1] = blobs[index] as Body['layers'][0][1];
    });
  },
  'wrong sizes': ({ layers, archives }) => {
    for (const [, blob] of layers) blob.size += 1;
    for (const image of all(archives)) image.config.size += 1;
  },
  'the layers of an image in another order': ({ archives }) => {
    for (const image of all(archives)) swap(image.layers);
  },
  'a layer less': ({ archives }) => {
    for (const image of all(archives)) image.layers.pop();
  },
  'a wrong config': ({ archives }) => {
    for (const image of all(archives)) image.config.digest = wrong;
  },
  'another platform': ({ archives }) => {
    for (const image of all(archives).slice(1)) image.platform = { os: 'linux', architecture: 's390x' };
  },
  'a platform that no other artifact has': ({ archives }) => {
    for (const image of all(archives)) {
      if (image.platform.variant) image.platform = { os: 'linux', architecture: 'riscv64' };
    }
  },
  'no images': ({ archives }) => {
    for (const entry of archives) entry[1] = { images: [] };
  },
  'the images of other archives of this release': ({ archives }) => {
    const [last] = archives.slice(-1);
    for (const entry of archives) if (last) entry[1] = last[1];
  },
};

/** Not valid at all: told, and not used. */
const damages: Record<string, (bytes: Buffer) => Buffer> = {
  'another version': (bytes) => Buffer.from(String(bytes).replace(/"version":\d+/, '"version":1')),
  truncated: (bytes) => bytes.subarray(0, bytes.length / 2),
  'one digit changed': (bytes) => Buffer.from(String(bytes).replace(/[0-9](?=[^0-9]*$)/, 'x')),
  'ten megabytes of noise': () => randomBytes(10_000_000),
  nothing: () => Buffer.alloc(0),
  'ten thousand brackets': () => Buffer.from('['.repeat(10_000)),
};

beforeAll(async () => {
  await writeArchives(folder('docker'), images);
  await writeArchives(folder('changed'), changed);
});

/** A directory that has the release, with the cache of the run that put it there. */
async function publish(target: string, cache: string, artifacts = 'docker'): Promise<Buffer> {
  await push(['--cache-dir', folder(cache), '-t', 'app:1', folder(artifacts), target]);
  return readFile(file(cache));
}

const pushWith = (cache: string, artifacts: string, target: string) =>
  push(['--cache-dir', folder(cache), '-t', 'app:1', folder(artifacts), target]);

describe('a poisoned cache and a directory', () => {
  let honest: Buffer;
  const site = () => `file://${folder('site')}`;
  beforeAll(async () => {
    honest = await publish(site(), 'honest');
  });

  it.each(Object.keys(damages))('%s: a warning, and a right release', async (name) => {
    await mkdir(folder(name));
    await writeFile(file(name), damages[name]?.(honest) ?? '');
    const result = await pushWith(name, 'docker', site());
    expect(result.stderr).toMatch(/the cache is damaged or of another version/);
    await checkRelease(fromFolder(folder('site')), '1', images);
    expect((await pushWith(name, 'docker', site())).cacheHit).toBe('true');
  });

  it('a directory in its place is told and survived', async () => {
    await mkdir(file('in place'), { recursive: true });
    const result = await pushWith('in place', 'docker', site());
    expect(result.stderr).toMatch(/the cache cannot be read/);
    expect(result.stderr).toMatch(/the cache cannot be saved/);
  });

  it('a cache folder that cannot be made is told and survived', async () => {
    await writeFile(folder('a file'), '');
    const words = ['--cache-dir', join(folder('a file'), 'cache'), '-t', 'app:1', folder('docker'), site()];
    expect((await push(words)).stderr).toMatch(/the cache cannot be/);
  });

  it('two writers leave one whole file', async () => {
    const words = ['container', 'push', '--cache-dir', folder('both'), '-t', 'app:1'];
    const runs = ['docker', 'changed'].map((artifacts) =>
      runAlba([...words, folder(artifacts), `file://${folder(`site-${artifacts}`)}`]),
    );
    for (const { code, stderr } of await Promise.all(runs)) {
      expect(code).toBe(0);
      expect(stderr).not.toMatch(/cache/);
    }
    const again = await runAlba([
      'container',
      'push',
      '--cache-dir',
      folder('both'),
      '-t',
      'a:1',
      folder('docker'),
      'oci:x',
    ]);
    expect(again.stderr).not.toMatch(/cache is damaged/);
  });
});

describeWith([registryTool[2], 'crane'], 'a poisoned cache and two targets', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry();
  });
  afterAll(() => registry?.stop());

  it.each(Object.keys(forgeries))('%s: complete and right', async (name) => {
    const slug = name.replaceAll(' ', '-');
    const site = folder(`site-${slug}`);
    const targets = [`docker://${registry.host}/${slug}`, `file://${site}`];
    const run = (cache: string, artifacts: string) =>
      push(['--cache-dir', folder(cache), '-t', `${slug}:1`, folder(artifacts), ...targets]);
    await run(`honest-${slug}`, 'docker');
    const honest = await readFile(file(`honest-${slug}`));
    const poison = forge(honest, forgeries[name] ?? (() => {}));
    expect(poison).not.toEqual(honest);
    const check = async (of: typeof images) => {
      await checkRelease(fromRegistry(registry.host, slug), '1', of);
      await checkRelease(fromFolder(site, slug), '1', of);
      if (findTool('crane')) await craneValidate(`${registry.host}/${slug}:1`);
    };
    // Nothing changed; then one archive did, so that no index bears out the other three.
    for (const [artifacts, of] of [
      ['docker', images],
      ['changed', changed],
    ] as const) {
      await mkdir(folder(slug), { recursive: true });
      await writeFile(file(slug), poison);
      await run(slug, artifacts);
      await check(of);
    }
    await rm(folder(slug), { recursive: true });
  });
});

it('believes an archive that stands for another whose release is at the target: what docs/architecture.md admits', async () => {
  const site = `file://${folder('site-old')}`;
  await publish(site, 'old');
  const old = await readFile(file('old'));
  await writeArchives(folder('newer'), makeImages('2'));
  const { archives } = bodyOf(await publish(`file://${folder('elsewhere')}`, 'new', 'newer'));
  const platformOf = ({ images: [image] }: Body['archives'][0][1]) => JSON.stringify(image?.platform);
  const forged = forge(old, (body) => {
    const byPlatform = new Map(body.archives.map(([, held]) => [platformOf(held), held]));
    body.archives = archives.map(([digest, held, day]) => [
      digest,
      byPlatform.get(platformOf(held)) ?? { images: [] },
      day,
    ]);
  });
  await mkdir(folder('forged'));
  await writeFile(file('forged'), forged);
  const fooled = await pushWith('forged', 'newer', site);
  expect(fooled.cacheHit).toBe('true');
  await checkRelease(fromFolder(folder('site-old')), '1', images);
  await push(['--no-cache', '-t', 'app:1', folder('newer'), site]);
  await checkRelease(fromFolder(folder('site-old')), '1', makeImages('2'));
});
