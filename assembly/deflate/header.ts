import { increment, makeCodes, makeLengths } from './codes';
import { put } from './writer';

/** The header of a block that has codes of its own (RFC 1951 section 3.2.7). */

/** The order in which the lengths of the code length code are written. */
const order: usize = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);
const orderSize: u32 = 19;

/** The lengths of both codes, in a row. */
const lengths: usize = memory.data(320, 16);
/** The same with runs packed, u32: a symbol, and from bit 8 on its extra bits. */
const packed: usize = memory.data(320 * 4, 16);
const frequencies: usize = memory.data(orderSize * 4, 16);
const codeLengths: usize = memory.data(orderSize, 16);
const codes: usize = memory.data(orderSize * 4, 16);

let literals: u32 = 0;
let distances: u32 = 0;
/** How many there are of `packed`, and of `order`. */
let packedCount: u32 = 0;
let orderCount: u32 = 0;

/** Works out the header for codes of these lengths; returns how many bits it takes. */
export function planHeader(literalLengths: usize, distanceLengths: usize): u32 {
  literals = countUsed(literalLengths, 286, 257);
  distances = countUsed(distanceLengths, 30, 1);
  memory.copy(lengths, literalLengths, literals);
  memory.copy(lengths + literals, distanceLengths, distances);
  memory.fill(frequencies, 0, orderSize * 4);
  packedCount = 0;
  pack(literals + distances);
  makeLengths(frequencies, orderSize, codeLengths, 7);
  makeCodes(codeLengths, orderSize, codes);
  orderCount = orderSize;
  while (orderCount > 4 && load<u8>(codeLengths + load<u8>(order + orderCount - 1)) === 0) orderCount--;
  let bits = 17 + 3 * orderCount;
  for (let symbol: u32 = 0; symbol < orderSize; symbol++) {
    bits += load<u32>(frequencies + (symbol << 2)) * (load<u8>(codeLengths + symbol) + extraBits(symbol));
  }
  return bits;
}

/** Writes the header that was worked out last, of a block that is not the last one. */
export function writeHeader(): void {
  put(0b100 | ((literals - 257) << 3) | ((distances - 1) << 8) | ((orderCount - 4) << 13), 17);
  for (let i: u32 = 0; i < orderCount; i++) put(load<u8>(codeLengths + load<u8>(order + i)), 3);
  for (let i: u32 = 0; i < packedCount; i++) {
    const entry = load<u32>(packed + (i << 2));
    const code = load<u32>(codes + ((entry & 255) << 2));
    put((code & 0xffff) | ((entry >> 8) << (code >> 16)), (code >> 16) + extraBits(entry & 255));
  }
}

function countUsed(table: usize, most: u32, least: u32): u32 {
  let count = most;
  while (count > least && load<u8>(table + count - 1) === 0) count--;
  return count;
}

function extraBits(symbol: u32): u32 {
  return symbol < 16 ? 0 : symbol === 16 ? 2 : symbol === 17 ? 3 : 7;
}

function pack(count: u32): void {
  let at: u32 = 0;
  while (at < count) {
    const length: u32 = load<u8>(lengths + at);
    let run: u32 = 1;
    while (at + run < count && load<u8>(lengths + at + run) === length) run++;
    at += run;
    if (length === 0) packZeros(run);
    else packRun(length, run);
  }
}

function packZeros(run: u32): void {
  let left = run;
  while (left >= 11) left -= repeat(18, 11, min(left, 138));
  if (left >= 3) left -= repeat(17, 3, left);
  for (; left > 0; left--) repeat(0, 1, 1);
}

function packRun(length: u32, run: u32): void {
  let left = run - repeat(length, 1, 1);
  while (left >= 3) left -= repeat(16, 3, min(left, 6));
  for (; left > 0; left--) repeat(length, 1, 1);
}

/** Adds a symbol that stands for a run of `least` lengths or more; returns the run. */
function repeat(symbol: u32, least: u32, run: u32): u32 {
  store<u32>(packed + (packedCount++ << 2), symbol | ((run - least) << 8));
  increment(frequencies, symbol);
  return run;
}
