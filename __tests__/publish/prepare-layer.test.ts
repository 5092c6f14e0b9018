import { readdir, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import zlib, { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { type CompressionSettings, settingsOf } from '../../src/compression/compress.ts';
import { levels } from '../../src/compression/levels.ts';
import { type Layer, openLater } from '../../src/content/content.ts';
import { Spool } from '../../src/content/spool.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { type Compression, mediaTypes } from '../../src/oci/media-type.ts';
import { asFound, prepareLayer, type Recipe } from '../../src/publish/prepare-layer.ts';
import { noise } from '../fixtures/image.ts';
import { bytesOf } from '../fixtures/read.ts';
import { countingProgress, silent } from '../fixtures/silent.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const content = noise('layer', 2_500_000);
const layer: Layer = {
  diffId: digestOf(content),
  size: content.length,
  open: () => Readable.from([content.subarray(0, 1_000_001), content.subarray(1_000_001)]),
};
const hasZstd = 'createZstdCompress' in zlib;

const recipeOf = (settings: CompressionSettings): Recipe => ({ ...settings, format: 'oci', annotations: [] });
const usual = (compression: Compression): CompressionSettings => ({
  compression,
  compressionLevel: levels[compression].usual,
});

/** What a layer becomes, and what was spooled for it. */
async function prepare(from: Layer, settings: CompressionSettings, parallelism = 2) {
  const signal = new AbortController().signal;
  await using spool = await Spool.create(temporary.path);
  const means = { spool, progress: silent, signal, parallelism, threads: undefined };
  const options = { recipe: recipeOf(settings), ...means };
  const { descriptor, open } = await prepareLayer(from, 'app.tar', options);
  return { descriptor, bytes: await bytesOf(open) };
}

describe('a layer that is not compressed', () => {
  it('becomes gzip, the same for any number of cores', async () => {
    const { descriptor, bytes } = await prepare(layer, usual('gzip'));
    expect(descriptor).toEqual({
      mediaType: mediaTypes.oci.layer.gzip,
      digest: digestOf(bytes),
      size: bytes.length,
    });
    expect(gunzipSync(bytes).equals(content)).toBe(true);
    expect((await prepare(layer, usual('gzip'), 7)).descriptor).toEqual(descriptor);
  });

  it('becomes smaller at a higher level', async () => {
    const sizes = await Promise.all(
      [1, 9].map((compressionLevel) => prepare(layer, { compression: 'gzip', compressionLevel })),
    );
    expect(sizes[1]?.bytes.length).toBeLessThan(sizes[0]?.bytes.length ?? 0);
  });

  it.skipIf(!hasZstd)('becomes zstd where Node has it', async () => {
    const { descriptor, bytes } = await prepare(layer, usual('zstd'));
    expect(descriptor.mediaType).toBe(mediaTypes.oci.layer.zstd);
    expect(zlib.zstdDecompressSync(bytes).equals(content)).toBe(true);
  });

  it.skipIf(hasZstd)('tells which Node zstd needs (only below Node 22.15)', async () => {
    await expect(prepare(layer, usual('zstd'))).rejects.toThrow('needs Node 22.15 or later');
  });

  it('stays as it is with none, under its diffID and without a spool', async () => {
    const { descriptor, bytes } = await prepare(layer, usual('none'));
    expect(descriptor).toEqual({
      mediaType: mediaTypes.oci.layer.none,
      digest: layer.diffId,
      size: content.length,
    });
    expect(bytes.equals(content)).toBe(true);
  });

  it('is refused when it changed since it was read, and nothing of it stays', async () => {
    const other = { ...layer, open: () => Readable.from([content.subarray(1)]) };
    await expect(prepare(other, usual('gzip'))).rejects.toThrow(
      `app.tar changed while it was read: its layer ${layer.diffId} is now ${digestOf(content.subarray(1))}`,
    );
    expect(await readdir(temporary.path)).toEqual([]);
  });
});

describe('a layer that lies in a file as it is', () => {
  /** The same bytes behind others; reading them as a stream would fail. */
  const inFile = async (bytes: Uint8Array = content, right = content): Promise<Layer> => {
    const path = await temporary.write('layer.tar', Buffer.concat([Buffer.alloc(1_000), bytes]));
    const extent = { path, offset: 1_000, size: right.length, crc32: zlib.crc32(right) };
    return { ...layer, extent, open: openLater(() => Promise.reject(new Error('read as a stream'))) };
  };

  const MiB = 1024 * 1024;
  const large = noise('large', 9 * MiB);

  describe.each(hasZstd ? (['gzip', 'zstd'] as const) : (['gzip'] as const))(
    'becomes the %s',
    (compression) => {
      it.each([0, 1, MiB - 1, MiB, MiB + 1, 4 * MiB - 1, 4 * MiB, 4 * MiB + 1, 9 * MiB])(
        'that it becomes as a stream, of %i bytes',
        async (size) => {
          const bytes = large.subarray(0, size);
          const stream = { diffId: digestOf(bytes), size, open: () => Readable.from([bytes]) };
          const expected = await prepare(stream, usual(compression));
          const found = await prepare(await inFile(bytes, bytes), usual(compression));
          expect(found.descriptor).toEqual(expected.descriptor);
          expect(found.bytes.equals(expected.bytes)).toBe(true);
        },
      );
    },
  );

  it('is refused when it changed, became shorter or went away', async () => {
    const flipped = Buffer.from(content);
    flipped[2_000_000] = ~(flipped[2_000_000] ?? 0);
    await expect(prepare(await inFile(flipped), usual('gzip'))).rejects.toThrow(
      /layer\.tar changed while it was read: 2500000 bytes from 1000 on are others/,
    );
    await expect(prepare(await inFile(content.subarray(1)), usual('gzip'))).rejects.toThrow(
      /layer\.tar changed while it was read: it is shorter than it was/,
    );
    const lost = await inFile();
    await rm(lost.extent?.path ?? '');
    await expect(prepare(lost, usual('gzip'))).rejects.toThrow(/cannot read .*layer\.tar: no such file/);
  });
});

it('counts a layer once, though it is made twice', async () => {
  const bytes = Buffer.alloc(9_000_000);
  const large: Layer = {
    diffId: digestOf(bytes),
    size: bytes.length,
    open: () => Readable.from([bytes.subarray(0, 5_000_000), bytes.subarray(5_000_000)]),
  };
  await using spool = await Spool.create(temporary.path);
  const progress = countingProgress();
  const { signal } = new AbortController();
  const options = {
    recipe: recipeOf(usual('gzip')),
    ...{ parallelism: 2, threads: undefined, spool, progress, signal },
  };
  await prepareLayer(large, 'app.tar', options, async (source) => {
    for await (const _ of source()) if (progress.done > 0) break;
    return undefined;
  });
  expect(progress).toMatchObject({ expected: bytes.length, done: bytes.length });
});

describe('a layer that was compressed', () => {
  const packed = zlib.gzipSync(content);
  const blob = {
    descriptor: { mediaType: mediaTypes.docker.layer.gzip, digest: digestOf(packed), size: packed.length },
    open: () => Readable.from([packed]),
  };
  const found = (compression: Compression) =>
    asFound({ ...layer, compressed: blob }, recipeOf(usual(compression)))?.descriptor;

  it('is kept as it was found, under the media type of the release', () => {
    expect(found('gzip')).toEqual({ ...blob.descriptor, mediaType: mediaTypes.oci.layer.gzip });
  });

  it('is made anew for another compression', () => {
    expect(found('zstd')).toBeUndefined();
    expect(found('none')).toBeUndefined();
  });

  it('is taken out of the compression of its archive, for gzip alone', async () => {
    const inArchive = { ...layer, ready: blob };
    expect((await prepare(inArchive, usual('gzip'))).bytes.equals(packed)).toBe(true);
    expect((await prepare(inArchive, usual('none'))).descriptor.digest).toBe(layer.diffId);
  });
});

it('remembers results under compression and level', () => {
  expect(settingsOf({ compression: 'gzip', compressionLevel: 4 })).toBe('gzip-4');
});
