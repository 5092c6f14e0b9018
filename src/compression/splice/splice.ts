import { fileChunks } from '../../content/file-chunks.ts';
import { AlbaError, reasonOf } from '../../errors.ts';
import { type Deflater, lastBlock } from '../gzip/deflater.ts';
import { memberHeader, memberTrailer } from '../gzip/gzip-format.ts';
import { BitWriter } from './bit-writer.ts';
import { writePadding } from './padding.ts';

/** Bytes of a file, of which the first and the last may be kept in part only. */
export interface FileRange {
  /** The first byte, and the one behind the last. */
  readonly start: number;
  readonly end: number;
  /** What the lowest bits of the first byte are replaced by, and how many these are: 0 to 7. */
  readonly bits: number;
  readonly replaced: number;
  /** How many of the last byte's lowest bits are kept, 1 to 8; the others become 0. */
  readonly kept: number;
}

/**
 * A gzip member that consists of new bytes and of ranges of a gzip file. Plain data: it can be sent between
 * threads, and opened as often as is needed for as long as the file is there.
 */
export interface Splice {
  /** In bytes. */
  readonly size: number;
  readonly segments: readonly (Uint8Array | FileRange)[];
}

/** The bytes of a splice, as {@link Open} gives them; `file` is the gzip file that its ranges are of. */
export async function* readSplice(
  { segments }: Splice,
  file: string,
): AsyncGenerator<Uint8Array, void, void> {
  for (const segment of segments) {
    if (segment instanceof Uint8Array) yield segment;
    else yield* readRange(segment, file);
  }
}

async function* readRange(range: FileRange, file: string): AsyncGenerator<Uint8Array, void, void> {
  const { start, end, bits, replaced, kept } = range;
  let at = start;
  try {
    for await (const bytes of fileChunks(file, { offset: start, size: end - start })) {
      if (at === start) bytes[0] = ((bytes[0] ?? 0) & (0xff << replaced)) | bits;
      at += bytes.length;
      if (at === end) bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) & (0xff >> (8 - kept));
      yield bytes;
    }
  } catch (cause) {
    throw new AlbaError('source', `${file}: could not be read again: ${reasonOf(cause)}`, { cause });
  }
  if (at !== end)
    throw new AlbaError(
      'source',
      `${file}: became shorter while it was being published; is the build still writing it?`,
    );
}

/** Puts a splice together, from its first byte to its last. */
export class SpliceBuilder {
  readonly #deflater: Deflater;
  readonly #segments: (Uint8Array | FileRange)[] = [memberHeader];
  /** Bytes of it that are in memory. */
  #held = memberHeader.length;

  constructor(deflater: Deflater) {
    this.#deflater = deflater;
  }

  get held(): number {
    return this.#held;
  }

  /** Bytes that have to be deflated anew. */
  addBytes(bytes: Uint8Array): void {
    this.#add(this.#deflater.deflateAll(bytes));
  }

  /**
   * DEFLATE blocks of the file, as they are, from a bit to a bit of it. Empty blocks go before them, so that
   * they keep their place within a byte: only then can whole bytes be copied, and stored blocks stay right.
   */
  addBlocks(from: number, to: number): void {
    if (from === to) return;
    const before = new BitWriter();
    writePadding(before, from % 8);
    const { bits, count } = before.pending;
    this.#add(before.bytes());
    const end = Math.ceil(to / 8);
    const kept = to % 8 || 8;
    this.#segments.push({ start: Math.floor(from / 8), end, bits, replaced: count, kept });

    // An empty stored block follows. Its three bits are zeros like the rest of the last byte.
    this.#add(Uint8Array.from(kept > 5 ? [0, 0, 0, 0xff, 0xff] : [0, 0, 0xff, 0xff]));
  }

  /** The last bytes, with the checksum and the length of all that was added. */
  finish(bytes: Uint8Array, crc: number, length: number): Splice {
    this.#add(this.#deflater.deflateAll(bytes));
    this.#segments.push(lastBlock, memberTrailer(crc, length));
    const sizes = this.#segments.map((part) =>
      part instanceof Uint8Array ? part.length : part.end - part.start,
    );
    return { size: sizes.reduce((sum, size) => sum + size, 0), segments: this.#segments };
  }

  #add(bytes: Uint8Array): void {
    this.#held += bytes.length;
    this.#segments.push(bytes);
  }
}
