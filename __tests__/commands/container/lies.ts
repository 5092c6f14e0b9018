import { type Blob, openBytes } from '../../../src/content/content.ts';
import type { Descriptor } from '../../../src/oci/descriptor.ts';
import { type Digest, digestOf } from '../../../src/oci/digest.ts';
import type { Index, Manifest } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { Platform } from '../../../src/oci/platform.ts';
import type { RepositoryWriter } from '../../../src/repository/repository.ts';
import { type FixtureImage, makeImage } from '../../fixtures/image.ts';
import { compress } from '../../fixtures/oci-layout.ts';

const { index: indexType, manifest: manifestType, config: configType, layer: layerTypes } = mediaTypes.oci;

/** A release of images whose configs may lie about their layers, written as alba writes documents. */
export interface Lie {
  readonly index: Blob;
  readonly manifests: readonly Descriptor[];
  readonly configs: readonly Descriptor[];
  /** DiffID → the blob that the images say it became. */
  readonly layers: ReadonlyMap<Digest, Descriptor>;
  /** Everything, leaves first. */
  readonly blobs: readonly Blob[];
}

/** What an image of a release claims, and what is in it. */
export interface Claim {
  /** Its config names the diffIDs of these layers. */
  readonly image: FixtureImage;
  /** What the blobs inflate to; honest unless told. */
  readonly layers?: readonly Buffer[];
  /** What the index says that it is for, if not what the config says. */
  readonly told?: Platform;
}

/** A release that makes these claims. */
export function release(...claims: readonly Claim[]): Lie {
  const blobs: Blob[] = [];
  const configs: Descriptor[] = [];
  const layers = new Map<Digest, Descriptor>();
  const add = (mediaType: string, bytes: Buffer): Descriptor => {
    const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
    blobs.push({ descriptor, open: openBytes(bytes) });
    return descriptor;
  };
  const document = (mediaType: string, content: Index | Manifest) =>
    add(mediaType, Buffer.from(JSON.stringify(content)));
  const manifests = claims.map(({ image, layers: bytes = image.layers, told = image.platform }) => {
    const config = add(configType, image.config);
    configs.push(config);
    const found = bytes.map((layer) => add(layerTypes.gzip, compress(layer, 'gzip')));
    image.layers.forEach((layer, index) => {
      const blob = found[index];
      if (blob) layers.set(digestOf(layer), blob);
    });
    const content = { schemaVersion: 2, mediaType: manifestType, config, layers: found } as const;
    const { os, architecture, ...rest } = told;
    return { ...document(manifestType, content), platform: { architecture, os, ...rest } };
  });
  const index = document(indexType, { schemaVersion: 2, mediaType: indexType, manifests });
  return {
    index: { descriptor: index, open: blobs.at(-1)?.open ?? openBytes(Buffer.alloc(0)) },
    manifests,
    configs,
    layers,
    blobs,
  };
}

/** Layers of as many files and bytes as these have, by somebody else. */
export function evilLayers({ platform, layers }: FixtureImage): readonly Buffer[] {
  return makeImage(platform, { seed: 'evil', layers: layers.map(() => 900) }).layers;
}

/** Puts a release where whoever may write there could put it: under tags, or by its digest alone. */
export async function plant(
  repository: RepositoryWriter,
  { blobs, index }: Lie,
  ...tags: readonly string[]
): Promise<void> {
  for (const blob of blobs) await repository.push(blob);
  await repository.tag(index, tags);
  await repository.close();
}
