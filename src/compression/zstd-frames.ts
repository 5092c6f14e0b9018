import { AlbaError } from '../errors.ts';

/**
 * Cuts zstd data (RFC 8878, section 3) so that no chunk goes beyond the end of a frame: Node's decoder drops what follows a
 * frame in the same chunk, and goes on with a frame that begins with a chunk. What is no frame comes as it is, for the decoder
 * to refuse; an end inside a frame, which Node 22 takes as it comes, is an error that begins with `origin`.
 */
export async function* splitFrames(
  source: AsyncIterable<Uint8Array>,
  origin: string,
): AsyncGenerator<Uint8Array> {
  const frames = new Frames();
  for await (const chunk of source) {
    for (let from = 0; from < chunk.length; ) {
      const end = frames.advance(chunk, from);
      yield chunk.subarray(from, end);
      from = end;
    }
  }
  if (frames.isInside)
    throw new AlbaError(
      'source',
      `${origin} is truncated: it ends inside a zstd frame; was all of it written and copied?`,
    );
}

/** Sizes in bytes. */
const [magicSize, blockHeaderSize, checksumSize] = [4, 3, 4];
const sizesOfDictionaryId = [0, 1, 2, 4] as const;
const sizesOfContentSize = [0, 2, 4, 8] as const;

/** What is read next; the content is passed over. */
type Part = 'magic' | 'skippable size' | 'descriptor' | 'block header' | 'rest' | 'no frame';

/** Follows the frames from header to header. */
class Frames {
  #part: Part = 'magic';
  /** A header, of which `wanted` bytes are needed, as far as it came. */
  #header: number[] = [];
  #wanted = magicSize;
  /** In bytes, of content up to the next header. */
  #content = 0;
  #hasChecksum = false;

  /** Whether a frame goes on. */
  get isInside(): boolean {
    const isBetween = this.#part === 'magic' && this.#header.length === 0;
    return !isBetween && this.#part !== 'no frame';
  }

  /** Where the frame ends that goes on at `from`, or the chunk does. */
  advance(chunk: Uint8Array, from: number): number {
    let at = from;
    while (at < chunk.length) {
      if (this.#part === 'no frame') return chunk.length;
      if (this.#content > 0) {
        const size = Math.min(this.#content, chunk.length - at);
        this.#content -= size;
        at += size;
      } else {
        this.#header.push(chunk[at] ?? 0);
        at += 1;
        if (this.#header.length === this.#wanted) this.#take(this.#header.splice(0));
      }
      if (this.#part === 'rest' && this.#content === 0) {
        this.#expect('magic', magicSize);
        return at;
      }
    }
    return at;
  }

  #take(header: readonly number[]): void {
    const [first = 0, second = 0, third = 0, fourth = 0] = header;
    const number = first + second * 0x100 + third * 0x10000 + fourth * 0x1000000;
    if (this.#part === 'magic') this.#takeMagic(number);
    else if (this.#part === 'descriptor') this.#takeDescriptor(first);
    else if (this.#part === 'block header') this.#takeBlock(number);
    else this.#expect('rest', 0, number);
  }

  #takeMagic(magic: number): void {
    if (magic === 0xfd2fb528) this.#expect('descriptor', 1);
    else if (magic >>> 4 === 0x0184d2a5) this.#expect('skippable size', 4);
    else this.#expect('no frame', 0);
  }

  /** Section 3.1.1.1.1. */
  #takeDescriptor(descriptor: number): void {
    const isSingleSegment = (descriptor & 0x20) !== 0;
    const flag = descriptor >> 6;
    const contentSize = flag === 0 && isSingleSegment ? 1 : (sizesOfContentSize[flag] ?? 0);
    const dictionaryId = sizesOfDictionaryId[descriptor & 3] ?? 0;
    this.#hasChecksum = (descriptor & 4) !== 0;
    this.#expect('block header', blockHeaderSize, (isSingleSegment ? 0 : 1) + dictionaryId + contentSize);
  }

  /** Section 3.1.1.2: whether it is the last one, its type, of which 1 repeats one byte, and its size. */
  #takeBlock(header: number): void {
    const isLast = (header & 1) === 1;
    const size = ((header >> 1) & 3) === 1 ? 1 : header >> 3;
    if (isLast) this.#expect('rest', 0, size + (this.#hasChecksum ? checksumSize : 0));
    else this.#expect('block header', blockHeaderSize, size);
  }

  #expect(part: Part, wanted: number, content = 0): void {
    this.#part = part;
    this.#wanted = wanted;
    this.#content = content;
  }
}
