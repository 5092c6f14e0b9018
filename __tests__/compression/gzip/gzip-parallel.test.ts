import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { crc32, gunzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { blockDeflater, type DeflateBlock } from '../../../src/compression/gzip/deflate-task.ts';
import { gzipParallel } from '../../../src/compression/gzip/gzip-parallel.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { itWith, requireTool } from '../../support/tools.ts';
import { inPieces, randomNumbers, sampleBytes } from '../samples.ts';

const temporary = useTemporary();
const mebibyte = 1024 * 1024;
const sample = sampleBytes(1, 4 * mebibyte + 12_345);

const deflate = blockDeflater(undefined);

function compress(bytes: Uint8Array, level: number, concurrency: number, pieceSize = () => 65_536) {
  return collect(gzipParallel(inPieces(bytes, pieceSize), { level, concurrency, deflate }));
}

/** A chunk is good until three more were asked for. */
async function collect(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const copies: Buffer[] = [];
  for await (const chunk of chunks) copies.push(Buffer.from(chunk));
  return Buffer.concat(copies);
}

it.each([0, 1, 32_767, mebibyte - 1, mebibyte, mebibyte + 1, 2 * mebibyte])(
  'compresses %i bytes',
  async (size) => {
    const content = sample.subarray(0, size);
    expect(gunzipSync(await compress(content, 3, 2)).equals(content)).toBe(true);
  },
);

it('gives the same bytes for any number of cores and any pieces', async () => {
  const expected = await compress(sample, 1, 1);
  const random = randomNumbers(2);
  expect((await compress(sample, 1, 2)).equals(expected)).toBe(true);
  expect((await compress(sample, 1, 16, () => 1 + random(100_000))).equals(expected)).toBe(true);
  expect(expected.subarray(0, 10)).toEqual(Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255]));
});

it.each([
  [1, 'sha256:8514179d2106b32e2ee2ca9b009bb18f0837bbc8cd865066ded5691e291deb05'],
  [3, 'sha256:534c8a7f195cafa109a0a9563096220a8832db2d620cd5e6de1b076db9931bf9'],
  [6, 'sha256:4054d87ef73f9df7aeb366f98c6d92c4213fefbdd656bacd7da0e1f9915add03'],
])(
  'gives these bytes at level %i: with others every layer that is out would be sent again',
  async (level, digest) => {
    expect(digestOf(await compress(sample, level, 2))).toBe(digest);
  },
);

it('refuses a file of which a block is others to the one behind it than to itself', async () => {
  const whole = Buffer.concat([
    sample.subarray(0, mebibyte),
    sample.subarray(mebibyte - 20_000, 2 * mebibyte),
  ]);
  const path = await temporary.write('extent', whole);
  const extent = { path, offset: 0, size: whole.length, crc32: crc32(whole) };
  const options = { level: 3, concurrency: 0 };
  const expected = await collect(gzipParallel(extent, { ...options, deflate }));
  expect(gunzipSync(expected).equals(whole)).toBe(true);

  let blocks = 0;
  const changing: DeflateBlock = async (block) => {
    const packed = await deflate(block);
    if (++blocks === 1) await writeFile(path, Buffer.from(whole).fill(0, mebibyte - 20_000, mebibyte));
    return packed;
  };
  await expect(collect(gzipParallel(extent, { ...options, deflate: changing }))).rejects.toThrow(
    'changed while it was read',
  );
});

it('uses what came before a block', async () => {
  const block = sampleBytes(5, 30_000);
  const repeated = Buffer.concat(Array.from({ length: 100 }, () => block));
  expect((await compress(repeated, 6, 2)).length).toBeLessThan(block.length * 1.5);
});

it('reads no further ahead than it has blocks in work', async () => {
  let read = 0;
  async function* endless(): AsyncGenerator<Uint8Array> {
    for (;;) {
      read += mebibyte;
      yield sample.subarray(0, mebibyte);
    }
  }
  const output = gzipParallel(endless(), { level: 1, concurrency: 3, deflate });
  for (let i = 0; i < 5; i++) await output.next();
  expect(read).toBeLessThanOrEqual(8 * mebibyte);
  await output.return();
});

it('hands on a failure of the source', async () => {
  async function* failing(): AsyncGenerator<Uint8Array> {
    yield sample;
    throw new Error('the disk is gone');
  }
  const output = gzipParallel(failing(), { level: 1, concurrency: 2, deflate });
  await expect(collect(output)).rejects.toThrow('the disk is gone');
});

itWith(['gzip', 'pigz'], 'is read by gzip and pigz', async () => {
  const input = await compress(sample, 5, 2);
  for (const tool of ['gzip', 'pigz']) {
    expect(execFileSync(requireTool(tool), ['-dc'], { input, maxBuffer: 2 ** 26 }).equals(sample)).toBe(true);
  }
});
