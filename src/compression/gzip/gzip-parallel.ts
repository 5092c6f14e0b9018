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
 * Compresses to one gzip member, on several cores: blocks of 1 MiB, each deflated on its own with the 32 KiB before
 * it as dictionary, so that they can be put behind each other. Holds about 1 MiB for each block in work. Gives
 * chunks as {@link Open} does.
 */
export async function* gzipParallel(
  source: Packable,
  { level, deflate, ...options }: GzipOptions,
): AsyncGenerator<Uint8Array, void, void> {
  yield memberHeader;
  const deflated = packBlocks(source, blockShape, (block) => deflate({ ...block, level }), options);
  const { value, size } = yield* deflated;
  yield lastBlock;
  yield memberTrailer(value, size);
}
