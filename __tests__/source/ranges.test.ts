import { rename, rm } from 'node:fs/promises';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileChunks } from '../../src/content/file-chunks.ts';
import { InflatedRanges } from '../../src/source/ranges.ts';
import { noise } from '../fixtures/image.ts';
import { compress } from '../fixtures/oci-layout.ts';
import { bytesOf } from '../fixtures/read.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const content = noise('ranges', 3_000_000);
const write = () => temporary.write('ranges.gz', compress(content, 'gzip'));

describe('InflatedRanges', () => {
  it('gives what a plain file gives, in any order and side by side', async () => {
    const plain = await temporary.write('ranges', content);
    const inflated = new InflatedRanges(await write(), 'gzip', content.length);
    const range = fc.tuple(fc.nat(content.length - 1), fc.nat(200_000)).map(([offset, size]) => ({
      offset,
      size: Math.min(size, content.length - offset),
    }));
    const check = async (ranges: { offset: number; size: number }[]) => {
      const read = async ({ offset, size }: { offset: number; size: number }) => {
        const expected = content.subarray(offset, offset + size);
        expect((await bytesOf(() => inflated.read(offset, size))).equals(expected)).toBe(true);
        expect((await bytesOf(() => fileChunks(plain, { offset, size }))).equals(expected)).toBe(true);
      };
      await Promise.all(ranges.map(read));
      for (const range of ranges) await read(range);
    };
    await fc.assert(fc.asyncProperty(fc.array(range, { maxLength: 5 }), check), { seed: 1, numRuns: 20 });
  });

  it('opens two ranges that are read in turns', async () => {
    const ranges = new InflatedRanges(await write(), 'gzip', content.length);
    const [a, b] = [ranges.read(0, 1_000_000), ranges.read(500_000, 1_000_000)].map((stream) =>
      stream[Symbol.asyncIterator](),
    );
    const parts: [Buffer[], Buffer[]] = [[], []];
    for (let open = 2; open > 0; ) {
      open = 2;
      for (const [index, iterator] of [a, b].entries()) {
        const next = await iterator?.next();
        if (next?.value) parts[index]?.push(Buffer.from(next.value));
        else open--;
      }
    }
    expect(Buffer.concat(parts[0]).equals(content.subarray(0, 1_000_000))).toBe(true);
    expect(Buffer.concat(parts[1]).equals(content.subarray(500_000, 1_500_000))).toBe(true);
  });

  it.skipIf(process.platform === 'win32')(
    'goes on where the last range ended, without the file anew',
    async () => {
      const path = await write();
      const ranges = new InflatedRanges(path, 'gzip', content.length);
      await bytesOf(() => ranges.read(0, 1000));
      await rename(path, `${path}.moved`);
      expect(await bytesOf(() => ranges.read(5000, 100))).toEqual(content.subarray(5000, 5100));
      await expect(bytesOf(() => ranges.read(4000, 100))).rejects.toThrow(/cannot read .*ranges\.gz/);
      await rm(`${path}.moved`);
    },
  );

  it('forgets a range that was left before its end', async () => {
    const ranges = new InflatedRanges(await write(), 'gzip', content.length);
    for await (const _ of ranges.read(0, 2_000_000)) break;
    expect(await bytesOf(() => ranges.read(1_500_000, 100))).toEqual(content.subarray(1_500_000, 1_500_100));
  });

  it('fails if the file has become shorter', async () => {
    const ranges = new InflatedRanges(await write(), 'gzip', content.length);
    await temporary.write('ranges.gz', compress(content.subarray(0, 1000), 'gzip'));
    await expect(bytesOf(() => ranges.read(500, 1000))).rejects.toThrow('changed while it was read');
  });
});
