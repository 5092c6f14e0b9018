import { createHash } from 'node:crypto';
import type { Node } from '../../src/content/content.ts';
import { assembleImage, mergeImages } from '../../src/image/assemble.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { makeConfig } from '../fixtures/image.ts';
import { blobOf } from '../repository/release.ts';

/** Bytes that nothing compresses, the same for the same seed. */
function noise(seed: string, size: number): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at * 32 < size; at += 1) {
    chunks.push(createHash('sha256').update(`${seed} ${at}`).digest());
  }
  return Buffer.concat(chunks).subarray(0, size);
}

/** A release of one platform: each seed is a layer of so many bytes. */
export function makeLarge(seeds: readonly string[], size: number): Node {
  const platform = parsePlatform('linux/amd64');
  const layers = seeds.map((seed) => noise(seed, size));
  const image = {
    kind: 'without-manifest',
    origin: 'large',
    platform,
    config: blobOf(mediaTypes.oci.config, makeConfig(platform, layers)),
    layers: [],
  } as const;
  const blobs = layers.map((layer) => blobOf(mediaTypes.oci.layer.gzip, layer));
  return mergeImages([assembleImage(image, blobs, 'oci')], 'oci');
}
