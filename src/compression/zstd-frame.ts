import zlib from 'node:zlib';
import type { Done } from '../concurrency/threads/task.ts';
import type { BlockShape, Packed } from './blocks/blocks.ts';
import { loadBlock } from './blocks/load-block.ts';
import type { ZstdInput } from './zstd-task.ts';

/** Another size is another digest. What is lost between frames of this size is 0.1 %. In bytes. */
const frameSize = 4 * 1024 * 1024;

/** Blocks to be compressed, with room for what a frame may be larger than its content. */
export const frameShape: BlockShape = { before: 0, size: frameSize, behind: 64 * 1024 };

/** Reads a block and compresses it, into the buffer that it lies in. */
export async function frameBlock(block: ZstdInput): Promise<Done<Packed>> {
  const { buffer, length, level } = block;
  const { bytes, checksums } = loadBlock(block, frameShape);
  const frame = compressFrame(bytes, level);
  new Uint8Array(buffer).set(frame);
  return { output: { buffer, size: frame.length, length, checksums }, transfer: [buffer] };
}

/** One zstd frame (RFC 8878 section 3.1) at a level of 1 to 19. */
export function compressFrame(bytes: Uint8Array, level: number): Buffer {
  const params = { [zlib.constants.ZSTD_c_compressionLevel]: level };
  // Pages of it that are not used cost nothing, and the larger it is the sooner it is collected.
  return zlib.zstdCompressSync(bytes, { params, chunkSize: 2 * frameSize });
}
