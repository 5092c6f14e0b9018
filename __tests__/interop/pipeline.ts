import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { type Digest, digestOf } from '../../src/oci/digest.ts';
import type { Platform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../fixtures/image.ts';
import { compress, FixtureLayout } from '../fixtures/oci-layout.ts';
import { type ActionEnded, runAction } from '../support/alba.ts';

// A workflow is played as a runner would: each step is a process of its own, each job has a folder of its
// own, and nothing goes from one job to another but outputs.

type Texts = Readonly<Record<string, string>>;

/** The jobs of a matrix, by the output that each has for its platform. */
export const matrix: Readonly<Record<string, Platform>> = {
  'linux-386': { os: 'linux', architecture: '386' },
  'linux-amd64': { os: 'linux', architecture: 'amd64' },
  'linux-arm-v7': { os: 'linux', architecture: 'arm', variant: 'v7' },
  'linux-arm64': { os: 'linux', architecture: 'arm64' },
};

/** What the job of each platform has built; one a layout of buildx's with an attestation. Gives the paths by output. */
export async function makeBuilds(folder: string, seed = 'pipeline'): Promise<Record<string, string>> {
  const builds: Record<string, string> = {};
  for (const [output, platform] of Object.entries(matrix)) {
    builds[output] = join(folder, output, 'image');
    await writeBuild(builds[output], output, imageFor(platform, seed));
  }
  return builds;
}

async function writeBuild(path: string, output: string, image: FixtureImage): Promise<void> {
  await mkdir(path, { recursive: true });
  if (output !== 'linux-386') {
    const bytes = dockerArchive(image);
    const isPacked = output !== 'linux-amd64';
    const name = isPacked ? 'image.tar.gz' : 'image.tar';
    return writeFile(join(path, name), isPacked ? compress(bytes, 'gzip') : bytes);
  }
  const layout = new FixtureLayout();
  const found = { ...layout.image(image), platform: image.platform };
  await layout.list(layout.index([found, layout.attestation(found)])).write(path);
}

/** A layer that all platforms share, and two of its own. */
function imageFor(platform: Platform, seed: string): FixtureImage {
  const shared = makeImage(platform, { seed, layers: [90_000] });
  const own = makeImage(platform, { seed: seed + JSON.stringify(platform), layers: [60_000, 700] });
  const layers = [...shared.layers, ...own.layers];
  return { platform, config: makeConfig(platform, layers), layers };
}

/** A step that succeeds. */
export async function step(inputs: Texts, cwd: string, env: Texts = {}): Promise<ActionEnded> {
  const ended = await runAction(inputs, { cwd, env });
  expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 0 });
  return ended;
}

/** A step that fails; gives what the run shows as its error. */
export async function failingStep(inputs: Texts, cwd: string, env: Texts = {}): Promise<string> {
  const ended = await runAction(inputs, { cwd, env });
  expect(ended, ended.stdout + ended.stderr).toMatchObject({ code: 1, outputs: {} });
  return ended.stdout
    .split('\n')
    .filter((line) => line.startsWith('::error::'))
    .join('\n');
}

/** All jobs of a matrix at once, each with its archive alone; `needs.<job>.outputs` as the next job sees them. */
export async function playMatrix(
  builds: Texts,
  inputs: Texts,
  env: Texts = {},
): Promise<Record<string, string>> {
  const jobs = Object.values(builds).map((path) =>
    step({ ...inputs, artifacts: 'image' }, join(path, '..'), env),
  );
  const ended = await Promise.all(jobs);
  // A job that does not set an output leaves it empty; one that is empty does not overwrite another's.
  const all = Object.keys(matrix).map((output) => [
    output,
    ended.map(({ outputs }) => outputs[output] ?? '').find(Boolean) ?? '',
  ]);
  return Object.fromEntries(all);
}

/** `toJSON` as the expression of a workflow formats it. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, null, 2);
}

/** Reads `v2/app/tags/list` and the like; undefined when it is not there. */
export type Read = (path: string) => Promise<Buffer | undefined>;

/** From a registry, or from a bucket's website. */
export function readFrom(url: string): Read {
  return async (path) => {
    const accept = [
      'application/vnd.oci.image.index.v1+json',
      'application/vnd.oci.image.manifest.v1+json',
      'application/vnd.docker.distribution.manifest.v2+json',
    ].join(', ');
    const response = await fetch(`${url}/${path}`, { headers: { accept } });
    const bytes = Buffer.from(await response.arrayBuffer());
    return response.ok ? bytes : undefined;
  };
}

/** From a directory, or from the folder where an S3 server keeps its objects. */
export function readIn(folder: string): Read {
  return (path) => readFile(join(folder, path)).catch(() => undefined);
}

/** What each tag names. */
export async function tagsIn(read: Read, name: string): Promise<Record<string, Digest>> {
  const list = await read(`v2/${name}/tags/list`);
  const { tags }: { tags?: string[] | null } = list ? JSON.parse(String(list)) : {};
  const digests = (tags ?? []).map(async (tag) => {
    const bytes = await read(`v2/${name}/manifests/${tag}`);
    return [tag, bytes ? digestOf(bytes) : expect.fail(`${name}:${tag} is listed, but not there`)] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}
