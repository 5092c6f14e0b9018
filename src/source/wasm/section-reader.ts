import { AlbaError } from '../../errors.ts';

/** In bytes: what is told of a module lies in far less. */
const longestSection = 1024 * 1024;

/** Reads bytes in their order that come in chunks. Throws a source error, which begins with `origin`, where they end too early. */
export class SectionReader {
  readonly #chunks: AsyncIterator<Buffer>;
  readonly #origin: string;
  #chunk: Buffer = Buffer.alloc(0);
  #at = 0;

  constructor(chunks: AsyncIterable<Buffer>, origin: string) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#origin = origin;
  }

  /** Whether there is nothing more. */
  async isAtEnd(): Promise<boolean> {
    while (this.#at === this.#chunk.length) {
      const { value, done } = await this.#chunks.next();
      if (done) return true;
      [this.#chunk, this.#at] = [value, 0];
    }
    return false;
  }

  async byte(): Promise<number> {
    if (await this.isAtEnd()) throw this.refuse('it ends in the midst of a section');
    const byte = this.#chunk[this.#at] ?? 0;
    this.#at += 1;
    return byte;
  }

  /** A number as WebAssembly writes it (core specification, 5.2.2): LEB128, of 32 bits. */
  async number(): Promise<number> {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = await this.byte();
      value += (byte & 0x7f) * 2 ** shift;
      if (byte < 0x80 && value < 2 ** 32) return value;
    }
    throw this.refuse('a section has a length of more than 32 bits');
  }

  /** A copy of so many bytes. */
  async take(size: number): Promise<Buffer> {
    if (size > longestSection) throw this.refuse('it has more imports or exports than can be told');
    const taken = Buffer.alloc(size);
    for (let at = 0; at < size; at += await this.#pass(size - at, taken, at));
    return taken;
  }

  async skip(size: number): Promise<void> {
    for (let at = 0; at < size; at += await this.#pass(size - at));
  }

  refuse(why: string): AlbaError {
    return new AlbaError('source', `${this.#origin} is no whole WebAssembly module: ${why}`);
  }

  /** Passes at least one byte and at most so many, all of them of one chunk; how many. */
  async #pass(most: number, into?: Buffer, at = 0): Promise<number> {
    if (await this.isAtEnd()) throw this.refuse('it ends in the midst of a section');
    const size = Math.min(most, this.#chunk.length - this.#at);
    into?.set(this.#chunk.subarray(this.#at, this.#at + size), at);
    this.#at += size;
    return size;
  }
}
