import { instances, type Shared } from './wasm.ts';

/** The exports of assembly/deflate/deflate.ts, where they are explained. */
interface DeflateExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly input: Shared;
  readonly output: Shared;
  deflate(length: number, dictionary: number, level: number): number;
}

/** How far back a match may reach (RFC 1951 section 2). */
export const windowSize = 32 * 1024;
/** What is deflated at once. Part of the format, so to say: another size is another digest. In bytes. */
export const blockSize = 1024 * 1024;
/** What a block may come to, however little it can be compressed. In bytes. */
export const mostDeflated = blockSize + 64 * 1024;
/** An empty block that is the last one (section 3.2.6); none that is deflated here says so. */
export const lastBlock: Uint8Array<ArrayBuffer> = Uint8Array.of(3, 0);

const instantiate = instances(() => import('./deflate-wasm.ts').then(({ deflateWasm }) => deflateWasm));

/**
 * Deflates (RFC 1951). zlib's output depends on its version and on the processor, this one's on the bytes and the
 * level alone.
 */
export class Deflater {
  readonly #module: DeflateExports;
  readonly #input: Uint8Array;
  readonly #output: Uint8Array;

  private constructor(module: DeflateExports) {
    const { memory, input, output } = module;
    this.#module = module;
    this.#input = new Uint8Array(memory.buffer, input.value, windowSize + blockSize);
    this.#output = new Uint8Array(memory.buffer, output.value, mostDeflated);
  }

  static async create(): Promise<Deflater> {
    return new Deflater((await instantiate()) as DeflateExports);
  }

  /**
   * Deflates up to {@link blockSize} bytes that follow a dictionary of up to {@link windowSize} ones. Ends on a whole
   * byte; more blocks may follow. What it gives is gone when it is called again.
   */
  deflate(bytes: Uint8Array, dictionary: number, level: number): Uint8Array {
    this.#input.set(bytes, windowSize - dictionary);
    const size = this.#module.deflate(bytes.length - dictionary, dictionary, level);
    return this.#output.subarray(0, size);
  }

  /** Deflates any number of bytes that have nothing before them, for the little that is compressed on the way. */
  deflateAll(bytes: Uint8Array): Uint8Array {
    const blocks: Uint8Array[] = [];
    for (let at = 0; at < bytes.length; at += blockSize) {
      const dictionary = Math.min(at, windowSize);
      blocks.push(this.deflate(bytes.subarray(at - dictionary, at + blockSize), dictionary, 6).slice());
    }
    return Buffer.concat(blocks);
  }
}
