/** Writes bits into bytes as DEFLATE has them, the lowest first (RFC 1951 section 3.1.1). */
export class BitWriter {
  #bytes: Uint8Array;
  #length = 0;
  #bits = 0;
  #count = 0;

  constructor(expectedSize: number) {
    this.#bytes = new Uint8Array(expectedSize);
  }

  /** Up to 24 bits of a number. */
  write(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#push(this.#bits & 0xff);
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  /** Zeros up to the next whole byte. */
  align(): void {
    if (this.#count > 0) this.write(0, 8 - this.#count);
  }

  /** The bits, 0 to 7, that are no whole byte yet. */
  get pending(): { readonly bits: number; readonly count: number } {
    return { bits: this.#bits, count: this.#count };
  }

  /** The whole bytes. */
  bytes(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  #push(byte: number): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(Math.max(64, this.#length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    this.#bytes[this.#length++] = byte;
  }
}
