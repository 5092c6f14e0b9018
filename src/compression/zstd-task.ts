import { task } from '../concurrency/threads/task.ts';
import type { Block, Packed } from './blocks/blocks.ts';

/** A block to be compressed to a frame. */
export interface ZstdInput extends Block {
  /** 1 to 19. */
  readonly level: number;
}

/**
 * The thread's side of zstdParallel: compresses one block to one frame, into its own buffer, and hands that back.
 */
export const zstdTask = task<ZstdInput, Packed>(
  'zstd',
  async () => (await import('./zstd-frame.ts')).frameBlock,
);
