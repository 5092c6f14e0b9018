/** The polynomial (RFC 1952 section 8), its lowest power first. */
const polynomial = 0xedb88320;
/** Polynomials modulo that one, written the same way. */
const one = 0x80000000;
const x = 0x40000000;

/** The CRC-32 of bytes that lie one behind the other, from that of each piece. */
export class Crc32 {
  value = 0;
  /** In bytes. */
  size = 0;

  append(crc32: number, size: number): void {
    this.value = (multiply(power(size * 8), this.value) ^ crc32) >>> 0;
    this.size += size;
  }
}

/** x to the power of `exponent`. */
function power(exponent: number): number {
  let result = one;
  let square = x;
  for (let rest = exponent; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = multiply(square, result);
    square = multiply(square, square);
  }
  return result;
}

function multiply(a: number, b: number): number {
  let product = 0;
  let shifted = b;
  for (let bit = one; bit > 0; bit >>>= 1) {
    if (a & bit) product ^= shifted;
    shifted = shifted & 1 ? (shifted >>> 1) ^ polynomial : shifted >>> 1;
  }
  return product;
}
