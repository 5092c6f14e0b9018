import { crc32 } from 'node:zlib';
import { buffersFor, splitBlocks } from '../content/blocks.ts';
import { inOrder } from '../content/in-order.ts';
import type { DeflateBlock } from './deflate-block.ts';
import { blockSize, lastBlock, mostDeflated, windowSize } from './deflater.ts';
import { memberHeader, memberTrailer } from './gzip-format.ts';

/** How a stream is compressed. */
export interface GzipOptions {
  /** 1 to 9. */
  readonly level: number;
  /** Blocks that are deflated at once; the result does not depend on it. */
  readonly concurrency: number;
  readonly deflate: DeflateBlock;
}

const shape = { before: windowSize, size: blockSize, behind: mostDeflated - blockSize };

/**
 * Compresses to one gzip member, on several cores: blocks of 1 MiB, each deflated on its own with the 32 KiB before
 * it as dictionary, so that they can be put behind each other. Holds about 1 MiB for each block in work. Gives
 * chunks as {@link Chunks} does.
 */
export async function* gzipParallel(
  source: AsyncIterable<Uint8Array>,
  { level, concurrency, deflate }: GzipOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const buffers = buffersFor(shape);
  let crc = 0;
  let length = 0;
  const deflated = inOrder(splitBlocks(source, shape, buffers), concurrency, (block) => {
    crc = crc32(new Uint8Array(block.buffer, windowSize, block.length), crc);
    length += block.length;
    return deflate({ ...block, level });
  });
  yield memberHeader;
  for await (const { buffer, size } of deflated) {
    yield new Uint8Array(buffer, 0, size);
    buffers.giveBack(buffer);
  }
  yield lastBlock;
  yield memberTrailer(crc, length);
}
