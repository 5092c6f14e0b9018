import { inThread } from '../../concurrency/threads/in-thread.ts';
import { task } from '../../concurrency/threads/task.ts';
import type { Threads } from '../../concurrency/threads/threads.ts';
import type { Block, Packed } from '../blocks/blocks.ts';

/** A block to be deflated, with the 32 KiB before it as its dictionary. */
export interface DeflateInput extends Block {
  /** 1 to 9. */
  readonly level: number;
}

/** Deflates a block, whose buffer is gone until it comes back. */
export type DeflateBlock = (block: DeflateInput) => Promise<Packed>;

/** The thread's side of blockDeflater: deflates one block into its own buffer and hands that back. */
export const deflateTask = task<DeflateInput, Packed>(
  'deflate',
  async () => (await import('./deflate-block.ts')).deflateBlock,
);

/** Deflates in threads, where there are any. */
export function blockDeflater(threads: Threads | undefined): DeflateBlock {
  return inThread(threads, deflateTask);
}
