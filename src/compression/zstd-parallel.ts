import zlib from 'node:zlib';
import { aside } from '../concurrency/threads/in-thread.ts';
import type { Output } from '../concurrency/threads/serve.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import type { Block, BlockShape, Packed } from './blocks/blocks.ts';
import { loadBlock } from './blocks/load-block.ts';
import { type Packable, type PackOptions, packBlocks } from './blocks/pack.ts';

/** How a stream is compressed; the result does not depend on how many frames are in work at once. */
export interface ZstdOptions extends PackOptions {
  /** 1 to 19. */
  readonly level: number;
  readonly threads: Threads | undefined;
}

/** Another size is another digest. What is lost between frames of this size is 0.1 %. In bytes. */
const frameSize = 4 * 1024 * 1024;
/** With room for what a frame may be larger than its content. */
const shape: BlockShape = { before: 0, size: frameSize, behind: 64 * 1024 };

type Input = Block & { readonly level: number };

/**
 * Compresses to frames of 4 MiB each (RFC 8878 section 3.1: frames follow each other), on several cores. Nothing at
 * all is one empty frame. Gives chunks as {@link Chunks} does.
 */
export async function* zstdParallel(
  source: Packable,
  { level, threads, ...options }: ZstdOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const compress = aside<Input, Packed>(threads, 'zstd', zstdTask);
  const { size } = yield* packBlocks(source, shape, (block) => compress({ ...block, level }), options);
  if (size === 0) yield compressFrame(new Uint8Array(), level);
}

/** What a thread does for it. */
export async function zstdTask(input: unknown): Promise<Output> {
  const block = input as Input;
  const { buffer, length, level } = block;
  const { bytes, checksums } = loadBlock(block, shape);
  const frame = compressFrame(bytes, level);
  new Uint8Array(buffer).set(frame);
  return { output: { buffer, size: frame.length, length, checksums } satisfies Packed, transfer: [buffer] };
}

function compressFrame(bytes: Uint8Array, level: number): Buffer {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  // Pages of it that are not used cost nothing, and the larger it is the sooner it is collected.
  return zlib.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
}
