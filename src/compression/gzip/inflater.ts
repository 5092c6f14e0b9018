import { crc32 } from 'node:zlib';
import type { AlbaError } from '../../errors.ts';
import { readMemberHeader, trailerSize } from './gzip-format.ts';
import { faultOf, type InflateExports, outcome } from './inflate-module.ts';

/** A piece of what a gzip file inflates to. A piece never spans two members. */
export interface InflatedChunk {
  /** The member that it is from, the first being 0. */
  readonly member: number;
  /** The place of that member's first byte in all that the file inflates to. */
  readonly memberOffset: number;
  /** Its first byte's place in all that the file inflates to. */
  readonly offset: number;
  readonly bytes: Uint8Array;
  /**
   * The DEFLATE blocks that start in it or right behind it, two numbers each: the block's first bit in the
   * file, and its first byte's place in what the file inflates to. A block is told of no later than its
   * first byte.
   */
  readonly blocks: Float64Array;
}

/** Where inflating can start in the middle of a file: at a block, with the 32 KiB that come before it. */
export interface BlockStart {
  /** The block's first bit in the file. The source then begins with the byte that has this bit. */
  readonly bitOffset: number;
  /** The block's first byte's place in what the file inflates to. */
  readonly outputOffset: number;
  /** What lies before it in its member: 32 KiB, or all if that is less. */
  readonly window: Uint8Array;
}

/** A chunk whose bytes are good until the next one is asked for. */
export type Piece = InflatedChunk & { readonly bytes: Buffer };

type Phase = 'header' | 'blocks' | 'trailer' | 'next' | 'padding';

/** Blocks are handed on when there are this many, even without bytes: a file may be made of empty ones. */
const manyBlocks = 8192;

/** Inflates what it is given piece by piece; `inflate` and `gunzip` say how it is used. */
export class Inflater {
  readonly #module: InflateExports;
  readonly #fault: (what: string) => AlbaError;
  readonly #isStrict: boolean;
  readonly #input: Buffer;
  readonly #output: Buffer;
  readonly #noted: Uint32Array;
  #phase: Phase = 'header';
  #member = 0;
  #memberOffset = 0;
  /** Where the module's input begins in the file. */
  #inputOffset = 0;
  /** Where the next chunk begins in all output, and in the module's. */
  #offset = 0;
  #taken = 0;
  #blocks: number[] = [];
  #crc = 0;
  #memberSize = 0;
  /** Without the beginning of a member there is nothing to hold its trailer against. */
  #checked = true;

  /** `fault` makes the error of what is wrong at a byte of the file; who is strict takes nothing but zeros for padding. */
  constructor(module: InflateExports, fault: (what: string, at: number) => AlbaError, isStrict: boolean) {
    this.#module = module;
    this.#fault = (what) => fault(what, this.#inputOffset + (module.bit.value >>> 3));
    this.#isStrict = isStrict;
    const { buffer } = module.memory;
    this.#input = Buffer.from(buffer, module.input.value, module.inputSize.value);
    this.#output = Buffer.from(buffer, module.output.value);
    this.#noted = new Uint32Array(buffer, module.blocks.value, module.blocksSize.value * 2);
  }

  *push(chunk: Uint8Array): Generator<Piece, void, void> {
    let rest = chunk;
    while (rest.length > 0) {
      rest = rest.subarray(this.#fill(rest));
      yield* this.#advance();
    }
  }

  *finish(): Generator<Piece, void, void> {
    const isBegun = this.#isStrict && this.#phase === 'next' && this.#ahead().length > 0;
    if ((this.#phase === 'next' && !isBegun) || this.#phase === 'padding') return;
    if (this.#phase === 'blocks') yield* this.#hand();
    throw this.#fault('the file ends too early');
  }

  /** Begins in the middle. */
  resume({ bitOffset, outputOffset, window }: BlockStart): void {
    const recent = window.subarray(Math.max(0, window.length - this.#module.windowSize.value));
    this.#output.set(recent);
    this.#inputOffset = Math.floor(bitOffset / 8);
    this.#module.bit.value = bitOffset % 8;
    this.#module.outputLength.value = recent.length;
    this.#taken = recent.length;
    this.#offset = outputOffset;
    this.#memberOffset = outputOffset - window.length;
    this.#checked = false;
    this.#phase = 'blocks';
    this.#module.begin(recent.length);
  }

  /** Takes as much of a chunk as there is room for, at least a byte. */
  #fill(chunk: Uint8Array): number {
    const { inputLength, inputSize } = this.#module;
    this.#inputOffset += this.#module.discard();
    const size = Math.min(chunk.length, inputSize.value - inputLength.value);
    if (size === 0) throw this.#fault(`a header of more than ${inputSize.value} bytes`);
    this.#input.set(chunk.subarray(0, size), inputLength.value);
    this.#module.feed(size);
    return size;
  }

  /** Goes through the phases until one needs more input. */
  *#advance(): Generator<Piece, void, void> {
    for (let moving = true; moving; ) {
      if (this.#phase === 'blocks') moving = yield* this.#inflateBlocks();
      else if (this.#phase === 'trailer') moving = this.#readTrailer();
      else if (this.#phase === 'header') moving = this.#readHeader();
      else if (this.#phase === 'next') moving = this.#lookAhead();
      else moving = this.#skip(this.#ahead().length, 'padding');
    }
  }

  /** The input that is still to be read, in the phases that read whole bytes. */
  #ahead(): Buffer {
    return this.#input.subarray(this.#module.bit.value >>> 3, this.#module.inputLength.value);
  }

  #skip(bytes: number, phase: Phase): boolean {
    this.#module.bit.value += bytes * 8;
    this.#phase = phase;
    return bytes > 0;
  }

  #readHeader(): boolean {
    const read = readMemberHeader(this.#ahead());
    if ('fault' in read) throw this.#fault(read.fault);
    if (read.length === undefined) return false;
    this.#crc = 0;
    this.#memberSize = 0;
    this.#memberOffset = this.#offset;
    this.#checked = true;
    this.#module.begin(0);
    return this.#skip(read.length, 'blocks');
  }

  *#inflateBlocks(): Generator<Piece, boolean, void> {
    for (;;) {
      const result = this.#module.run();
      this.#collectBlocks();
      if (result < 0) throw this.#fault(faultOf(result));
      if (result !== outcome.needsInput || this.#blocks.length >= manyBlocks * 2) yield* this.#hand();
      if (result === outcome.needsInput) return false;
      if (result === outcome.ended) break;
    }
    this.#module.bit.value = (this.#module.bit.value + 7) & ~7;
    this.#phase = 'trailer';
    return true;
  }

  #readTrailer(): boolean {
    const ahead = this.#ahead();
    if (ahead.length < trailerSize) return false;
    if (this.#checked && ahead.readUInt32LE(0) !== this.#crc) {
      throw this.#fault('the CRC-32 of the data is not the one that the file tells');
    }
    if (this.#checked && ahead.readUInt32LE(4) !== this.#memberSize % 2 ** 32) {
      throw this.#fault('the length of the data is not the one that the file tells');
    }
    this.#member++;
    return this.#skip(trailerSize, 'next');
  }

  /** Another member, or padding? */
  #lookAhead(): boolean {
    const [id1, id2] = this.#ahead();
    if (id1 === undefined || (id1 === 0x1f && id2 === undefined)) return false;
    this.#phase = id1 === 0x1f && id2 === 0x8b ? 'header' : 'padding';
    if (this.#isStrict && this.#phase === 'padding' && id1 !== 0) throw this.#fault('no gzip header');
    return true;
  }

  /** Turns what the module noted into places in the file, before its input moves on. */
  #collectBlocks(): void {
    const base = this.#offset - this.#taken;
    for (let i = 0; i < this.#module.blockCount.value * 2; i += 2) {
      this.#blocks.push(this.#inputOffset * 8 + (this.#noted[i] ?? 0), base + (this.#noted[i + 1] ?? 0));
    }
    this.#module.blockCount.value = 0;
  }

  /** Hands on what there is. */
  *#hand(): Generator<Piece, void, void> {
    const { outputLength } = this.#module;
    const bytes = this.#output.subarray(this.#taken, outputLength.value);
    const blocks = Float64Array.from(this.#blocks);
    const place = { member: this.#member, memberOffset: this.#memberOffset, offset: this.#offset };
    this.#blocks = [];
    this.#crc = crc32(bytes, this.#crc);
    this.#memberSize += bytes.length;
    this.#offset += bytes.length;
    yield { ...place, bytes, blocks };
    this.#module.slide();
    this.#taken = outputLength.value;
  }
}
