const hashBits = 15;
const windowSize = 32768;
const shortest = 4;
const longest = 258;
/** Earlier places that are tried for a match. */
const tries = 24;
/** A match of this length is good enough not to look for a better one behind it. */
const goodEnough = 32;

/** A literal is its byte, a match `length << 16 | distance`. */
export type Token = number;

/** Literals and matches (RFC 1951 section 4) for bytes that have nothing before them. */
export function findMatches(bytes: Uint8Array): Token[] {
  const index = new MatchIndex(bytes);
  const tokens: Token[] = [];
  let match = index.find(0);
  for (let at = 0; at < bytes.length; ) {
    const next = match >>> 16 < goodEnough ? index.find(at + 1) : 0;
    if (match === 0 || next >>> 16 > match >>> 16) {
      tokens.push(bytes[at] ?? 0);
      at++;
      match = next;
    } else {
      tokens.push(match);
      at += match >>> 16;
      match = index.find(at);
    }
  }
  return tokens;
}

/** Where each hash of four bytes was seen, the latest first. */
class MatchIndex {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #latest = new Int32Array(1 << hashBits).fill(-1);
  readonly #earlier = new Int32Array(windowSize);
  #indexed = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The longest match at a place, 0 if there is none. */
  find(at: number): Token {
    if (at + shortest > this.#bytes.length) return 0;
    this.#indexUpTo(at);
    let best = 0;
    let candidate = this.#latest[this.#hash(at)] ?? -1;
    for (let i = 0; i < tries && candidate >= 0 && at - candidate <= windowSize; i++) {
      const length = this.#lengthOf(candidate, at);
      if (length >= shortest && length > best >>> 16) best = (length << 16) | (at - candidate);
      const earlier = this.#earlier[candidate % windowSize] ?? -1;
      if (earlier >= candidate) break;
      candidate = earlier;
    }
    return best;
  }

  #indexUpTo(end: number): void {
    for (; this.#indexed < end; this.#indexed++) {
      const hash = this.#hash(this.#indexed);
      this.#earlier[this.#indexed % windowSize] = this.#latest[hash] ?? -1;
      this.#latest[hash] = this.#indexed;
    }
  }

  #hash(at: number): number {
    return Math.imul(this.#view.getUint32(at, true), 0x9e3779b1) >>> (32 - hashBits);
  }

  #lengthOf(candidate: number, at: number): number {
    const limit = Math.min(longest, this.#bytes.length - at);
    let length = 0;
    while (length < limit && this.#bytes[candidate + length] === this.#bytes[at + length]) length++;
    return length;
  }
}
