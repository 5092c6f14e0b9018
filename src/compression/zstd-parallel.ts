import { inThread } from '../concurrency/threads/in-thread.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { type Packable, type PackOptions, packBlocks } from './blocks/pack.ts';
import { compressFrame, frameShape } from './zstd-frame.ts';
import { zstdTask } from './zstd-task.ts';

/** How a stream is compressed; the result does not depend on how many frames are in work at once. */
export interface ZstdOptions extends PackOptions {
  /** 1 to 19. */
  readonly level: number;
  readonly threads: Threads | undefined;
}

/**
 * Compresses to frames of 4 MiB each (RFC 8878 section 3.1: frames follow each other), on several cores. Nothing at
 * all is one empty frame. Gives chunks as {@link Open} does.
 */
export async function* zstdParallel(
  source: Packable,
  { level, threads, ...options }: ZstdOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const compress = inThread(threads, zstdTask);
  const { size } = yield* packBlocks(source, frameShape, (block) => compress({ ...block, level }), options);
  if (size === 0) yield compressFrame(new Uint8Array(), level);
}
