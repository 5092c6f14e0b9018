/** Writes bits into bytes as DEFLATE has them, the lowest first (RFC 1951 section 3.1.1). */
export class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #count = 0;

  /** Up to 24 bits of a number. */
  write(value: number, count: number): void {
    this.#bits |= value << this.#count;
    this.#count += count;
    while (this.#count >= 8) {
      this.#bytes.push(this.#bits & 0xff);
      this.#bits >>>= 8;
      this.#count -= 8;
    }
  }

  /** The bits, 0 to 7, that are no whole byte yet. */
  get pending(): { readonly bits: number; readonly count: number } {
    return { bits: this.#bits, count: this.#count };
  }

  /** The whole bytes. */
  bytes(): Uint8Array {
    return Uint8Array.from(this.#bytes);
  }
}
