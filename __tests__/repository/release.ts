import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { type Blob, type ImageWithManifest, leaf, type Node } from '../../src/content/content.ts';
import { Copier } from '../../src/content/copy.ts';
import { assembleImage, documentNode, mergeImages } from '../../src/image/assemble.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { type Platform, parsePlatform } from '../../src/oci/platform.ts';
import type { Repository } from '../../src/repository/repository.ts';
import { makeConfig, makeImage } from '../fixtures/image.ts';
import { silent } from '../fixtures/silent.ts';

/** Platforms of the releases that tests publish. */
export const platforms: readonly Platform[] = ['linux/386', 'linux/amd64', 'linux/arm/v7', 'linux/arm64'].map(
  parsePlatform,
);

/** Content with its descriptor. */
export function blobOf(mediaType: string, bytes: Buffer): Blob {
  return {
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
    open: () => Readable.from([bytes], { objectMode: false }),
  };
}

/** An index of images for four platforms; another seed, another release. */
export function makeRelease(seed: string, attested = false): Node {
  const images = platforms.map((platform) => imageWithManifest(platform, seed));
  return mergeImages(attested ? images.map(attest) : images, 'oci');
}

/** Sends all of a release and tags it, as a push does. */
export async function publish(
  repository: Repository,
  release: Node,
  tags: readonly string[],
): Promise<number> {
  let pushed = 0;
  const copier = new Copier(repository, {
    concurrency: 4,
    dryRun: false,
    progress: silent,
    abort: new AbortController(),
    onCopied: (_, fate) => {
      if (fate === 'pushed') pushed += 1;
    },
  });
  await copier.copy(release);
  if (tags.length > 0) await repository.tag(release, tags);
  return pushed;
}

function imageWithManifest(platform: Platform, seed: string): ImageWithManifest {
  const { config, layers } = makeImage(platform, { seed });
  const image = {
    kind: 'without-manifest',
    origin: seed,
    platform,
    config: blobOf(mediaTypes.oci.config, config),
    layers: [],
  } as const;
  const blobs = layers.map((layer) => blobOf(mediaTypes.oci.layer.gzip, gzipSync(layer)));
  return assembleImage(image, blobs, 'oci');
}

/** As buildx describes what it built: one more manifest in the index, of no platform. */
function attest(image: ImageWithManifest): ImageWithManifest {
  const statement = Buffer.from(`{"subject":"${image.manifest.descriptor.digest}"}`);
  const unknown = { os: 'unknown', architecture: 'unknown' };
  const parts = [
    blobOf(mediaTypes.oci.config, makeConfig(unknown, [statement], { history: [] })),
    blobOf('application/vnd.in-toto+json', statement),
  ] as const;
  const node = documentNode(
    {
      schemaVersion: 2,
      mediaType: mediaTypes.oci.manifest,
      config: parts[0].descriptor,
      layers: [parts[1].descriptor],
    },
    parts.map(leaf),
    unknown,
  );
  const annotations = {
    'vnd.docker.reference.type': 'attestation-manifest',
    'vnd.docker.reference.digest': image.manifest.descriptor.digest,
  };
  return { ...image, attestations: [{ ...node, descriptor: { ...node.descriptor, annotations } }] };
}
