import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { Digest } from '../../oci/digest.ts';
import { type Deflater, windowSize } from '../gzip/deflater.ts';
import type { BlockTable, GzipBlock } from './block-table.ts';
import { type Splice, SpliceBuilder } from './splice.ts';

/** What there is to know of a layer that was read out of a gzip file. */
export interface CapturedLayer {
  /** Of the bytes as they were inflated. */
  readonly diffId: Digest;
  /** Uncompressed, in bytes. */
  readonly size: number;
  /** The layer compressed, with the compression that was there; undefined if that cannot be reused. */
  readonly splice: Splice | undefined;
}

/** Bytes of a layer, inflated or deflated anew, that are held; one that needs more is not reused. */
const mostHeld = 4 * 1024 * 1024;

/** A run of blocks of one member that are taken over as they are. */
interface Run {
  readonly member: number;
  readonly from: number;
  /** The first bit of the last block seen: what it holds may still turn out to go beyond the layer. */
  to: number;
}

/**
 * Watches one layer pass by in what a gzip file inflates to and works out its splice.
 *
 * Blocks are reused from the first that cannot point back beyond the layer's first byte (32 KiB into the
 * layer, or a new member) up to the last that starts in the layer; what is before, behind and around the
 * boundary of members is deflated anew.
 */
export class LayerCapture {
  readonly #blocks: BlockTable;
  readonly #start: number;
  readonly #hash = createHash('sha256');
  #crc = 0;
  #size = 0;
  #builder: SpliceBuilder | undefined;
  #run: Run | undefined;
  /** The bytes since the last block that can be reused. */
  #held: Uint8Array[] = [];
  #heldSize = 0;

  /** `start` is the place of the layer's first byte in what the file inflates to. */
  constructor(blocks: BlockTable, start: number, deflater: Deflater) {
    this.#blocks = blocks;
    this.#builder = new SpliceBuilder(deflater);
    this.#start = start;
    blocks.takeBefore(start);
  }

  /** The next bytes of the layer, in pieces of any size; they are kept for a while and must not change. */
  write(bytes: Uint8Array): void {
    this.#hash.update(bytes);
    this.#crc = crc32(bytes, this.#crc);
    const position = this.#start + this.#size;
    this.#size += bytes.length;
    let done = 0;
    for (const block of this.#blocks.takeBefore(position + bytes.length)) {
      if (!this.#isFree(block)) continue;
      this.#hold(bytes.subarray(done, block.offset - position));
      done = block.offset - position;
      this.#meet(block);
    }
    this.#hold(bytes.subarray(done));
  }

  /** To be called when the whole layer was written. */
  finish(): CapturedLayer {
    const diffId: Digest = `sha256:${this.#hash.digest('hex')}`;
    if (this.#run !== undefined) this.#builder?.addBlocks(this.#run.from, this.#run.to);
    const splice = this.#builder?.finish(this.#takeHeld(), this.#crc, this.#size);
    return { diffId, size: this.#size, splice };
  }

  /** Whether nothing from a block on can point back beyond the layer's first byte. */
  #isFree({ offset, memberOffset }: GzipBlock): boolean {
    return memberOffset >= this.#start || offset - windowSize >= this.#start;
  }

  #meet(block: GzipBlock): void {
    if (this.#run?.member === block.member) {
      this.#run.to = block.bit;
      this.#dropHeld();
      return;
    }
    if (this.#run !== undefined) this.#builder?.addBlocks(this.#run.from, this.#run.to);
    this.#builder?.addBytes(this.#takeHeld());
    this.#run = { member: block.member, from: block.bit, to: block.bit };
    if (this.#builder !== undefined && this.#builder.held > mostHeld) this.#giveUp();
  }

  #hold(bytes: Uint8Array): void {
    if (this.#builder === undefined || bytes.length === 0) return;
    this.#held.push(bytes);
    this.#heldSize += bytes.length;
    if (this.#heldSize > mostHeld) this.#giveUp();
  }

  #takeHeld(): Uint8Array {
    const held = Buffer.concat(this.#held);
    this.#dropHeld();
    return held;
  }

  #dropHeld(): void {
    this.#held = [];
    this.#heldSize = 0;
  }

  #giveUp(): void {
    this.#builder = undefined;
    this.#dropHeld();
  }
}
