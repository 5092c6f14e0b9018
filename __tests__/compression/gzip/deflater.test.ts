import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import process from 'node:process';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { blockSize, Deflater, lastBlock, mostDeflated } from '../../../src/compression/gzip/deflater.ts';
import { memberHeader, memberTrailer } from '../../../src/compression/gzip/gzip-format.ts';
import { itWith, requireTool } from '../../support/tools.ts';
import { randomNumbers, sampleBytes } from '../samples.ts';

const levels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
const deflater = await Deflater.create();
const deflate = (bytes: Uint8Array, level: number, dictionary = 0): Buffer =>
  Buffer.from(deflater.deflate(bytes, dictionary, level));
const inflate = (bytes: Uint8Array, dictionary?: Buffer): Buffer =>
  inflateRawSync(Buffer.concat([bytes, lastBlock]), dictionary?.length ? { dictionary } : {});

const random = randomNumbers(7);
const noise = (size: number): Buffer => Buffer.from(Array.from({ length: size }, () => random(256)));
const samples: Record<string, Buffer> = {
  'what is usual': sampleBytes(1, 300_000),
  'what cannot be compressed': noise(100_000),
  'one byte, over and over': Buffer.alloc(blockSize, 7),
  'zeros and noise by turns': Buffer.concat(
    Array.from({ length: 60 }, (_, i) => (i % 2 ? Buffer.alloc(20_000) : noise(random(1000)))),
  ),
  'two symbols': Buffer.from(Array.from({ length: 50_000 }, () => random(2))),
  /** The counts of Fibonacci make the longest codes. */
  'very unlike frequencies': Buffer.concat(
    Array.from({ length: 26 }, (_, i) => Buffer.alloc(Math.round(1.618 ** i), i)),
  ).subarray(0, blockSize),
  'matches of every length and distance': Buffer.concat(
    Array.from({ length: 2000 }, (_, i) => sampleBytes(3, 40_000).subarray(i * 13, i * 13 + (i % 300))),
  ).subarray(0, blockSize),
};

describe('deflated bytes', () => {
  it.each(Object.keys(samples))('inflate to what they were: %s', (name) => {
    const bytes = samples[name] as Buffer;
    for (const level of levels) expect(inflate(deflate(bytes, level)).equals(bytes), `${level}`).toBe(true);
  });

  it('may be any number', () => {
    for (let size = 0; size < 300; size++) {
      const bytes = sampleBytes(size, size);
      const level = 1 + (size % 9);
      expect(inflate(deflate(bytes, level)).equals(bytes), `${size}`).toBe(true);
    }
  });

  it('may end anywhere behind a long stretch of literals', () => {
    const bytes = noise(17_000);
    for (let size = 16_380; size < bytes.length; size += 13) {
      for (const level of [1, 3, 5, 9]) {
        const piece = bytes.subarray(0, size);
        expect(inflate(deflate(piece, level)).equals(piece), `${level} ${size}`).toBe(true);
      }
    }
  });

  it('may follow others of any number', () => {
    const bytes = sampleBytes(9, 200_000);
    for (const dictionary of [1, 7, 8, 100, 32_767, 32_768]) {
      for (const level of [1, 3, 6]) {
        const deflated = deflate(bytes, level, dictionary);
        const found = inflate(deflated, bytes.subarray(0, dictionary));
        expect(found.equals(bytes.subarray(dictionary)), `${level} ${dictionary}`).toBe(true);
      }
    }
  });

  it('do not depend on what was deflated before', () => {
    const bytes = sampleBytes(4, 150_000);
    for (const level of levels) {
      const first = deflate(bytes, level);
      deflate(noise(90_000), level);
      deflate(sampleBytes(5, 400_000), 10 - level);
      expect(deflate(bytes, level).equals(first), `${level}`).toBe(true);
    }
  });

  it('are smaller the higher the level, and never much larger than they were', () => {
    const program = readFileSync(process.execPath).subarray(-8 * blockSize, -7 * blockSize);
    const sizes = [1, 3, 4, 6, 9].map((level) => deflate(program, level).length);
    expect(sizes).toEqual(sizes.toSorted((a, b) => b - a));
    expect(sizes[0]).toBeGreaterThan(sizes[4] ?? 0);
    const worst = noise(blockSize);
    for (const level of levels) {
      const { length } = deflate(worst, level);
      expect(length).toBeLessThan(blockSize + 1024);
      expect(length).toBeLessThanOrEqual(mostDeflated);
    }
  });

  itWith(['gzip', 'pigz'], 'are read by gzip and pigz', () => {
    for (const [name, bytes] of Object.entries(samples)) {
      for (const level of [1, 3, 9]) {
        const crc = crc32(bytes);
        const parts = [memberHeader, deflate(bytes, level), lastBlock, memberTrailer(crc, bytes.length)];
        for (const tool of ['gzip', 'pigz']) {
          const found = execFileSync(requireTool(tool), ['-dc'], {
            input: Buffer.concat(parts),
            maxBuffer: 2 ** 26,
          });
          expect(found.equals(bytes), `${tool} ${name} ${level}`).toBe(true);
        }
      }
    }
  });
});
