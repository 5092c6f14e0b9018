import { constants, crc32, createDeflateRaw } from 'node:zlib';
import { memberHeader, memberTrailer } from './gzip-format.ts';

/** Part of the format, so to say: another size is another digest. */
const blockSize = 1024 * 1024;
/** How far back a match may reach (RFC 1951 section 2). */
const windowSize = 32768;
/** An empty fixed block that is the last one (RFC 1951 section 3.2.6). */
const lastBlock = Uint8Array.of(3, 0);
/** Deflated bytes come in buffers of this size: about as many as a block needs, and not one for the worst case. */
const chunkSize = 128 * 1024;

export interface GzipOptions {
  /** Of zlib, 1 to 9. */
  readonly level: number;
  /** Blocks that are deflated at once; the result does not depend on it. */
  readonly concurrency: number;
}

/**
 * Compresses to one gzip member on several cores: blocks of 1 MiB, each deflated on its own with the 32 KiB
 * before it as dictionary and ended by a sync flush, so that they can be put behind each other. Holds about
 * 2 MiB for each block in work. The threads are those of libuv, four unless UV_THREADPOOL_SIZE says else.
 */
export async function* gzipParallel(
  source: AsyncIterable<Uint8Array>,
  { level, concurrency }: GzipOptions,
): AsyncGenerator<Uint8Array, void, void> {
  yield memberHeader;
  const free: Buffer[] = [];
  const working: Promise<Uint8Array[]>[] = [];
  let crc = 0;
  let size = 0;
  let dictionary: Uint8Array | undefined;
  for await (const block of splitBlocks(source, free)) {
    const deflated = deflateBlock(block, dictionary, level);
    // Awaited in its turn: until then a failure must not count as unhandled.
    deflated.then(
      () => free.push(block),
      () => undefined,
    );
    working.push(deflated);
    crc = crc32(block, crc);
    size += block.length;
    dictionary = Uint8Array.prototype.slice.call(block, -windowSize);
    if (working.length > concurrency) yield* takeFirst(working);
  }
  while (working.length > 0) yield* takeFirst(working);
  yield lastBlock;
  yield memberTrailer(crc, size);
}

async function* takeFirst(working: Promise<Uint8Array[]>[]): AsyncGenerator<Uint8Array, void, void> {
  yield* (await working.shift()) ?? [];
}

async function deflateBlock(
  block: Uint8Array,
  dictionary: Uint8Array | undefined,
  level: number,
): Promise<Uint8Array[]> {
  const finishFlush = constants.Z_SYNC_FLUSH;
  const deflate = createDeflateRaw({
    level,
    memLevel: 8,
    finishFlush,
    chunkSize,
    ...(dictionary && { dictionary }),
  });
  deflate.end(block);
  return deflate.toArray();
}

/** Blocks come out of those that are free, as long as there are any: buffers that nobody needs pile up. */
async function* splitBlocks(
  source: AsyncIterable<Uint8Array>,
  free: Buffer[],
): AsyncGenerator<Buffer, void, void> {
  const take = (): Buffer => free.pop() ?? Buffer.allocUnsafeSlow(blockSize);
  let block = take();
  let filled = 0;
  for await (const chunk of source) {
    for (let done = 0; done < chunk.length; ) {
      const part = chunk.subarray(done, done + blockSize - filled);
      block.set(part, filled);
      filled += part.length;
      done += part.length;
      if (filled < blockSize) continue;
      yield block;
      block = take();
      filled = 0;
    }
  }
  if (filled > 0) yield block.subarray(0, filled);
}
