import type { Crc32 } from '../blocks/crc32.ts';
import { type Packable, type PackOptions, packBlocks } from '../blocks/pack.ts';
import { blockShape } from './deflate-block.ts';
import type { DeflateBlock } from './deflate-task.ts';
import { lastBlock } from './deflater.ts';
import { memberHeader, memberTrailer } from './gzip-format.ts';

/** How a stream is compressed; the result does not depend on how many blocks are in work at once. */
export interface GzipOptions extends PackOptions {
  /** 1 to 9. */
  readonly level: number;
  readonly deflate: DeflateBlock;
}

/**
 * Compresses to one gzip member, on several cores, as {@link deflateParallel} does. Gives chunks as {@link Open} does.
 */
export async function* gzipParallel(
  source: Packable,
  options: GzipOptions,
): AsyncGenerator<Uint8Array, void, void> {
  yield memberHeader;
  const { value, size } = yield* deflateParallel(source, options);
  yield memberTrailer(value, size);
}

/**
 * Compresses to one raw stream (RFC 1951), on several cores: blocks of 1 MiB, each deflated on its own with the 32 KiB
 * before it as dictionary, so that they can be put behind each other. Holds about 1 MiB for each block in work. Gives
 * chunks as {@link Open} does, and in the end the checksum and the size of it all.
 */
export async function* deflateParallel(
  source: Packable,
  { level, deflate, ...options }: GzipOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>, Crc32, void> {
  const checksum = yield* packBlocks(source, blockShape, (block) => deflate({ ...block, level }), options);
  yield lastBlock;
  return checksum;
}
