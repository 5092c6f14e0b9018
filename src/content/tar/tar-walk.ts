import { decodeEntry, type LongNames } from './decode-entry.ts';
import { type FramedEntry, TarFraming } from './framing.ts';
import { parseNumber, tarBlockSize } from './header.ts';
import type { SparseMap } from './sparse-map.ts';
import { decodeField } from './tar-name.ts';

/** An entry of a tar as its header and the extended ones before it describe it. */
export interface WalkedEntry {
  /** PAX and GNU long names applied; a byte that is no UTF-8 is a lone surrogate (see {@link encodeName}). */
  readonly name: string;
  readonly type:
    | 'file'
    | 'link'
    | 'symlink'
    | 'directory'
    | 'character-device'
    | 'block-device'
    | 'pipe'
    | 'other';
  readonly linkname?: string;
  /** The permission bits, with setuid, setgid and sticky. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** In bytes, of the content, with its holes; 0 for all but files. */
  readonly size: number;
  /** In seconds since 1970, with their fraction. */
  readonly mtime: number;
  readonly device?: { readonly major: number; readonly minor: number };
  readonly hasAttributes?: true;
}

/** What is told of a tar on the way through it, in its order. */
export interface TarVisitor {
  /** The next entry; with a map where the holes of its content are not stored. */
  begin(entry: WalkedEntry, sparse: SparseMap | undefined): void;
  /** The next bytes that are stored of its content; good until this returns. */
  content(bytes: Buffer): void;
  /** All of its content has been there. */
  end(): void;
}

const empty: Buffer = Buffer.alloc(0);

/**
 * Goes through a tar that comes in chunks, without waiting for anything: of many small files each costs a few microseconds.
 * Takes the same way as `readTar`, whose errors it throws.
 */
export class TarWalk {
  readonly #visitor: TarVisitor;
  readonly #framing: TarFraming;
  #position = 0;
  /** The beginning of a block whose rest has not come yet. */
  #part = empty;
  /** What the content belongs to that comes now: an entry, a long name of GNU's for the next one, or nothing that matters. */
  #in: 'entry' | 'name' | 'linkname' | undefined;
  /** In bytes, of content that has not come yet, without what fills its last block. */
  #left = 0;
  #pieces: Buffer[] = [];
  #long: LongNames = {};

  constructor(visitor: TarVisitor, origin: string) {
    this.#visitor = visitor;
    this.#framing = new TarFraming(origin);
  }

  /** Takes the next bytes, which are nothing of it behind its end. */
  take(chunk: Buffer): void {
    const framing = this.#framing;
    for (let at = 0; at < chunk.length && !framing.isOver; ) {
      if (framing.content > 0) {
        const size = Math.min(framing.content, chunk.length - at);
        this.#passContent(chunk.subarray(at, at + size));
        framing.content -= size;
        at += size;
        this.#position += size;
        if (framing.content === 0) this.#endContent();
        continue;
      }
      const piece = chunk.subarray(at, at + tarBlockSize - this.#part.length);
      const block = this.#part.length > 0 ? Buffer.concat([this.#part, piece]) : piece;
      at += piece.length;
      if (block.length < tarBlockSize) {
        // A part may outlive its chunk.
        this.#part = Buffer.from(block);
        continue;
      }
      this.#part = empty;
      this.#takeBlock(block);
      this.#position += tarBlockSize;
    }
  }

  /** To be called at the end of the input; something else proves that it is whole. */
  finish(): void {
    this.#framing.finish(this.#position + this.#part.length, this.#part, true);
  }

  #takeBlock(block: Buffer): void {
    const framing = this.#framing;
    const handed = framing.take(block, { offset: this.#position, handedAt: 0 });
    const framed = framing.entries.pop();
    if (handed && framed) this.#beginEntry(handed, framed);
    else if (handed) this.#gather(handed);
  }

  #beginEntry(header: Buffer, framed: FramedEntry): void {
    const entry = decodeEntry(header, framed, this.#long);
    this.#long = {};
    this.#in = 'entry';
    this.#left = framed.stored;
    this.#visitor.begin(entry, framed.sparse);
    if (this.#framing.content === 0) this.#endContent();
  }

  /** Long names (K and L) of GNU tar. */
  #gather(header: Buffer): void {
    const flag = String.fromCharCode(header[156] ?? 0);
    this.#in = flag === 'L' ? 'name' : 'linkname';
    this.#left = parseNumber(header, 124) ?? 0;
    if (this.#framing.content === 0) this.#endContent();
  }

  #passContent(bytes: Buffer): void {
    const size = Math.min(this.#left, bytes.length);
    if (size === 0) return;
    this.#left -= size;
    const own = size < bytes.length ? bytes.subarray(0, size) : bytes;
    if (this.#in === 'entry') this.#visitor.content(own);
    else if (this.#in) this.#pieces.push(Buffer.from(own));
  }

  #endContent(): void {
    if (this.#in === 'entry') this.#visitor.end();
    else if (this.#in) this.#long[this.#in] = decodeField(Buffer.concat(this.#pieces.splice(0)));
    this.#in = undefined;
  }
}
