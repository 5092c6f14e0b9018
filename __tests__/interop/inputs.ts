import { mkdtemp, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import zlib from 'node:zlib';
import { expect } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Digest, digestOf, hexOf } from '../../src/oci/digest.ts';
import { parseConfig, parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { formatPlatform } from '../../src/oci/platform.ts';
import { type FixtureImage, makeImage } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';

/** What the tools are given, or have to come to. */
export const amd64 = makeImage({ os: 'linux', architecture: 'amd64' }, { seed: 'x', layers: [300_000, 500] });
export const arm64 = makeImage({ os: 'linux', architecture: 'arm64' }, { seed: 'a', layers: [200_000, 300] });

/** Both in one index, as `app:1.0`, with an attestation of amd64; all of that as a layout. */
export const release = makeRelease();

function makeRelease() {
  const layout = new FixtureLayout();
  const listed = (image: FixtureImage): Descriptor => ({ ...layout.image(image), platform: image.platform });
  const manifests = { amd64: listed(amd64), arm64: listed(arm64) };
  const attestation = layout.attestation(manifests.amd64);
  const index = layout.index([manifests.amd64, manifests.arm64, attestation]);
  const name = {
    'org.opencontainers.image.ref.name': '1.0',
    'io.containerd.image.name': 'docker.io/library/app:1.0',
  };
  layout.list({ ...index, annotations: name });
  /** The blobs of an image's layers, as they are compressed in the layout. */
  const blobsOf = ({ digest }: Descriptor): readonly Descriptor[] =>
    parseManifest(layout.blobs.get(`blobs/sha256/${hexOf(digest)}`) ?? expect.fail(digest), digest).layers;
  return {
    layout,
    digest: index.digest,
    manifests,
    blobsOf,
    attestations: [[attestation.digest, manifests.amd64.digest]],
  };
}

/** One platform as a client finds it. */
export interface PublishedImage {
  readonly manifest: Digest;
  readonly config: Digest;
  /** What the config says of the layers, and what they inflate to. */
  readonly diffIds: readonly Digest[];
  readonly layers: readonly Digest[];
}

/** What was published, read back. */
export interface PublishedRelease {
  readonly digest: Digest;
  readonly annotations: Readonly<Record<string, string>>;
  readonly platforms: Readonly<Record<string, PublishedImage>>;
  /** Each with what it is about. */
  readonly attestations: readonly (readonly [Digest, string | undefined])[];
  /** What the run told. */
  readonly log: string;
}

/** Has alba publish artifacts to a directory, and reads all of it as a client would. */
export async function publish(
  cwd: string,
  artifacts: readonly string[],
  input = new Uint8Array(),
): Promise<PublishedRelease> {
  const site = await mkdtemp(join(cwd, 'site-'));
  const words = ['container', 'push', '--no-cache', '-t', 'app:1.0', ...artifacts, `file://${site}`];
  const ended = await runAlba(words, { cwd, input });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return { ...(await readSite(join(site, 'v2', 'app'))), log: ended.stderr };
}

async function readSite(folder: string): Promise<Omit<PublishedRelease, 'log'>> {
  const read = async (digest: Digest): Promise<Buffer> => {
    const kinds = await Promise.allSettled(
      ['manifests', 'blobs'].map((kind) => readFile(join(folder, kind, digest))),
    );
    const [bytes = expect.fail(`${digest} is not there`)] = kinds.flatMap((kind) =>
      kind.status === 'fulfilled' ? [kind.value] : [],
    );
    expect(digestOf(bytes)).toBe(digest);
    return bytes;
  };
  const bytes = await readFile(join(folder, 'manifests', '1.0'));
  const { manifests, annotations = {} } = parseIndex(bytes, folder);
  const isAttestation = ({ platform }: Descriptor) => platform?.os === 'unknown';
  const platforms = manifests
    .filter((entry) => !isAttestation(entry))
    .map(async ({ digest, platform = expect.fail(`${digest} has no platform`) }) => [
      formatPlatform(platform),
      await readImage(digest, read),
    ]);
  const attestations = manifests.filter(isAttestation).map(async ({ digest, annotations: about }) => {
    for (const { digest: statement } of parseManifest(await read(digest), digest).layers)
      await read(statement);
    return [digest, about?.['vnd.docker.reference.digest']] as const;
  });
  return {
    digest: digestOf(bytes),
    annotations,
    platforms: Object.fromEntries(await Promise.all(platforms)),
    attestations: await Promise.all(attestations),
  };
}

async function readImage(digest: Digest, read: (digest: Digest) => Promise<Buffer>): Promise<PublishedImage> {
  const { config, layers } = parseManifest(await read(digest), digest);
  const blobs = await Promise.all(layers.map((layer) => read(layer.digest)));
  return {
    manifest: digest,
    config: config.digest,
    diffIds: parseConfig(await read(config.digest), digest).diffIds,
    layers: blobs.map((blob) => digestOf(inflated(blob))),
  };
}

function inflated(bytes: Buffer): Buffer {
  if (bytes.subarray(0, 2).toString('hex') === '1f8b') return zlib.gunzipSync(bytes);
  return bytes.subarray(0, 4).toString('hex') === '28b52ffd' ? zlib.zstdDecompressSync(bytes) : bytes;
}

/** What has to be published of an image; with its manifest, if a tool wrote or kept one. */
export function contentOf({ config, layers }: FixtureImage, manifest?: Descriptor): Partial<PublishedImage> {
  const diffIds = layers.map((layer) => digestOf(layer));
  return {
    config: digestOf(config),
    diffIds,
    layers: diffIds,
    ...(manifest && { manifest: manifest.digest }),
  };
}

/** What has to be published of all of {@link release}. */
export const wholeRelease = {
  platforms: {
    'linux/amd64': contentOf(amd64, release.manifests.amd64),
    'linux/arm64': contentOf(arm64, release.manifests.arm64),
  },
  attestations: release.attestations,
};

/** What has to be published of an image whose config a tool wrote anew. */
export function layersOf({
  layers,
}: Pick<FixtureImage, 'layers'>): Pick<PublishedImage, 'diffIds' | 'layers'> {
  const diffIds = layers.map((layer) => digestOf(layer));
  return { diffIds, layers: diffIds };
}

/** The descriptors that a layout lists, a folder or a tar. */
export async function listedIn(path: string): Promise<readonly Descriptor[]> {
  const isFolder = (await stat(path)).isDirectory();
  const text = isFolder
    ? await readFile(join(path, 'index.json'))
    : Buffer.from(await run('tar', ['-xOf', path, 'index.json']));
  return parseIndex(text, path).manifests;
}
