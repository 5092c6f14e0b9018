import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { gzipMixed, inPieces, randomNumbers, sampleBytes } from '../../../__tests__/compression/samples.ts';
import { bytesOf } from '../../../__tests__/fixtures/read.ts';
import { blockSize, Deflater, lastBlock, windowSize } from '../../../src/compression/gzip/deflater.ts';
import { inflate } from '../../../src/compression/gzip/inflate.ts';
import { BlockTable } from '../../../src/compression/splice/block-table.ts';
import { LayerCapture } from '../../../src/compression/splice/layer-capture.ts';
import { readSplice } from '../../../src/compression/splice/splice.ts';
import { AlbaError } from '../../../src/errors.ts';
import { damageBytes, type Random } from '../damage.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Pieces, streams and splices in a round. */
const perRound = 22;

/**
 * Damaged streams have to fail where zlib fails and to give what zlib gives; splices out of archives, damaged or not,
 * have to inflate to the very bytes that were seen; what is deflated has to inflate to what it was.
 */
export const target: FuzzTarget = {
  about: 'inflates, splices and deflates as zlib does, damaged streams among them',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const bytes = sampleBytes(seed, random(random(3) ? 50_000 : 600_000));
    const all: Counts[] = [];
    for (let i = 0; i < 10; i++) all.push(roundTrip(bytes, random));
    const archive = await gzipMixed(bytes, seed);
    for (let i = 0; i < 10; i++) all.push(await compareWithZlib(archive, random));
    const start = random(bytes.length + 1);
    for (const input of [archive, damageBytes(archive, random, headerSize)]) {
      const file = join(folder, 'archive.gz');
      await writeFile(file, input);
      all.push(await spliceFrom(input, file, random, { start, size: random(bytes.length - start + 1) }));
    }
    return addCounts(...all);
  },
};

const headerSize = 10;
const deflater = await Deflater.create();

async function collect(chunks: AsyncIterable<{ readonly bytes: Uint8Array }>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const { bytes } of chunks) parts.push(bytes);
  return Buffer.concat(parts);
}

/** The result of a function, or that it failed; ours may only fail with an AlbaError. */
async function attempt<T>(
  work: () => T | Promise<T>,
  expected: abstract new (...words: never[]) => Error = Error,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    return undefined;
  }
}

function assertSame(ours: Buffer | undefined, theirs: Buffer | undefined, what: string): void {
  const same = ours === undefined || theirs === undefined ? ours === theirs : ours.equals(theirs);
  if (!same) throw new Error(`${what}: ${ours?.length} bytes instead of ${theirs?.length}`);
}

async function compareWithZlib(archive: Buffer, random: Random): Promise<Counts> {
  // Without the trailer's checks, and with enough behind the end for either to see that it is the end.
  const damaged = Buffer.concat([damageBytes(archive, random, headerSize), Buffer.alloc(64)]);
  const theirs = await attempt(() => inflateRawSync(damaged.subarray(headerSize)));
  const start = { bitOffset: headerSize * 8, outputOffset: 0, window: new Uint8Array() };
  const pieces = inPieces(damaged.subarray(headerSize), () => 1 + random(20_000));
  assertSame(await attempt(() => collect(inflate(pieces, 'damaged', start)), AlbaError), theirs, 'inflate');
  return theirs === undefined ? { refused: 1 } : { accepted: 1 };
}

interface Place {
  /** In what the archive inflates to. */
  readonly start: number;
  /** In bytes. */
  readonly size: number;
}

/** Splices what lies at a place of an archive, out of the file that holds its bytes. */
async function spliceFrom(
  archive: Buffer,
  file: string,
  random: Random,
  { start, size }: Place,
): Promise<Counts> {
  const table = new BlockTable();
  const seen: Uint8Array[] = [];
  const layers: LayerCapture[] = [];
  const read = async () => {
    for await (const chunk of inflate(
      inPieces(archive, () => 1 + random(50_000)),
      'damaged',
    )) {
      table.append(chunk);
      const from = Math.max(0, start - chunk.offset);
      const part = chunk.bytes.subarray(from, Math.max(from, start + size - chunk.offset));
      if (layers.length === 0 && chunk.offset + chunk.bytes.length > start) {
        layers.push(new LayerCapture(table, start, deflater));
      }
      layers[0]?.write(part);
      seen.push(part);
      if (chunk.offset + chunk.bytes.length >= start + size) return;
    }
  };
  await attempt(read, AlbaError);
  const content = Buffer.concat(seen);
  const captured = layers[0]?.finish();
  if (captured?.splice === undefined) return { splices: 1 };
  const { splice } = captured;
  const spliced = await bytesOf(() => readSplice(splice, file));
  assertSame(gunzipSync(spliced), content, 'splice');
  const diffId = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  if (diffId !== captured.diffId || spliced.length !== captured.splice.size)
    throw new Error('diffID or size');
  return { splices: 1, ranges: captured.splice.segments.filter((segment) => 'start' in segment).length };
}

/** Deflates a piece of the bytes, after some that come before it, at any level. */
function roundTrip(bytes: Buffer, random: Random): Counts {
  const level = 1 + random(9);
  const from = random(bytes.length + 1);
  const dictionary = Math.min(from, random(3) ? windowSize : random(windowSize + 1));
  const piece = bytes.subarray(from, from + blockSize);
  const deflated = deflater.deflate(bytes.subarray(from - dictionary, from + blockSize), dictionary, level);
  const options = dictionary > 0 ? { dictionary: bytes.subarray(from - dictionary, from) } : {};
  assertSame(inflateRawSync(Buffer.concat([deflated, lastBlock]), options), piece, `level ${level}`);
  if (deflated.length > piece.length + 64 + piece.length / 1000) throw new Error(`level ${level}: too long`);
  return { deflated: 1 };
}
