import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { type Config, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { formatPlatform, type Platform } from '../../src/oci/platform.ts';
import { gzipMembers, gzipMixed } from '../compression/samples.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import {
  craneValidate,
  pullWithContainerd,
  pullWithDocker,
  pullWithPodman,
  pullWithRegctl,
  pullWithSkopeo,
} from '../support/clients.ts';
import { compressAsNix } from '../support/savers.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { type Registry, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const tools = [
  'docker-registry',
  'dockerd',
  'docker',
  'containerd',
  'ctr',
  'podman',
  'skopeo',
  'crane',
  'regctl',
  'pigz',
];
const hasZstd = typeof zstdCompressSync === 'function';

/** How an archive is compressed, and the platform that it is for. */
const packers: Readonly<Record<string, (archive: Buffer) => Buffer | Promise<Buffer>>> = {
  '386': packAsNix,
  amd64: (archive) => gzipSync(archive),
  arm64: (archive) => gzipMembers(archive, 5),
  riscv64: (archive) => gzipMixed(archive, 7),
};

const temporary = useTemporary();
const images: readonly FixtureImage[] = Object.keys(packers).map((architecture) =>
  makeImage({ os: 'linux', architecture }, { seed: architecture, layers: [900_000, 300_000] }),
);

async function packAsNix(archive: Buffer): Promise<Buffer> {
  const path = await temporary.write('nix.tar', archive);
  return readFile(await compressAsNix(path));
}

describeWith(tools, 'a release of layers', () => {
  let world: { registry: Registry; dockerd: Dockerd; containerd: Containerd };
  beforeAll(async () => {
    const [registry, dockerd, containerd] = await Promise.all([
      startRegistry(),
      startDockerd(),
      startContainerd(),
    ]);
    world = { registry, dockerd, containerd };
    await mkdir(join(temporary.path, 'archives'));
    for (const image of images) {
      const { architecture } = image.platform;
      const packed = await packers[architecture]?.(dockerArchive(image));
      await writeFile(join(temporary.path, 'archives', `${architecture}.tar.gz`), packed ?? '');
    }
    await push('spliced');
    if (hasZstd) await push('zstd', '--compression', 'zstd');
  });
  afterAll(() => Promise.all(Object.values(world ?? {}).map((server) => server.stop())));

  const reference = (name: string) => `${world.registry.host}/${name}:1.0`;

  async function push(name: string, ...flags: string[]): Promise<void> {
    const ended = await runAlba(
      [
        'container',
        'push',
        '--json',
        ...flags,
        '-t',
        `${name}:1.0`,
        'archives',
        `docker://${reference(name)}`,
      ],
      { cwd: temporary.path },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }

  const pulls: Readonly<Record<string, (reference: string, platform: Platform) => Promise<Config>>> = {
    docker: (...image) => pullWithDocker(world.dockerd, ...image),
    containerd: (...image) => pullWithContainerd(world.containerd, ...image),
    podman: pullWithPodman,
    skopeo: pullWithSkopeo,
    regctl: pullWithRegctl,
  };

  it('keeps the blocks that there were: no layer is what it would be made anew', async () => {
    const made = join(temporary.path, 'made');
    await mkdir(made);
    await Promise.all(
      images.map((image) =>
        writeFile(join(made, `${image.platform.architecture}.tar`), dockerArchive(image)),
      ),
    );
    const ended = await runAlba(
      ['container', 'push', '-t', 'made:1.0', 'made', `docker://${reference('made')}`],
      {
        cwd: temporary.path,
      },
    );
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const [spliced, anew] = await Promise.all([layersOf('spliced'), layersOf('made')]);
    expect(spliced).toHaveLength(8);
    expect(spliced.filter((digest) => anew.includes(digest))).toEqual([]);
    await rm(made, { recursive: true });
  });

  it('made of the blocks of their archives is what crane validates', () =>
    craneValidate(reference('spliced')));

  it.each(Object.keys(pulls))('made of the blocks of their archives is pulled by %s', (client) =>
    pullAll(client, 'spliced'),
  );

  it.skipIf(!hasZstd).each(['containerd', 'podman', 'skopeo', 'regctl'])(
    'of zstd is pulled by %s (docker 20.10 reads none; needs Node 22.15)',
    (client) => pullAll(client, 'zstd'),
  );

  async function pullAll(client: string, name: string): Promise<void> {
    for (const { platform, layers } of images) {
      const pulled = await pulls[client]?.(reference(name), platform);
      expect(pulled?.diffIds, formatPlatform(platform)).toEqual(layers.map((layer) => digestOf(layer)));
    }
  }

  async function layersOf(name: string): Promise<string[]> {
    const read = async (at: string): Promise<Uint8Array> => {
      const response = await fetch(`${world.registry.url}/v2/${name}/manifests/${at}`, {
        headers: {
          accept: 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json',
        },
      });
      return new Uint8Array(await response.arrayBuffer());
    };
    const { manifests } = parseIndex(await read('1.0'), name);
    const parsed = await Promise.all(
      manifests.map(async ({ digest }) => parseManifest(await read(digest), digest)),
    );
    return parsed.flatMap(({ layers }) => layers.map(({ digest }) => digest));
  }
});
