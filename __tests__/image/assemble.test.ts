import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ImageWithManifest, type ImageWithoutManifest, leaf } from '../../src/content/content.ts';
import { assembleImage, mergeImages } from '../../src/image/assemble.ts';
import { checkPlatforms } from '../../src/image/check-platforms.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { parsePlatform } from '../../src/oci/platform.ts';
import { bytesOf } from '../fixtures/read.ts';

const platforms = [
  'linux/386',
  'linux/amd64',
  'linux/arm/v6',
  'linux/arm/v7',
  'linux/arm64',
  'windows(10.0.20348)/amd64',
];

function blobOf(text: string, mediaType: string) {
  const bytes = Buffer.from(text);
  const descriptor = { mediaType, digest: digestOf(bytes), size: bytes.length };
  return { descriptor, open: () => Readable.from([bytes]) };
}

function imageWithoutManifest(platform: string): ImageWithoutManifest {
  return {
    kind: 'without-manifest',
    origin: `docker/${platform.replaceAll('/', '.')}.tar`,
    platform: parsePlatform(platform),
    config: blobOf(`config of ${platform}`, mediaTypes.oci.config),
    layers: [],
  };
}

function imageWithManifest(platform: string): ImageWithManifest {
  const layers = [blobOf(`layer of ${platform}`, mediaTypes.oci.layer.gzip)];
  const image = assembleImage(imageWithoutManifest(platform), layers, 'oci');
  const attestation = {
    ...leaf(blobOf(`attestation of ${platform}`, mediaTypes.oci.manifest)),
    descriptor: {
      ...blobOf(`attestation of ${platform}`, mediaTypes.oci.manifest).descriptor,
      platform: { os: 'unknown', architecture: 'unknown' },
    },
  };
  return { ...image, attestations: [attestation] };
}

describe('merge', () => {
  it('gives one digest whatever the order of the images', () => {
    const expected = mergeImages(platforms.map(imageWithManifest), 'oci').descriptor;
    fc.assert(
      fc.property(fc.shuffledSubarray(platforms, { minLength: platforms.length }), (order) => {
        expect(mergeImages(order.map(imageWithManifest), 'oci').descriptor).toEqual(expected);
      }),
      { seed: 6 },
    );
  });

  it('puts attestations behind the images', () => {
    const index = mergeImages(platforms.map(imageWithManifest), 'oci');
    const os = index.children.map(({ descriptor }) => descriptor.platform?.os);
    expect(os.indexOf('unknown')).toBe(platforms.length);
    expect(os.lastIndexOf('unknown')).toBe(2 * platforms.length - 1);
  });

  it.each(['oci', 'docker'] as const)('writes %s media types, embedded too', async (format) => {
    const image = assembleImage(imageWithoutManifest('linux/amd64'), [], format);
    const index = mergeImages([image], format);
    expect(index.descriptor.mediaType).toBe(mediaTypes[format].index);
    for (const { descriptor, open } of [index, image.manifest]) {
      const bytes = await bytesOf(open);
      expect(JSON.parse(`${bytes}`).mediaType).toBe(descriptor.mediaType);
      expect(digestOf(bytes)).toBe(descriptor.digest);
      expect(bytes.length).toBe(descriptor.size);
    }
    expect(image.manifest.children[0]?.descriptor.mediaType).toBe(mediaTypes[format].config);
  });
});

describe('platforms of a release', () => {
  it('are each there once: the error names both files', () => {
    const twice = [
      imageWithoutManifest('linux/arm64'),
      { ...imageWithoutManifest('linux/arm64/v8'), origin: 'other.tar' },
    ];
    expect(() => checkPlatforms(twice, undefined)).toThrow(
      /linux\/arm64: docker\/linux\.arm64\.tar and other\.tar/,
    );
  });

  it('are those that were asked for: the error names what is missing and what is too many', () => {
    const images = ['linux/amd64', 'linux/386'].map(imageWithoutManifest);
    const wanted = ['linux/amd64', 'linux/arm64'].map(parsePlatform);
    expect(() => checkPlatforms(images, wanted)).toThrow(
      /no artifact is for linux\/arm64.*\n.*linux\.386\.tar is for linux\/386, which "platforms" does not name/,
    );
    expect(() => checkPlatforms(images, ['linux/386', 'linux/amd64'].map(parsePlatform))).not.toThrow();
  });
});
