import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../src/oci/digest.ts';
import type { Platform } from '../../src/oci/platform.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { type FixtureImage, makeConfig, makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { copyWithSkopeo } from '../support/clients.ts';
import { compressAsNix, saveWithDocker, saveWithPodman } from '../support/savers.ts';
import type { Dockerd } from '../support/servers/dockerd.ts';

/** The platforms of a release under test; each has a layer of its own and one that all share. */
export const platforms: readonly Platform[] = [
  { os: 'linux', architecture: '386' },
  { os: 'linux', architecture: 'amd64' },
  { os: 'linux', architecture: 'arm', variant: 'v7' },
  { os: 'linux', architecture: 'arm64' },
];

async function write(path: string, bytes: Buffer): Promise<string> {
  await writeFile(path, bytes);
  return path;
}

const [i386, amd64, armv7, arm64] = platforms.map(imageFor) as [
  FixtureImage,
  FixtureImage,
  FixtureImage,
  FixtureImage,
];

/** What a client must find in the image of a platform. */
export function diffIdsOf(platform: Platform): string[] {
  return imageFor(platform).layers.map((layer) => digestOf(layer));
}

/** A folder as builds leave it: docker save, podman save, a Nix link into its store, and a layout of buildx. */
export async function makeBuild(dockerd: Dockerd, folder: string, scratch: string): Promise<void> {
  await Promise.all([mkdir(folder, { recursive: true }), mkdir(scratch, { recursive: true })]);
  const input = async (name: string, image: FixtureImage) => write(join(scratch, name), dockerArchive(image));
  await Promise.all([
    saveWithDocker(dockerd, await input('docker.tar', amd64), join(folder, 'linux.amd64.tar')),
    saveWithPodman(await input('podman.tar', arm64), { 'oci-archive': join(folder, 'linux.arm64.tar') }),
    symlink(
      await compressAsNix(await input('docker-image-app.tar', armv7)),
      join(folder, 'linux.arm.v7.tar.gz'),
    ),
    writeBuildx(join(folder, 'linux.386')),
  ]);
}

/** The same images by other programs: podman's and skopeo's docker archives, skopeo's archive and folder of OCI. */
export async function makeOtherBuild(folder: string, scratch: string): Promise<void> {
  await Promise.all([mkdir(folder, { recursive: true }), mkdir(scratch, { recursive: true })]);
  const input = async (name: string, image: FixtureImage) =>
    `docker-archive:${await write(join(scratch, name), dockerArchive(image, { shape: 'docker' }))}`;
  await Promise.all([
    saveWithPodman(await write(join(scratch, 'podman-docker.tar'), dockerArchive(amd64)), {
      'docker-archive': join(folder, 'linux.amd64.tar'),
    }),
    copyWithSkopeo(
      await input('arm64.tar', arm64),
      `docker-archive:${join(folder, 'linux.arm64.tar')}:app:1.0`,
    ),
    copyWithSkopeo(await input('armv7.tar', armv7), `oci-archive:${join(folder, 'linux.arm.v7.tar')}:1.0`),
    copyWithSkopeo(await input('386.tar', i386), `oci:${join(folder, 'linux.386')}:1.0`),
  ]);
}

/** buildx --output type=oci: an index in the index, with an attestation beside the image. */
async function writeBuildx(folder: string): Promise<void> {
  const layout = new FixtureLayout();
  const image = { ...layout.image(i386), platform: i386.platform };
  await layout.list(layout.index([image, layout.attestation(image)])).write(folder);
}

function imageFor(platform: Platform): FixtureImage {
  const own = makeImage(platform, { seed: JSON.stringify(platform), layers: [200_000, 700] });
  const shared = makeImage(platform, { layers: [50_000] });
  const layers = [...shared.layers, ...own.layers];
  return { platform, config: makeConfig(platform, layers), layers };
}
