import type { Done } from '../../concurrency/threads/task.ts';
import type { BlockShape, Packed } from '../blocks/blocks.ts';
import { loadBlock } from '../blocks/load-block.ts';
import type { DeflateInput } from './deflate-task.ts';
import { blockSize, Deflater, mostDeflated, windowSize } from './deflater.ts';

/** Blocks to be deflated, with the dictionary of each, and room for what they come to. */
export const blockShape: BlockShape = {
  before: windowSize,
  size: blockSize,
  behind: mostDeflated - blockSize,
};

let deflater: Promise<Deflater> | undefined;

/** Reads and deflates a block, into the buffer that it lies in. */
export async function deflateBlock(block: DeflateInput): Promise<Done<Packed>> {
  const { buffer, before, length, level } = block;
  deflater ??= Deflater.create();
  const { bytes, checksums } = loadBlock(block, blockShape);
  const deflated = (await deflater).deflate(bytes, before, level);
  new Uint8Array(buffer).set(deflated);
  return { output: { buffer, size: deflated.length, length, checksums }, transfer: [buffer] };
}
