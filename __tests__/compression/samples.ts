import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { constants, createGzip, type Gzip, gzipSync, type ZlibParams } from 'node:zlib';

/** Numbers that look random and are the same on every run (mulberry32). */
export function randomNumbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return Math.floor((((value ^ (value >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Bytes as layers have them: stretches of words, of records, of zeros and of noise, and repeats of all. */
export function sampleBytes(seed: number, size: number): Buffer {
  const random = randomNumbers(seed);
  const bytes = Buffer.alloc(size);
  const alphabet = 2 + random(60);
  for (let at = 0; at < size; ) {
    const end = Math.min(size, at + 1 + random(random(4) === 0 ? 60_000 : 3_000));
    const kind = random(6);
    const distance = 1 + random(Math.min(at + 1, random(2) === 0 ? 20 : 40_000));
    for (; at < end; at++) {
      if (kind === 1) bytes[at] = random(256);
      else if (kind === 2) bytes[at] = at % 64 < 40 ? at >> 6 : random(256);
      else if (kind === 3 && at >= distance) bytes[at] = bytes[at - distance] ?? 0;
      else if (kind >= 4) bytes[at] = 64 + Math.min(random(alphabet), random(alphabet));
    }
  }
  return bytes;
}

/** One gzip member whose blocks are of every size and kind, beginning at every bit of a byte. */
export function gzipMixed(bytes: Buffer, seed: number): Promise<Buffer> {
  const random = randomNumbers(seed);
  const options = { memLevel: 1 + random(9), windowBits: 9 + random(7), level: random(10) };
  const gzip = createGzip(options) as Gzip & ZlibParams;
  const flushes = [
    constants.Z_BLOCK,
    constants.Z_PARTIAL_FLUSH,
    constants.Z_SYNC_FLUSH,
    constants.Z_FULL_FLUSH,
    constants.Z_NO_FLUSH,
  ];
  const write = async () => {
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + 1 + random(random(3) === 0 ? 200_000 : 5_000));
      at += part.length;
      if (!gzip.write(part)) await once(gzip, 'drain');
      await new Promise<void>((done) => gzip.flush(flushes[random(flushes.length)], done));
      if (random(3) === 0)
        await new Promise<void>((done) => gzip.params(random(10), random(5), () => done()));
    }
    gzip.end();
  };
  return Promise.all([buffer(gzip), write()]).then(([compressed]) => compressed);
}

/** Members one behind the other. */
export function gzipMembers(bytes: Buffer, members: number): Buffer {
  const size = Math.ceil(bytes.length / members);
  const parts = Array.from({ length: members }, (_, i) => gzipSync(bytes.subarray(i * size, (i + 1) * size)));
  return Buffer.concat(parts);
}

/** The same bytes in pieces whose sizes `next` gives. */
export async function* inPieces(bytes: Uint8Array, next: () => number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; ) {
    const piece = bytes.subarray(at, at + next());
    at += piece.length;
    yield piece;
  }
}
