import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { Blob } from '../../src/content/content.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { proveLayer } from '../../src/publish/prove-layer.ts';
import { makeImage, noise } from '../fixtures/image.ts';
import { compress, compressions } from '../fixtures/oci-layout.ts';

const [tar = Buffer.alloc(0)] = makeImage(
  { os: 'linux', architecture: 'amd64' },
  { layers: [100_000] },
).layers;
const layer = { diffId: digestOf(tar), size: tar.length };
const followed = Buffer.concat([gzipSync(tar), Buffer.alloc(40_000)]);
const padded = (zeros: number, ...more: readonly Buffer[]): Buffer =>
  Buffer.concat([gzipSync(tar), Buffer.alloc(zeros), ...more]);
const types = mediaTypes.oci.layer;

interface Served {
  readonly mediaType?: string;
  /** Other bytes than those that the descriptor is of. */
  readonly served?: Buffer;
}

/** A blob in pieces, so that what is read of it can be counted. */
function blobOf(bytes: Buffer, { mediaType = types.gzip, served = bytes }: Served = {}) {
  const read = { bytes: 0 };
  const blob: Blob = {
    descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length },
    async *open() {
      for (let from = 0; from < served.length; from += 10_000) {
        const piece = served.subarray(from, from + 10_000);
        read.bytes += piece.length;
        yield piece;
      }
    },
  };
  return { blob, read };
}

describe('a blob that is said to be a layer', () => {
  it.each(compressions)('is proved by its bytes: %s', async (compression) => {
    const { blob } = blobOf(compress(tar, compression), { mediaType: types[compression] });
    await proveLayer(blob, layer, 'it');
  });

  it('is proved in several gzip members', async () => {
    const members = Buffer.concat([gzipSync(tar.subarray(0, 50_000)), gzipSync(tar.subarray(50_000))]);
    await proveLayer(blobOf(members).blob, layer, 'it');
  });

  it.each<[string, Parameters<typeof blobOf>, RegExp]>([
    [
      'is another layer',
      [gzipSync(noise('other', 9000))],
      /^it is not layer sha256:.* it inflates to sha256:/,
    ],
    [
      'is served as another blob',
      [gzipSync(noise('other', 9000)), { served: gzipSync(tar) }],
      /^it is damaged/,
    ],
    [
      'is served as the layer and something behind it',
      [gzipSync(noise('other', 150_000)), { served: followed }],
      /something follows/,
    ],
    ['has something behind it', [followed], /something follows/],
    ['has zeros behind it', [padded(5)], /something follows/],
    [
      'has another behind zeros, as Python reads on there',
      [padded(5, gzipSync('other'))],
      /something follows/,
    ],
    ['is cut off', [gzipSync(tar).subarray(0, -9)], /^it is truncated/],
    ['is no gzip', [noise('other', 9000)], /^it is damaged/],
    ['is not compressed as it says', [gzipSync(tar), { mediaType: types.none }], /^it is not layer/],
  ])('is refused where it %s', async (_, made, message) => {
    await expect(proveLayer(blobOf(...made).blob, layer, 'it')).rejects.toThrow(message);
  });

  it('is not read further than the layer may go', async () => {
    const { blob, read } = blobOf(gzipSync(Buffer.alloc(80_000_000)));
    await expect(proveLayer(blob, layer, 'it')).rejects.toThrow(/inflates to more than/);
    expect(read.bytes).toBeLessThan(blob.descriptor.size);
  });

  it('is not read at all where it is larger than the layer', async () => {
    const { blob, read } = blobOf(Buffer.alloc(tar.length + 5000));
    await expect(proveLayer(blob, layer, 'it')).rejects.toThrow(/has \d+ bytes, the layer has/);
    expect(read.bytes).toBe(0);
  });
});
