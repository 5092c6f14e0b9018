import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Digest, hexOf } from '../../src/oci/digest.ts';
import { type Config, parseConfig, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { isIndex } from '../../src/oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform } from '../../src/oci/platform.ts';
import { run } from './run.ts';
import type { Containerd } from './servers/containerd.ts';
import type { Dockerd } from './servers/dockerd.ts';

// Each function has a real client pull one platform of a reference, all its layers included, from a
// registry that speaks plain http on loopback. They give what the client then knows of the image, and
// throw with all that the client printed when it fails or takes another platform than it was told.

/** docker pull: dockerd unpacks the layers and checks every diffID. */
export async function pullWithDocker(
  dockerd: Dockerd,
  reference: string,
  platform: Platform,
): Promise<Config> {
  const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
  await docker('pull', '--quiet', '--platform', formatPlatform(platform), reference);
  const [image] = JSON.parse(await docker('image', 'inspect', reference)) as [DockerImage];
  const config = {
    os: image.Os,
    architecture: image.Architecture,
    variant: image.Variant,
    rootfs: { type: 'layers', diff_ids: image.RootFS.Layers },
  };
  return expectPlatform('docker', platform, parseConfig(Buffer.from(JSON.stringify(config)), reference));
}

interface DockerImage {
  readonly Os: string;
  readonly Architecture: string;
  readonly Variant?: string;
  readonly RootFS: { readonly Layers?: readonly string[] };
}

/** ctr images pull: containerd unpacks the layers and checks every diffID. */
export async function pullWithContainerd(
  containerd: Containerd,
  reference: string,
  platform: Platform,
): Promise<Config> {
  const ctr = (...args: string[]) => run('ctr', ['--address', containerd.address, ...args]);
  const selected = formatPlatform(platform);
  await ctr(
    ...['images', 'pull', '--plain-http', '--snapshotter', 'native', '--platform', selected, reference],
  );
  const listed = await ctr('images', 'list', `name==${reference}`);
  const root = /sha256:[0-9a-f]{64}/.exec(listed)?.[0];
  if (!root) throw new Error(`ctr lists no digest for ${reference}:\n${listed}`);
  const content = async (digest: string) => Buffer.from(await ctr('content', 'get', digest));
  return expectPlatform('ctr', platform, await findConfig(root as Digest, platform, content));
}

/** podman pull, into a storage of its own that is removed again: layers are unpacked and checked. */
export function pullWithPodman(reference: string, platform: Platform): Promise<Config> {
  return inTemporaryDirectory(async (directory) => {
    const root = join(directory, 'root');
    const podman = (...args: string[]) =>
      run('podman', [
        ...['--root', root, '--runroot', join(directory, 'run'), '--tmpdir', join(directory, 'tmp')],
        ...['--storage-driver', 'vfs', '--cgroup-manager', 'cgroupfs', '--events-backend', 'none', ...args],
      ]);
    const { os, architecture, variant } = platform;
    const id = await podman(
      ...['pull', '--quiet', '--tls-verify=false', '--os', os, '--arch', architecture],
      ...(variant ? ['--variant', variant] : []),
      reference,
    );
    const key = `=${Buffer.from(`sha256:${id.trim()}`).toString('base64')}`;
    const config = await readFile(join(root, 'vfs-images', id.trim(), key));
    return expectPlatform('podman', platform, parseConfig(config, reference));
  });
}

/** skopeo copy to an OCI layout: every blob's digest is checked, nothing is unpacked. */
export function pullWithSkopeo(reference: string, platform: Platform): Promise<Config> {
  return inTemporaryDirectory(async (directory) => {
    const { os, architecture, variant } = platform;
    await run('skopeo', [
      ...['--override-os', os, '--override-arch', architecture],
      ...(variant ? ['--override-variant', variant] : []),
      ...['--insecure-policy', 'copy', '--src-tls-verify=false'],
      ...[`docker://${reference}`, `oci:${directory}:pulled`],
    ]);
    return expectPlatform('skopeo', platform, await readLayout(directory, platform));
  });
}

/** regctl image copy to an OCI layout. */
export function pullWithRegctl(reference: string, platform: Platform): Promise<Config> {
  return inTemporaryDirectory(async (directory) => {
    const host = reference.slice(0, reference.indexOf('/'));
    await run('regctl', [
      ...['--host', `reg=${host},tls=disabled`, 'image', 'copy', '--platform', formatPlatform(platform)],
      ...[reference, `ocidir://${directory}:pulled`],
    ]);
    return expectPlatform('regctl', platform, await readLayout(directory, platform));
  });
}

/** oras copy to an OCI layout. */
export function pullWithOras(reference: string, platform: Platform): Promise<Config> {
  return inTemporaryDirectory(async (directory) => {
    await run('oras', [
      ...['copy', '--from-plain-http', '--platform', formatPlatform(platform)],
      ...[reference, '--to-oci-layout', `${directory}:pulled`],
    ]);
    return expectPlatform('oras', platform, await readLayout(directory, platform));
  });
}

/** crane validate: all platforms of the reference, every digest, size and diffID, layers inflated. */
export async function craneValidate(reference: string): Promise<void> {
  const printed = await run('crane', ['validate', '--insecure', '--remote', reference]);
  if (!printed.includes('PASS')) throw new Error(`crane validate ${reference}: ${printed}`);
}

/** skopeo copy of all platforms, bytes unchanged: `docker://…`, `oci:…`, `docker-archive:…` on either side. */
export async function copyWithSkopeo(from: string, to: string): Promise<void> {
  const insecure = ['--src-tls-verify=false', '--dest-tls-verify=false'];
  await run('skopeo', ['--insecure-policy', 'copy', '--all', ...insecure, from, to]);
}

function expectPlatform(client: string, wanted: Platform, config: Config): Config {
  const found = { os: '', architecture: '', ...config.platform };
  if (isSamePlatform(wanted, found)) return config;
  const got = formatPlatform(found);
  throw new Error(`${client} was told to pull ${formatPlatform(wanted)} and has ${got}`);
}

async function readLayout(directory: string, platform: Platform): Promise<Config> {
  const index = parseIndex(await readFile(join(directory, 'index.json')), directory);
  const [root] = index.manifests;
  if (!root) throw new Error(`${directory} has an empty index.json`);
  return findConfig(root.digest, platform, (digest) =>
    readFile(join(directory, 'blobs', 'sha256', hexOf(digest))),
  );
}

/** Follows an index, or the manifest itself, down to the config of one platform. */
async function findConfig(
  root: Digest,
  platform: Platform,
  content: (digest: Digest) => Promise<Buffer>,
): Promise<Config> {
  const bytes = await content(root);
  if (!('manifests' in JSON.parse(bytes.toString()))) {
    const { config } = parseManifest(bytes, root);
    return parseConfig(await content(config.digest), config.digest);
  }
  const found = parseIndex(bytes, root).manifests.find(
    (entry) => isIndex(entry.mediaType) || (entry.platform && isSamePlatform(platform, entry.platform)),
  );
  if (!found) throw new Error(`${root} has no manifest for ${formatPlatform(platform)}:\n${bytes}`);
  return findConfig(found.digest, platform, content);
}

async function inTemporaryDirectory<T>(use: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'alba-client-'));
  try {
    return await use(directory);
  } finally {
    await rm(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}
