import { constants, crc32, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { gunzip } from '../../../src/compression/gzip/gunzip.ts';
import { inflate } from '../../../src/compression/gzip/inflate.ts';
import type { BlockStart, InflatedChunk } from '../../../src/compression/gzip/inflater.ts';
import { AlbaError } from '../../../src/errors.ts';
import { gzipMembers, gzipMixed, inPieces, randomNumbers, sampleBytes } from '../samples.ts';

interface Inflated {
  readonly bytes: Buffer;
  /** Pairs of bit and offset. */
  readonly blocks: readonly (readonly [number, number])[];
  readonly chunks: readonly InflatedChunk[];
}

async function inflateAll(
  compressed: Uint8Array,
  pieceSize: () => number = () => 65_536,
  start?: BlockStart,
): Promise<Inflated> {
  const chunks: InflatedChunk[] = [];
  for await (const chunk of inflate(inPieces(compressed, pieceSize), 'sample.tar.gz', start))
    chunks.push(chunk);
  const numbers = chunks.flatMap(({ blocks }) => [...blocks]);
  const blocks = Array.from({ length: numbers.length / 2 }, (_, i) => {
    return [numbers[i * 2] ?? -1, numbers[i * 2 + 1] ?? -1] as const;
  });
  return { bytes: Buffer.concat(chunks.map(({ bytes }) => bytes)), blocks, chunks };
}

const sample = sampleBytes(1, 400_000);
const { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED } = constants;

describe('inflate', () => {
  const strategies = { Z_DEFAULT_STRATEGY, Z_FILTERED, Z_HUFFMAN_ONLY, Z_RLE, Z_FIXED };
  it.each(Object.entries(strategies))(
    'gives what zlib compressed at every level with %s',
    async (_, strategy) => {
      for (let level = 0; level <= 9; level++) {
        for (const memLevel of [1, 8]) {
          const compressed = gzipSync(sample, { level, strategy, memLevel });
          expect((await inflateAll(compressed)).bytes.equals(sample)).toBe(true);
        }
      }
    },
  );

  it('gives the same bytes and blocks in whatever pieces the file comes', async () => {
    const bytes = sampleBytes(2, 120_000);
    const compressed = await gzipMixed(bytes, 2);
    const whole = await inflateAll(compressed, () => compressed.length);
    expect(whole.bytes.equals(bytes)).toBe(true);
    const random = randomNumbers(3);
    for (const next of [() => 1, () => 2, () => 7, () => 1 + random(40), () => 1 + random(9_000)]) {
      const { bytes: again, blocks } = await inflateAll(compressed, next);
      expect(again.equals(bytes)).toBe(true);
      expect(blocks).toEqual(whole.blocks);
    }
  });

  it('gives blocks of any kind, size and place', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 0, max: 400_000 }), async (seed, size) => {
        const bytes = sampleBytes(seed, size);
        const { bytes: inflated } = await inflateAll(await gzipMixed(bytes, seed));
        expect(inflated.equals(bytes)).toBe(true);
      }),
      { seed: 1, numRuns: 30 },
    );
  });

  it('tells of a block before its first byte and begins anywhere at one', async () => {
    const compressed = await gzipMixed(sample, 5);
    const { bytes, blocks, chunks } = await inflateAll(compressed);
    for (const { offset, bytes: part, blocks: started } of chunks) {
      for (let i = 1; i < started.length; i += 2) {
        expect(started[i]).toBeGreaterThanOrEqual(offset);
        expect(started[i]).toBeLessThanOrEqual(offset + part.length);
      }
    }
    expect(new Set(blocks.map(([bit]) => bit % 8)).size).toBe(8);
    for (const [bitOffset, outputOffset] of blocks.filter((_, i) => i % 5 === 0)) {
      const start = { bitOffset, outputOffset, window: bytes.subarray(0, outputOffset) };
      const rest = await inflateAll(compressed.subarray(Math.floor(bitOffset / 8)), undefined, start);
      expect(rest.bytes.equals(bytes.subarray(outputOffset))).toBe(true);
      expect(rest.blocks[0]).toEqual([bitOffset, outputOffset]);
    }
  });

  it('goes through members and tells them apart', async () => {
    const { bytes, chunks } = await inflateAll(
      Buffer.concat([gzipSync(''), gzipMembers(sample, 5), gzipSync('')]),
    );
    expect(bytes.equals(sample)).toBe(true);
    const members = new Map(chunks.map(({ member, memberOffset }) => [member, memberOffset]));
    expect([...members]).toEqual([[0, 0], ...[0, 1, 2, 3, 4].map((i) => [i + 1, i * 80_000]), [6, 400_000]]);
  });

  it('reads every field of a header', async () => {
    const body = gzipSync('hello').subarray(10);
    const start = Buffer.from([0x1f, 0x8b, 8, 2 | 4 | 8 | 16, 1, 2, 3, 4, 2, 3, 3, 0, 9, 8, 7]);
    const fields = Buffer.concat([start, Buffer.from('nämé\0a comment\0')]);
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(crc32(fields) & 0xffff);
    const good = Buffer.concat([fields, sum, body]);
    expect((await inflateAll(good, () => 1)).bytes.toString()).toBe('hello');
    const wrong = Buffer.concat([fields, Buffer.from([0, 0]), body]);
    await expect(inflateAll(wrong)).rejects.toThrow('a header whose checksum is wrong');
  });

  it.each([
    ['zeros', Buffer.alloc(300_000)],
    ['anything else', Buffer.from('not gzip')],
    ['half of a magic number', Buffer.from([0x1f])],
  ])('takes %s behind the last member for padding', async (_, padding) => {
    const compressed = Buffer.concat([gzipSync(sample), padding]);
    expect((await inflateAll(compressed)).bytes.equals(sample)).toBe(true);
    expect((await inflateAll(compressed, () => 4_999)).bytes.equals(sample)).toBe(true);
  });
});

describe('a damaged file', () => {
  const compressed = gzipSync(sample.subarray(0, 60_000));

  it('is told of with its name and what to do', async () => {
    const failure = inflateAll(compressed.subarray(0, 1_000));
    await expect(failure).rejects.toBeInstanceOf(AlbaError);
    await expect(failure).rejects.toThrow(
      /^sample\.tar\.gz: the file ends too early, at byte \d+; .* build it again$/,
    );
    await expect(inflateAll(Buffer.from('plain text'))).rejects.toThrow('no gzip header, at byte 0');
    await expect(inflateAll(Buffer.alloc(0))).rejects.toThrow('ends too early');
  });

  it('fails wherever it was cut off', async () => {
    const small = gzipSync(sample.subarray(0, 1_000));
    for (let size = 0; size < small.length; size++) {
      await expect(inflateAll(small.subarray(0, size))).rejects.toBeInstanceOf(AlbaError);
    }
  });

  it.each([
    ['CRC-32', -8],
    ['length', -4],
  ])('fails when the %s is another', async (what, at) => {
    const wrong = Buffer.from(compressed);
    wrong[wrong.length + at] = (wrong.at(at) ?? 0) ^ 1;
    await expect(inflateAll(wrong)).rejects.toThrow(`the ${what} of the data is not the one`);
  });

  it('fails or gives the same bytes, whichever bit is another', async () => {
    const bytes = sampleBytes(9, 800);
    const good = await gzipMixed(bytes, 9);
    for (let bit = 0; bit < good.length * 8; bit++) {
      const wrong = Buffer.from(good);
      wrong[bit >> 3] = (wrong[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const result = await inflateAll(wrong).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(AlbaError);
      else expect(result).toMatchObject({ bytes });
    }
  });

  // Raw DEFLATE by hand, the lowest bit of the first byte first; eight bytes follow for the trailer.
  it.each([
    ['a block of an unknown type', [0b111]],
    ['a stored block whose length contradicts itself', [1, 1, 0, 1, 0]],
    ['a match that begins before the data', [0x03, 0x02, 0]],
    ['a symbol that means nothing', [0x1b, 0x03]],
    ['code lengths that make no code', [0xfd, 0xff, 0xff]],
  ])('tells of %s', async (fault, bytes) => {
    const file = Buffer.concat([gzipSync('').subarray(0, 10), Buffer.from(bytes), Buffer.alloc(600)]);
    await expect(inflateAll(file)).rejects.toThrow(fault);
  });

  it('with a header without end is refused', async () => {
    const endless = Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, 8, 0, 0, 0, 0, 0, 3]),
      Buffer.alloc(200_000, 'x'),
    ]);
    await expect(inflateAll(endless)).rejects.toThrow('a header of more than 131072 bytes');
  });
});

describe('gunzip', () => {
  const gunzipped = async (compressed: Uint8Array, size = 65_536): Promise<Buffer> => {
    const chunks: Buffer[] = [];
    // A chunk is good until the next one is asked for.
    for await (const chunk of gunzip(
      inPieces(compressed, () => size),
      'layer',
    ))
      chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  const bytes = sampleBytes(3, 1_000_000);
  const member = gzipSync(bytes);

  it.each([1, 7, 1000, 65_536, 5_000_000])(
    'gives what was compressed, in pieces of %i bytes',
    async (size) => {
      const few = size < 10 ? bytes.subarray(0, 20_000) : bytes;
      expect((await gunzipped(gzipSync(few), size)).equals(few)).toBe(true);
    },
  );

  it('takes members behind each other, and zeros for the end', async () => {
    const two = Buffer.concat([member, gzipSync(Buffer.alloc(0)), member, Buffer.alloc(700)]);
    expect((await gunzipped(two)).equals(Buffer.concat([bytes, bytes]))).toBe(true);
  });

  it.each([
    ['is cut off', member.subarray(0, -100)],
    ['is cut off in its trailer', member.subarray(0, -1)],
    ['has something else behind it', Buffer.concat([member, Buffer.from('more')])],
    ['has the beginning of a member behind it', Buffer.concat([member, Buffer.of(0x1f)])],
    ['has another checksum', Buffer.concat([member.subarray(0, -8), Buffer.alloc(8, 1)])],
    ['is none', Buffer.from('plain text')],
  ])('refuses what %s, as zlib does', async (_, damaged) => {
    await expect(gunzipped(damaged)).rejects.toThrow(
      /^layer is damaged: gzip says ".+"; build or copy it again$/,
    );
    expect(() => gunzipSync(damaged)).toThrow();
  });
});
