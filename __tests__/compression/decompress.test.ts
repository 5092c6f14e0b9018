import zlib from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decompress as decompressZstd } from '../../src/compression/decompress.ts';
import { noise } from '../fixtures/image.ts';

const hasZstd = typeof zlib.zstdCompressSync === 'function';

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function decompress(bytes: Buffer, size = 128 * 1024): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of decompressZstd(chunked(bytes, size), 'zstd', 'x.zst')) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const contents = fc.oneof(
  fc.nat(3000).map((size) => noise(`${size}`, size)),
  // Blocks that repeat one byte, and some of them.
  fc.nat(300_000).map((size) => Buffer.alloc(size, 'x')),
  fc.integer({ min: 130_000, max: 300_000 }).map((size) => noise(`${size}`, size)),
);

const frames = fc.oneof(
  fc
    .record({
      content: contents,
      checksum: fc.boolean(),
      contentSize: fc.boolean(),
      level: fc.constantFrom(-5, 1, 19),
    })
    .map(({ content, checksum, contentSize, level }) => {
      const params = {
        [zlib.constants.ZSTD_c_checksumFlag]: Number(checksum),
        [zlib.constants.ZSTD_c_contentSizeFlag]: Number(contentSize),
        [zlib.constants.ZSTD_c_compressionLevel]: level,
      };
      return { content, frame: zlib.zstdCompressSync(content, { params }) };
    }),
  // A skippable frame, as pzstd and zstd:chunked write them.
  fc.nat(600).map((size) => {
    const head = Buffer.from('502a4d1800000000', 'hex');
    head.writeUInt32LE(size, 4);
    return { content: Buffer.alloc(0), frame: Buffer.concat([head, noise('skip', size)]) };
  }),
);

describe.skipIf(!hasZstd)('zstd frames', () => {
  it('are decompressed one after the other, whatever they are and wherever chunks end', async () => {
    const check = async (parts: { content: Buffer; frame: Buffer }[], size: number) => {
      const found = await decompress(Buffer.concat(parts.map(({ frame }) => frame)), size);
      expect(found.equals(Buffer.concat(parts.map(({ content }) => content)))).toBe(true);
    };
    const sizes = fc.constantFrom(100, 1000, 4096, 1 << 20);
    await fc.assert(fc.asyncProperty(fc.array(frames, { minLength: 1, maxLength: 8 }), sizes, check), {
      seed: 8,
      numRuns: 80,
    });
  });

  it('may be ten thousand', async () => {
    const frame = zlib.zstdCompressSync(noise('frame', 3000));
    const found = await decompress(Buffer.concat(Array.from({ length: 10_000 }, () => frame)));
    expect(found.length).toBe(30_000_000);
  });

  it('are refused where one is cut or something else follows', async () => {
    const frame = zlib.zstdCompressSync(noise('frame', 300));
    for (let end = 1; end < frame.length; end += 7) {
      const cut = Buffer.concat([frame, frame.subarray(0, end)]);
      for (const size of [1, 50, 4096]) {
        await expect(decompress(cut, size), `${end}`).rejects.toThrow(
          /^x\.zst is (truncated: it ends inside a zstd frame|damaged: zstd says)/,
        );
      }
    }
    for (const size of [1, 50, 4096]) {
      const followed = Buffer.concat([frame, Buffer.from('something else')]);
      await expect(decompress(followed, size)).rejects.toThrow('x.zst is damaged: zstd says');
    }
  });
});
