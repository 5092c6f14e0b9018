// Fuzzes src/compression for as many seconds as are given (60 if none), from a seed if one is given:
//   npm exec -- node scripts/fuzz-deflate.js 600
// Damaged streams have to fail where zlib fails and to give what zlib gives; splices out of archives, damaged
// or not, have to inflate to the very bytes that were seen; what is deflated has to inflate to what it was.
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gunzipSync, inflateRawSync } from 'node:zlib';
import { gzipMixed, inPieces, randomNumbers, sampleBytes } from '../__tests__/compression/samples.ts';
import { blockSize, Deflater, lastBlock, windowSize } from '../src/compression/gzip/deflater.ts';
import { inflate } from '../src/compression/gzip/inflate.ts';
import { BlockTable } from '../src/compression/splice/block-table.ts';
import { LayerCapture } from '../src/compression/splice/layer-capture.ts';
import { openSplice } from '../src/compression/splice/splice.ts';
import { AlbaError } from '../src/errors.ts';

const seconds = Number(process.argv[2] ?? 60);
const firstSeed = Number(process.argv[3] ?? Date.now() % 1_000_000_000);
const folder = await mkdtemp(join(tmpdir(), 'alba-fuzz-'));
const headerSize = 10;
const deflater = await Deflater.create();

/** Damages bytes in some places; most often a few bits early on, where the headers are. */
function damage(bytes, random) {
  const damaged = Buffer.from(bytes);
  for (let times = 1 + random(4); times > 0; times--) {
    const at = headerSize + random(Math.max(1, random(2) ? damaged.length - headerSize : 100));
    if (at >= damaged.length) continue;
    if (random(3) > 0) damaged[at] ^= 1 << random(8);
    else if (random(2)) damaged[at] = random(256);
    else damaged.copyWithin(at, headerSize + random(damaged.length - headerSize));
  }
  return random(10) ? damaged : damaged.subarray(0, headerSize + random(damaged.length));
}

async function collect(chunks) {
  const parts = [];
  for await (const { bytes } of chunks) parts.push(bytes);
  return Buffer.concat(parts);
}

/** The result of a function, or that it failed; ours may only fail with an AlbaError. */
async function attempt(work, expected = Error) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    return undefined;
  }
}

function assertSame(ours, theirs, what) {
  const same = ours === undefined || theirs === undefined ? ours === theirs : ours.equals(theirs);
  if (!same) throw new Error(`${what}: ${ours?.length} bytes instead of ${theirs?.length}`);
}

async function compareWithZlib(archive, random) {
  // Without the trailer's checks, and with enough behind the end for either to see that it is the end.
  const damaged = Buffer.concat([damage(archive, random), Buffer.alloc(64)]);
  const theirs = await attempt(() => inflateRawSync(damaged.subarray(headerSize)));
  const start = { bitOffset: headerSize * 8, outputOffset: 0, window: new Uint8Array() };
  const pieces = inPieces(damaged.subarray(headerSize), () => 1 + random(20_000));
  assertSame(await attempt(() => collect(inflate(pieces, 'damaged', start)), AlbaError), theirs, 'inflate');
  return theirs !== undefined;
}

async function spliceFrom(archive, random, start, size) {
  const file = join(folder, 'archive.gz');
  await writeFile(file, archive);
  const table = new BlockTable();
  const seen = [];
  let layer;
  const read = async () => {
    for await (const chunk of inflate(
      inPieces(archive, () => 1 + random(50_000)),
      'damaged',
    )) {
      table.append(chunk);
      const from = Math.max(0, start - chunk.offset);
      const part = chunk.bytes.subarray(from, Math.max(from, start + size - chunk.offset));
      if (chunk.offset + chunk.bytes.length > start) layer ??= new LayerCapture(table, start, deflater);
      layer?.write(part);
      seen.push(part);
      if (chunk.offset + chunk.bytes.length >= start + size) return;
    }
  };
  await attempt(read, AlbaError);
  const content = Buffer.concat(seen);
  const captured = layer?.finish();
  if (captured?.splice === undefined) return 0;
  const spliced = await buffer(openSplice(captured.splice, file));
  assertSame(gunzipSync(spliced), content, 'splice');
  const diffId = `sha256:${createHash('sha256').update(content).digest('hex')}`;
  if (diffId !== captured.diffId || spliced.length !== captured.splice.size)
    throw new Error('diffID or size');
  return captured.splice.segments.filter((segment) => 'start' in segment).length;
}

/** Deflates a piece of the bytes, after some that come before it; returns its level. */
function roundTrip(bytes, random) {
  const level = 1 + random(9);
  const from = random(bytes.length + 1);
  const dictionary = Math.min(from, random(3) ? windowSize : random(windowSize + 1));
  const piece = bytes.subarray(from, from + blockSize);
  const deflated = deflater.deflate(bytes.subarray(from - dictionary, from + blockSize), dictionary, level);
  const options = dictionary > 0 ? { dictionary: bytes.subarray(from - dictionary, from) } : {};
  assertSame(inflateRawSync(Buffer.concat([deflated, lastBlock]), options), piece, `level ${level}`);
  if (deflated.length > piece.length + 64 + piece.length / 1000) throw new Error(`level ${level}: too long`);
}

const counts = { rounds: 0, accepted: 0, refused: 0, deflated: 0, splices: 0, ranges: 0, slowest: 0 };
const end = Date.now() + seconds * 1000;
try {
  for (let seed = firstSeed; Date.now() < end; seed++, counts.rounds++) {
    const random = randomNumbers(seed);
    const bytes = sampleBytes(seed, random(random(3) ? 50_000 : 600_000));
    try {
      for (let i = 0; i < 10; i++, counts.deflated++) roundTrip(bytes, random);
      const archive = await gzipMixed(bytes, seed);
      const begun = Date.now();
      for (let i = 0; i < 10; i++)
        counts[(await compareWithZlib(archive, random)) ? 'accepted' : 'refused']++;
      const start = random(bytes.length + 1);
      for (const input of [archive, damage(archive, random)]) {
        counts.ranges += await spliceFrom(input, random, start, random(bytes.length - start + 1));
        counts.splices++;
      }
      counts.slowest = Math.max(counts.slowest, Date.now() - begun);
    } catch (error) {
      throw new Error(`seed ${seed}: ${error.message}`, { cause: error });
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
  console.log(counts);
}
