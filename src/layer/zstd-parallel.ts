import zlib from 'node:zlib';
import { type Block, buffersFor, splitBlocks } from '../content/blocks.ts';
import { inOrder } from '../content/in-order.ts';
import { aside } from '../threads/aside.ts';
import type { Output } from '../threads/serve.ts';
import type { Threads } from '../threads/threads.ts';

/** How a stream is compressed. */
export interface ZstdOptions {
  /** 1 to 19. */
  readonly level: number;
  /** Frames that are compressed at once; the result does not depend on it. */
  readonly concurrency: number;
  readonly threads: Threads | undefined;
}

/** Another size is another digest. What is lost between frames of this size is 0.1 %. In bytes. */
const frameSize = 4 * 1024 * 1024;
/** What a frame may be larger than its content. */
const overhead = 64 * 1024;
const shape = { before: 0, size: frameSize, behind: overhead };

type Input = Block & { readonly level: number };

interface Frame {
  readonly buffer: ArrayBuffer;
  readonly size: number;
}

/**
 * Compresses to frames of 4 MiB each (RFC 8878 section 3.1: frames follow each other), on several cores. Nothing at
 * all is one empty frame. Gives chunks as {@link Chunks} does.
 */
export async function* zstdParallel(
  source: AsyncIterable<Uint8Array>,
  { level, concurrency, threads }: ZstdOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const compress = aside<Input, Frame>(threads, 'zstd', zstdTask);
  const buffers = buffersFor(shape);
  let isEmpty = true;
  const frames = inOrder(splitBlocks(source, shape, buffers), concurrency, (block) =>
    compress({ ...block, level }),
  );
  for await (const { buffer, size } of frames) {
    isEmpty = false;
    yield new Uint8Array(buffer, 0, size);
    buffers.giveBack(buffer);
  }
  if (isEmpty) yield compressFrame(new Uint8Array(), level);
}

/** What a thread does for it. */
export async function zstdTask(input: unknown): Promise<Output> {
  const { buffer, length, level } = input as Input;
  const frame = compressFrame(new Uint8Array(buffer, 0, length), level);
  new Uint8Array(buffer).set(frame);
  return { output: { buffer, size: frame.length } satisfies Frame, transfer: [buffer] };
}

function compressFrame(bytes: Uint8Array, level: number): Buffer {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  // Pages of it that are not used cost nothing, and the larger it is the sooner it is collected.
  return zlib.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
}
