import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { splitBlocks } from '../content/blocks.ts';
import { inOrder } from '../content/in-order.ts';

/** How a stream is compressed. */
export interface ZstdOptions {
  /** 1 to 19. */
  readonly level: number;
  /** Frames that are compressed at once; the result does not depend on it. */
  readonly concurrency: number;
}

/** Another size is another digest. Four windows of the usual level: what is lost between frames is little. */
const shape = { before: 0, size: 8 * 1024 * 1024, behind: 0 };

/**
 * Compresses to frames of 8 MiB each (RFC 8878 section 3.1: frames follow each other), on several cores: the
 * threads are those of libuv, four unless UV_THREADPOOL_SIZE says else. Nothing at all is one empty frame.
 */
export async function* zstdParallel(
  source: AsyncIterable<Uint8Array>,
  { level, concurrency }: ZstdOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  const compress = promisify(zlib.zstdCompress);
  const free: ArrayBuffer[] = [];
  let isEmpty = true;
  yield* inOrder(splitBlocks(source, shape, free), concurrency, async ({ buffer, length }) => {
    isEmpty = false;
    const frame = await compress(new Uint8Array(buffer, 0, length), { params });
    free.push(buffer);
    return frame;
  });
  if (isEmpty) yield compress(new Uint8Array(0), { params });
}
