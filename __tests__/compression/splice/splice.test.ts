import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { truncate } from 'node:fs/promises';
import { constants, gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Deflater } from '../../../src/compression/gzip/deflater.ts';
import { inflate } from '../../../src/compression/gzip/inflate.ts';
import { BlockTable } from '../../../src/compression/splice/block-table.ts';
import { type CapturedLayer, LayerCapture } from '../../../src/compression/splice/layer-capture.ts';
import { type FileRange, readSplice, type Splice } from '../../../src/compression/splice/splice.ts';
import { bytesOf } from '../../fixtures/read.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { itWith, requireTool } from '../../support/tools.ts';
import { gzipMembers, gzipMixed, inPieces, randomNumbers, sampleBytes } from '../samples.ts';

const temporary = useTemporary();

/** Reads a gzip file as a reader of archives would and captures one layer, which comes in pieces of any size. */
async function capture(
  file: string,
  start: number,
  size: number,
  pieceSize = 100_000,
): Promise<CapturedLayer> {
  const blocks = new BlockTable();
  const deflater = await Deflater.create();
  let layer: LayerCapture | undefined;
  for await (const chunk of inflate(createReadStream(file), file)) {
    blocks.append(chunk);
    const from = Math.max(0, start - chunk.offset);
    const part = chunk.bytes.subarray(from, Math.max(from, start + size - chunk.offset));
    if (chunk.offset + chunk.bytes.length > start) layer ??= new LayerCapture(blocks, start, deflater);
    for await (const piece of inPieces(part, () => pieceSize)) layer?.write(piece);
  }
  return (layer ?? new LayerCapture(blocks, start, deflater)).finish();
}

function rangesOf({ segments }: Splice): FileRange[] {
  return segments.filter((segment): segment is FileRange => !(segment instanceof Uint8Array));
}

/** The bytes of a layer's splice, after all that is promised of it was checked. */
async function spliceBytes(file: string, layer: CapturedLayer, content: Buffer): Promise<Buffer> {
  expect(layer.size).toBe(content.length);
  expect(layer.diffId).toBe(`sha256:${createHash('sha256').update(content).digest('hex')}`);
  const { splice } = layer;
  if (splice === undefined) throw new Error('the layer was not reused');
  const bytes = await bytesOf(() => readSplice(splice, file));
  expect(bytes.length).toBe(splice.size);
  expect(gunzipSync(bytes).equals(content)).toBe(true);
  return bytes;
}

describe('a splice', () => {
  it('inflates to the layer, wherever that lies and however the archive was compressed', async () => {
    const firstBits = new Set<number>();
    const lastBits = new Set<number>();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(),
        fc.integer({ min: 0, max: 200_000 }),
        fc.integer({ min: 0, max: 300_000 }),
        async (seed, start, size) => {
          const archive = sampleBytes(seed, start + size + (seed % 50_000));
          const file = await temporary.write('mixed.gz', await gzipMixed(archive, seed));
          const layer = await capture(file, start, size, 1 + (seed % 30_000));
          await spliceBytes(file, layer, archive.subarray(start, start + size));
          for (const { replaced, kept } of layer.splice ? rangesOf(layer.splice) : []) {
            firstBits.add(replaced);
            lastBits.add(kept);
          }
        },
      ),
      { seed: 6, numRuns: 150 },
    );
    expect([...firstBits].sort()).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect([...lastBits].sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('keeps nearly all of the compression that is there', async () => {
    const archive = sampleBytes(3, 3_000_000);
    const compressed = gzipSync(archive, { level: 9 });
    const file = await temporary.write('level9.gz', compressed);
    const layer = await capture(file, 1_000, archive.length - 2_000);
    const bytes = await spliceBytes(file, layer, archive.subarray(1_000, archive.length - 1_000));
    expect(bytes.length).toBeLessThan(compressed.length * 1.005);
    const kept = layer.splice && rangesOf(layer.splice).reduce((sum, { start, end }) => sum + end - start, 0);
    expect(kept).toBeGreaterThan(compressed.length * 0.85);
  });

  it('is the same in whatever pieces the layer comes', async () => {
    const archive = sampleBytes(4, 300_000);
    const file = await temporary.write('pieces.gz', await gzipMixed(archive, 4));
    const [first, ...others] = await Promise.all(
      [300_000, 1, 511, 32_768].map((pieceSize) => capture(file, 10_000, 250_000, pieceSize)),
    );
    for (const other of others) expect(other).toEqual(first);
  });

  const strategies = [
    constants.Z_DEFAULT_STRATEGY,
    constants.Z_HUFFMAN_ONLY,
    constants.Z_RLE,
    constants.Z_FIXED,
  ];
  it.each(strategies)('goes with every level of zlib with strategy %i', async (strategy) => {
    const archive = sampleBytes(7, 400_000);
    for (let level = 0; level <= 9; level++) {
      const file = await temporary.write('level.gz', gzipSync(archive, { level, strategy, memLevel: 4 }));
      const layer = await capture(file, 5_000, 390_000);
      await spliceBytes(file, layer, archive.subarray(5_000, 395_000));
      expect(layer.splice && rangesOf(layer.splice)).toHaveLength(1);
    }
  });

  it('goes on behind the boundaries of members', async () => {
    const archive = sampleBytes(8, 2_000_000);
    const file = await temporary.write('members.gz', gzipMembers(archive, 4));
    const layer = await capture(file, 1_000, 1_990_000);
    await spliceBytes(file, layer, archive.subarray(1_000, 1_991_000));
    expect(layer.splice && rangesOf(layer.splice)).toHaveLength(4);

    const empty = gzipSync('');
    const between = Buffer.concat([gzipSync(archive), empty, gzipMembers(archive, 3), empty, empty]);
    const other = await temporary.write('empty-members.gz', between);
    const both = Buffer.concat([archive, archive]);
    await spliceBytes(other, await capture(other, 700_000, 3_000_000), both.subarray(700_000, 3_700_000));
    const many = await temporary.write('many-members.gz', gzipMembers(archive.subarray(0, 300_000), 2_000));
    await spliceBytes(many, await capture(many, 500, 299_000), archive.subarray(500, 299_500));
  });

  it('of nothing or of little has it all in memory', async () => {
    const archive = sampleBytes(9, 50_000);
    const file = await temporary.write('little.gz', gzipSync(archive));
    for (const size of [0, 1, 3, 1_024, 30_000]) {
      const layer = await capture(file, 10_000, size);
      await spliceBytes(file, layer, archive.subarray(10_000, 10_000 + size));
      expect(layer.splice && rangesOf(layer.splice)).toEqual([]);
    }
  });

  it('is refused where too much would have to be held', async () => {
    const zeros = Buffer.alloc(30_000_000);
    const archive = Buffer.concat([zeros, sampleBytes(1, 100_000)]);
    const file = await temporary.write('zeros.gz', gzipSync(archive, { memLevel: 9 }));
    const layer = await capture(file, 100_000, 12_000_000);
    expect(layer.splice).toBeUndefined();
    expect(layer.diffId).toBe(
      `sha256:${createHash('sha256').update(zeros.subarray(0, 12_000_000)).digest('hex')}`,
    );
  });

  it('fails where the archive is gone or became shorter', async () => {
    const archive = sampleBytes(10, 400_000);
    const file = await temporary.write('gone.gz', gzipSync(archive));
    const { splice } = await capture(file, 0, 400_000);
    if (splice === undefined) throw new Error('the layer was not reused');
    await truncate(file, 50_000);
    await expect(bytesOf(() => readSplice(splice, file))).rejects.toThrow(
      'became shorter while it was being published',
    );
    await expect(bytesOf(() => readSplice(splice, `${file}.not`))).rejects.toThrow(
      'gone.gz.not: could not be read again',
    );
  });
});

describe('readers', () => {
  /** Splices of many archives, one behind the other, and what they inflate to. */
  async function manySplices(compressed: (archive: Buffer, seed: number) => Promise<Buffer> | Buffer) {
    const random = randomNumbers(11);
    const members: Buffer[] = [];
    const contents: Buffer[] = [];
    for (let seed = 0; seed < 20; seed++) {
      const archive = sampleBytes(seed, 400_000);
      const file = await temporary.write('many.gz', await compressed(archive, seed));
      const start = random(100_000);
      const content = archive.subarray(start, start + random(300_000));
      members.push(await spliceBytes(file, await capture(file, start, content.length), content));
      contents.push(content);
    }
    return { gzip: Buffer.concat(members), content: Buffer.concat(contents) };
  }

  itWith(['gzip', 'pigz', 'python3'], 'all take the splices', async () => {
    const { gzip, content } = await manySplices(gzipMixed);
    const python = 'import gzip,sys; sys.stdout.buffer.write(gzip.decompress(sys.stdin.buffer.read()))';
    for (const [tool, ...args] of [
      ['gzip', '-dc'],
      ['pigz', '-dc'],
      ['python3', '-c', python],
    ] as const) {
      const inflated = execFileSync(requireTool(tool), args, { input: gzip, maxBuffer: 2 ** 26 });
      expect(inflated.equals(content)).toBe(true);
    }
  });

  itWith(['gzip', 'pigz'], 'get splices from pigz with and without --rsyncable, and from gzip', async () => {
    const makers = [
      ['pigz', '-nTR'],
      ['pigz', '-b128'],
      ['pigz', '-1R'],
      ['gzip', '-6'],
      ['gzip', '--rsyncable'],
    ] as const;
    const { gzip, content } = await manySplices((archive, seed) => {
      const [tool, ...args] = makers[seed % makers.length] ?? makers[0];
      return execFileSync(requireTool(tool), [...args, '-c'], { input: archive });
    });
    expect(gunzipSync(gzip).equals(content)).toBe(true);
  });
});
