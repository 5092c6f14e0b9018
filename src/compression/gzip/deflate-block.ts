import { aside } from '../../concurrency/threads/in-thread.ts';
import type { Output } from '../../concurrency/threads/serve.ts';
import type { Threads } from '../../concurrency/threads/threads.ts';
import type { Block, BlockShape, Packed } from '../blocks/blocks.ts';
import { loadBlock } from '../blocks/load-block.ts';
import { blockSize, Deflater, mostDeflated, windowSize } from './deflater.ts';

/** Blocks to be deflated, with the dictionary of each, and room for what they come to. */
export const blockShape: BlockShape = {
  before: windowSize,
  size: blockSize,
  behind: mostDeflated - blockSize,
};

/** Deflates a block, whose buffer is gone until it comes back. */
export type DeflateBlock = (block: Block & { readonly level: number }) => Promise<Packed>;

/** Deflates in threads, where there are any. */
export function blockDeflater(threads: Threads | undefined): DeflateBlock {
  return aside(threads, 'deflate', deflateTask);
}

let deflater: Promise<Deflater> | undefined;

/** What a thread does for it. */
export async function deflateTask(input: unknown): Promise<Output> {
  const block = input as Parameters<DeflateBlock>[0];
  const { buffer, before, length, level } = block;
  deflater ??= Deflater.create();
  const { bytes, checksums } = loadBlock(block, blockShape);
  const deflated = (await deflater).deflate(bytes, before, level);
  new Uint8Array(buffer).set(deflated);
  return {
    output: { buffer, size: deflated.length, length, checksums } satisfies Packed,
    transfer: [buffer],
  };
}
