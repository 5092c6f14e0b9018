import { output, sequences } from './memory';
import { distanceExtraBits } from './symbols';

/** Bits on their way out, the lowest first (RFC 1951 section 3.1.1), fewer than 8 between two calls. */
let bits: u64 = 0;
let count: u32 = 0;
/** Where the next whole byte goes. */
let target: usize = output;

export function rewind(): void {
  bits = 0;
  count = 0;
  target = output;
}

/** Up to 56 bits. */
export function put(value: u64, length: u32): void {
  bits |= value << count;
  count += length;
  store<u64>(target, bits);
  target += count >> 3;
  bits >>= count & 56;
  count &= 7;
}

/** Zeros up to a whole byte. */
export function align(): void {
  if (count > 0) put(0, 8 - count);
}

/** Bytes as they are, from a whole byte on. */
export function copy(source: usize, length: u32): void {
  memory.copy(target, source, length);
  target += length;
}

/** Whole bytes that are there. */
export function written(): u32 {
  return <u32>(target - output);
}

/**
 * Literals, three a round, and matches: nine tenths of what is written. A code is its bits and, from bit 16 on,
 * its length; that of a length has its extra bits with it, and the length of both in a second u32.
 */
export function writeSequences(
  end: usize,
  literals: usize,
  literalCodes: usize,
  lengthCodes: usize,
  distanceCodes: usize,
): void {
  let buffer = bits;
  let filled = count;
  let to = target;
  let source = literals;
  for (let at = sequences; at < end; at += 8) {
    let left = load<u32>(at);
    for (; left >= 3; left -= 3, source += 3) {
      const first = load<u32>(literalCodes + ((<u32>load<u8>(source)) << 2));
      const second = load<u32>(literalCodes + ((<u32>load<u8>(source, 1)) << 2));
      const third = load<u32>(literalCodes + ((<u32>load<u8>(source, 2)) << 2));
      buffer |= (<u64>(first & 0xffff)) << filled;
      filled += first >> 16;
      buffer |= (<u64>(second & 0xffff)) << filled;
      filled += second >> 16;
      buffer |= (<u64>(third & 0xffff)) << filled;
      filled += third >> 16;
      store<u64>(to, buffer);
      to += filled >> 3;
      buffer >>= filled & 56;
      filled &= 7;
    }
    for (; left > 0; left--, source++) {
      const code = load<u32>(literalCodes + ((<u32>load<u8>(source)) << 2));
      buffer |= (<u64>(code & 0xffff)) << filled;
      filled += code >> 16;
    }
    store<u64>(to, buffer);
    to += filled >> 3;
    buffer >>= filled & 56;
    filled &= 7;

    const match = load<u32>(at, 4);
    if (match === 0) continue;
    const length = match >> 20;
    const lengthCode = lengthCodes + (length << 3);
    buffer |= (<u64>load<u32>(lengthCode)) << filled;
    filled += load<u32>(lengthCode, 4);
    const symbol = (match >> 15) & 31;
    const code = load<u32>(distanceCodes + (symbol << 2));
    buffer |= (<u64>(code & 0xffff)) << filled;
    filled += code >> 16;
    const extraBits = distanceExtraBits(symbol);
    buffer |= (<u64>(match & ((1 << extraBits) - 1))) << filled;
    filled += extraBits;
    store<u64>(to, buffer);
    to += filled >> 3;
    buffer >>= filled & 56;
    filled &= 7;
    source += length;
  }
  bits = buffer;
  count = filled;
  target = to;
}
