import { Buffers } from '../../content/buffers.ts';
import type { Extent } from '../../content/content.ts';

/** A piece of what is to be compressed, in a buffer. */
export interface Block {
  /** Room for what comes before the block, the block, and room behind it. */
  readonly buffer: ArrayBuffer;
  /** How many bytes of what comes before belong to it; they end where the block begins. */
  readonly before: number;
  readonly length: number;
  /** Where all of that is still to be read, by who works on the block. */
  readonly from?: { readonly path: string; readonly position: number };
}

/** What a block came to: the first `size` bytes of its buffer. */
export interface Packed {
  readonly buffer: ArrayBuffer;
  readonly size: number;
  /** Of what it came from. */
  readonly length: number;
  readonly checksums: Checksums;
}

/** The CRC-32s of what was read for a block. */
export interface Checksums {
  readonly block: number;
  /** Of what comes before it. */
  readonly before: number;
  /** Of as much at its end: what comes before the next block. */
  readonly end: number;
}

/**
 * Sizes in bytes of the parts of a block's buffer: room for the dictionary before it, the block, and free room behind
 * it, as its result replaces it in place.
 */
export interface BlockShape {
  readonly size: number;
  /** Of what comes before it; at most as long as a block. */
  readonly before: number;
  /** Left free. */
  readonly behind: number;
}

/** Buffers for blocks of a shape. */
export function buffersFor({ before, size, behind }: BlockShape): Buffers {
  return new Buffers(before + size + behind);
}

/** Cuts a stream into blocks of one size, the last of which may be smaller. */
export async function* splitBlocks(
  source: AsyncIterable<Uint8Array>,
  shape: BlockShape,
  buffers: Buffers,
): AsyncGenerator<Block, void, void> {
  let buffer = buffers.take();
  let before = 0;
  let length = 0;
  for await (const chunk of source) {
    for (let done = 0; done < chunk.length; ) {
      const part = chunk.subarray(done, done + shape.size - length);
      new Uint8Array(buffer).set(part, shape.before + length);
      length += part.length;
      done += part.length;
      if (length < shape.size) continue;
      const next = buffers.take();
      new Uint8Array(next).set(new Uint8Array(buffer, shape.size, shape.before));
      yield { buffer, before, length };
      buffer = next;
      before = shape.before;
      length = 0;
    }
  }
  if (length > 0) yield { buffer, before, length };
}

/**
 * Cuts bytes of a file into blocks of one size without reading them: each block says where in the file it lies, and
 * whoever compresses it reads it.
 */
export async function* cutExtent(
  { path, offset, size }: Extent,
  shape: BlockShape,
  buffers: Buffers,
): AsyncGenerator<Block, void, void> {
  for (let at = 0; at < size; at += shape.size) {
    const before = Math.min(at, shape.before);
    const length = Math.min(shape.size, size - at);
    yield { buffer: buffers.take(), before, length, from: { path, position: offset + at - before } };
  }
}
