import type { TarFraming } from './framing.ts';
import { parseHeader, tarBlockSize } from './header.ts';
import type { ReaderGate } from './reader-gate.ts';

const empty: Buffer = Buffer.alloc(0);

/** The bytes of a tar on their way to tar-stream, up to the end of the archive; the input is read to its own end. */
export class TarInput implements AsyncIterable<Buffer> {
  /** What the input or the framing threw. */
  error: unknown;
  readonly behind = new Behind();
  readonly #input: AsyncIterable<Buffer>;
  readonly #framing: TarFraming;
  readonly #gate: ReaderGate;
  readonly #mayLackMarker: boolean;
  /** In bytes, what came in of content and of whole blocks, and what was handed on. */
  #position = 0;
  #handed = 0;
  /** The beginning of a block whose rest has not come yet. */
  #part = empty;

  /** `mayLackMarker`: whether an archive may end behind its last entry without a block of zeros. */
  constructor(input: AsyncIterable<Buffer>, framing: TarFraming, gate: ReaderGate, mayLackMarker: boolean) {
    this.#input = input;
    this.#framing = framing;
    this.#gate = gate;
    this.#mayLackMarker = mayLackMarker;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    try {
      for await (const chunk of this.#input) {
        yield* this.#pass(chunk.length < queued ? Buffer.from(chunk) : chunk);
        // The next chunk may come in the buffer of this one, of which the reader may have a part.
        await this.#gate.pass();
      }
      this.#framing.finish(this.#position + this.#part.length, this.#part, this.#mayLackMarker);
    } catch (error) {
      this.error = error;
      throw error;
    }
  }

  /** What is handed on of a chunk: it itself in as few pieces as there can be, and blocks that took the place of others. */
  #pass(chunk: Buffer): Buffer[] {
    const framing = this.#framing;
    const pieces: Buffer[] = [];
    const hand = (bytes: Buffer): void => {
      this.#handed += bytes.length;
      if (bytes.length > 0) pieces.push(bytes);
    };
    let from = 0;
    let at = 0;
    while (at < chunk.length && !framing.isOver) {
      if (framing.content > 0) {
        const size = Math.min(framing.content, chunk.length - at);
        framing.content -= size;
        this.#position += size;
        at += size;
        continue;
      }
      const piece = chunk.subarray(at, at + tarBlockSize - this.#part.length);
      const block = this.#part.length > 0 ? Buffer.concat([this.#part, piece]) : piece;
      const place = { offset: this.#position, handedAt: this.#handed + at - from };
      const isWhole = block.length === tarBlockSize;
      const handed = isWhole ? framing.take(block, place) : undefined;
      if (isWhole) this.#position += tarBlockSize;
      // A part may outlive its chunk.
      this.#part = isWhole ? empty : Buffer.from(block);
      if (handed !== piece) {
        hand(chunk.subarray(from, at));
        if (handed) hand(handed);
        from = at + piece.length;
      }
      at += piece.length;
    }
    hand(chunk.subarray(from, at));
    if (at < chunk.length) this.behind.look(chunk.subarray(at), this.#position);
    this.#position += chunk.length - at;
    return pieces.length > manyPieces ? [Buffer.concat(pieces)] : pieces;
  }
}

/** In bytes: tar-stream takes in so many before it says that it has enough. */
export const queued = 16 * 1024;

/** Of more pieces than these each costs more than copying them does. */
const manyPieces = 4;

/** Looks for another tar in what is behind the end of one, at whatever byte it begins. */
class Behind {
  /** Where the first header is, in bytes from the beginning of all. */
  another: number | undefined;
  #last = empty;

  /** `position` is that of the first of these bytes. */
  look(bytes: Buffer, position: number): void {
    if (this.another !== undefined) return;
    const start = position - this.#last.length;
    const all = Buffer.concat([this.#last, bytes]);
    for (let at = all.indexOf(magic.text); at >= 0; at = all.indexOf(magic.text, at + 1)) {
      const from = at - magic.at;
      const header =
        from >= 0 &&
        from + tarBlockSize <= all.length &&
        parseHeader(all.subarray(from, from + tarBlockSize));
      if (header) {
        this.another = start + from;
        return;
      }
    }
    this.#last = all.subarray(1 - tarBlockSize);
  }
}

/** What every header has that a tar of our days has, and where. */
const magic = { text: 'ustar', at: 257 } as const;
