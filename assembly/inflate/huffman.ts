/**
 * Prefix codes (RFC 1951 section 3.2.2) and the tables that decode them.
 *
 * An entry is 32 bits:
 *   0–5    bits to consume: the code and the extra bits behind it
 *   8–13   bits of the code alone
 *   14     `special`: not a literal, a length or a distance
 *   16–30  a literal, or the base of a length or a distance
 *   31     `literal`, so that a sign test tells
 * Shifts of 64 bits take their count modulo 64, so an entry, or an entry >> 8, is a shift count as it stands.
 *
 * A code in memory: `counts`, 16 u16, how many codes have each length; `sorted`, 288 u16, the symbols in the
 * order of their codes; `table`, entries by the next `rootBits` bits. Longer codes, which are rare, are found
 * by their place among the sorted ones: a table for them would take longer to fill than it saves.
 */

export const literal: u32 = 1 << 31;
export const special: u32 = 1 << 14;

/** Special entries, by their value. */
export const invalid: u32 = special;
export const endOfBlock: u32 = special | (1 << 16);
const long: u32 = special | (2 << 16);

const maxBits: u32 = 15;
const sorted: usize = 32;
const table: usize = 1024;

/** Where the next symbol of each length goes while symbols are sorted. */
const offsets: usize = memory.data(32, 16);

/** Adds the length of a code to what its symbol means. */
function withLength(meaning: u32, length: u32): u32 {
  return meaning + length * 0x101;
}

/** The entry for the code that comes next; `mask` is that of the code's table. */
export function lookup(code: usize, mask: u32, bits: u64): u64 {
  return load<u32>(code + ((<u32>bits & mask) << 2), table);
}

/** Whether an entry, its length aside, is the end of the block. */
export function isEndOfBlock(entry: u64): bool {
  return (entry & 0xffff4000) === endOfBlock;
}

/** Whether an entry only says that the code is longer than the table is wide. */
export function isLong(entry: u64): bool {
  return entry === long;
}

/** The entry of a code longer than the table is wide, by counting through the lengths. */
export function lookupLong(code: usize, meanings: usize, bits: u64): u64 {
  let value: u32 = 0;
  let first: u32 = 0;
  let index: u32 = 0;
  for (let length: u32 = 1; length <= maxBits; length++) {
    value = (value << 1) | (<u32>bits & 1);
    bits >>= 1;
    first <<= 1;
    const count: u32 = load<u16>(code + (length << 1));
    if (value - first < count) {
      const symbol: u32 = load<u16>(code + ((index + value - first) << 1), sorted);
      return withLength(load<u32>(meanings + (symbol << 2)), length);
    }
    index += count;
    first += count;
  }
  return invalid;
}

/** Counts the lengths and sorts the symbols; returns what is left of the code space in units of 2^-15. */
function sort(code: usize, lengths: usize, symbols: u32): i32 {
  memory.fill(code, 0, 32);
  for (let i: u32 = 0; i < symbols; i++) {
    const count = code + ((<u32>load<u8>(lengths + i)) << 1);
    store<u16>(count, load<u16>(count) + 1);
  }
  store<u16>(code, 0);

  let left: i32 = 1 << maxBits;
  let next: u32 = 0;
  for (let length: u32 = 1; length <= maxBits; length++) {
    const count: u32 = load<u16>(code + (length << 1));
    left -= count << (maxBits - length);
    store<u16>(offsets + (length << 1), next);
    next += count;
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: u32 = load<u8>(lengths + symbol);
    if (length === 0) continue;
    const offset = offsets + (length << 1);
    const place: u32 = load<u16>(offset);
    store<u16>(offset, place + 1);
    store<u16>(code + (place << 1), symbol, sorted);
  }
  return left;
}

/**
 * Makes the table of a code from the lengths of its symbols' codes and returns the table's mask, or -1 if
 * the lengths make no code. Like zlib it takes an incomplete code only if that has no symbol or one of one
 * bit (section 3.2.7), and that only where `sparse`.
 */
export function build(
  code: usize,
  lengths: usize,
  symbols: u32,
  meanings: usize,
  rootBits: u32,
  sparse: bool,
): i32 {
  const left = sort(code, lengths, symbols);
  if (left < 0) return -1;
  if (left > 0) return sparse ? buildSparse(code, meanings, left) : -1;

  const entries = code + table;
  let length: u32 = 1;
  while (load<u16>(code + (length << 1)) === 0) length++;
  let size: u32 = 1 << length;
  let place: u32 = 0;
  let value: u32 = 0;
  for (;;) {
    for (let count: u32 = load<u16>(code + (length << 1)); count > 0; count--) {
      const symbol: u32 = load<u16>(code + (place++ << 1), sorted);
      store<u32>(entries + (value << 2), withLength(load<u32>(meanings + (symbol << 2)), length));
      value = following(value, size);
    }
    if (length === rootBits || value === size) break;
    memory.copy(entries + (size << 2), entries, size << 2);
    size <<= 1;
    length++;
  }
  // The code is complete, so the prefixes that are left all belong to longer codes.
  for (; value < size; value = following(value, size)) store<u32>(entries + (value << 2), long);
  return size - 1;
}

/**
 * The code after this one in a table of `size`, or `size` after the last. Codes count upwards from their
 * first bit but tables are addressed from their last: codes are kept reversed.
 */
function following(value: u32, size: u32): u32 {
  const unset = value ^ (size - 1);
  if (unset === 0) return size;
  const highest: u32 = 0x80000000 >> clz(unset);
  return (value & (highest - 1)) | highest;
}

/** A code without a symbol, or with one of one bit: the other bit is an error where it comes. */
function buildSparse(code: usize, meanings: usize, left: i32): i32 {
  const one = load<u16>(code + 2) === 1 && left === 1 << (maxBits - 1);
  if (!one && left !== 1 << maxBits) return -1;
  const symbol: u32 = load<u16>(code, sorted);
  store<u32>(code, one ? withLength(load<u32>(meanings + (symbol << 2)), 1) : invalid, table);
  store<u32>(code, invalid, table + 4);
  return 1;
}
