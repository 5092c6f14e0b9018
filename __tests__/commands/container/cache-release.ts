import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Digest } from '../../../src/oci/digest.ts';
import { parseConfig, parseIndex, parseManifest } from '../../../src/oci/manifest.ts';
import { formatPlatform, type Platform, parsePlatform } from '../../../src/oci/platform.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../../fixtures/image.ts';
import { runAlba } from '../../support/alba.ts';

/** What `alba container push --json` prints, as far as these tests read it. */
export interface Pushed {
  readonly digest: Digest;
  readonly platforms: Readonly<Record<string, Digest>>;
  readonly manifests: readonly { made: number; pushed: boolean; layers: number; why?: string }[];
  readonly pushedBytes: number;
  readonly cacheHit: string;
  readonly stderr: string;
}

export const platforms = ['linux/386', 'linux/amd64', 'linux/arm/v7', 'linux/arm64'].map(parsePlatform);

/** Four images: a layer that all share, one of each platform, and a small one. */
export function makeImages(version = ''): FixtureImage[] {
  const shared = makeImage({ os: 'linux', architecture: 'amd64' }, { seed: 'shared', layers: [60_000] });
  return platforms.map((platform) => {
    const name = formatPlatform(platform);
    const own = makeImage(platform, { seed: name, layers: [90_000] });
    const small = makeImage(platform, { seed: `${name} small`, layers: [700] });
    return withLayers(platform, [...shared.layers, ...own.layers, ...small.layers], version);
  });
}

/** The image with another small layer. */
export function changeSmallLayer({ platform, layers }: FixtureImage, seed = 'changed'): FixtureImage {
  const small = makeImage(platform, { seed, layers: [800] }).layers;
  return withLayers(platform, [...layers.slice(0, -1), ...small]);
}

function withLayers(platform: Platform, layers: readonly Buffer[], version = ''): FixtureImage {
  return { platform, layers, config: makeConfig(platform, layers, version ? { version } : {}) };
}

/** Writes one `.tar.gz` an image, named by numbers alone so that no name tells a platform. */
export async function writeArchives(folder: string, images: readonly FixtureImage[]): Promise<string[]> {
  await mkdir(folder, { recursive: true });
  return Promise.all(
    images.map(async (image, index) => {
      const path = join(folder, `${index}.tar.gz`);
      await writeFile(path, gzipSync(dockerArchive(image)));
      return path;
    }),
  );
}

/** Runs `alba container push --json` and gives what it printed; what it printed besides comes with a failure. */
export async function push(words: readonly string[], env: Record<string, string> = {}): Promise<Pushed> {
  const ended = await runAlba(['container', 'push', '--json', ...words], { env });
  if (ended.code !== 0) throw new Error(`exit ${ended.code}: ${ended.stderr}`);
  return { ...JSON.parse(ended.stdout), stderr: ended.stderr };
}

/** Gives the bytes under `manifests/…` or `blobs/…` of a repository. */
export type Read = (path: string) => Promise<Buffer>;

/** From a registry that speaks plain http. */
export function fromRegistry(host: string, repository = 'app'): Read {
  return async (path) => {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    const response = await fetch(`http://${host}/v2/${repository}/${path}`, { headers: { accept } });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return Buffer.from(await response.arrayBuffer());
  };
}

/** From a static registry in a folder. */
export function fromFolder(folder: string, repository = 'app'): Read {
  return (path) => readFile(join(folder, 'v2', repository, path));
}

/**
 * Pulls all of a tag and checks it: every digest and size, every layer inflated against its diffID, every
 * platform of the index against its config, and that just these images are there.
 */
export async function checkRelease(read: Read, tag: string, images: readonly FixtureImage[]): Promise<void> {
  const bytesOf = async (path: string, { digest, size }: { digest: Digest; size: number }) => {
    const bytes = await read(path + digest);
    if (bytes.length !== size || digestOf(bytes) !== digest) throw new Error(`${path}${digest} is damaged`);
    return bytes;
  };
  const found: string[] = [];
  for (const entry of parseIndex(await read(`manifests/${tag}`), tag).manifests) {
    const { config, layers } = parseManifest(await bytesOf('manifests/', entry), entry.digest);
    const bytes = await bytesOf('blobs/', config);
    const { platform: built, diffIds } = parseConfig(bytes, config.digest);
    const platform = { os: '', architecture: '', ...built };
    const inflated: string[] = [];
    for (const layer of layers) inflated.push(digestOf(gunzipSync(await bytesOf('blobs/', layer))));
    if (inflated.join() !== diffIds.join()) throw new Error(`layers of ${entry.digest} are not its diffIDs`);
    const told = entry.platform && formatPlatform(entry.platform);
    if (told !== formatPlatform(platform)) throw new Error(`${entry.digest} is not for ${told}`);
    found.push(config.digest);
  }
  const wanted = images.map(({ config }) => digestOf(config));
  if (found.toSorted().join() !== wanted.toSorted().join()) throw new Error('these are other images');
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
