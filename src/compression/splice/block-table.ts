import type { InflatedChunk } from '../gzip/inflater.ts';

/** A DEFLATE block of a gzip file. */
export interface GzipBlock {
  /** Its first bit in the file. */
  readonly bit: number;
  /** Its first byte's place in what the file inflates to. */
  readonly offset: number;
  readonly member: number;
  /** The place of its member's first byte: nothing in it points back beyond that. */
  readonly memberOffset: number;
}

/** Blocks nearer to each other than this, in inflated bytes, are not told apart: it would save nothing. */
const spacing = 1024;

/**
 * The blocks between what was inflated and what was read of it, in their order. It is told of every chunk
 * before the chunk is read, and loses the blocks that the reader has come past, so it stays small.
 */
export class BlockTable {
  #blocks: GzipBlock[] = [];
  #last: GzipBlock | undefined;

  append({ member, memberOffset, blocks }: InflatedChunk): void {
    for (let i = 0; i < blocks.length; i += 2) {
      this.#add({ bit: blocks[i] ?? 0, offset: blocks[i + 1] ?? 0, member, memberOffset });
    }
  }

  /** Removes and returns the blocks that start before this place. */
  takeBefore(offset: number): GzipBlock[] {
    const end = this.#blocks.findIndex((block) => block.offset >= offset);
    return this.#blocks.splice(0, end < 0 ? this.#blocks.length : end);
  }

  #add(block: GzipBlock): void {
    const last = this.#last;
    if (last !== undefined && last.member === block.member && block.offset - last.offset < spacing) return;
    if (last?.offset === block.offset) this.#blocks.pop();
    this.#blocks.push(block);
    this.#last = block;
  }
}
