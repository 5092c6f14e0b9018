import { increment, makeCodes, makeLengths } from './codes';
import { planHeader, writeHeader } from './header';
import { mostTokens, sequences } from './memory';
import { distanceExtraBits, distanceSymbol, lengthExtraBits, lengthSymbol } from './symbols';
import { align, copy, put, writeSequences } from './writer';

/** The block of DEFLATE that is being gathered, and how it is written (RFC 1951 section 3.2.3). */

const endOfBlock: u32 = 256;
const literalCount: u32 = 286;
const distanceCount: u32 = 30;
const longestCode: u32 = 15;
/** Section 3.2.4. */
const mostStored: u32 = 65535;

const literalFrequencies: usize = memory.data(literalCount * 4, 64);
const distanceFrequencies: usize = memory.data(distanceCount * 4, 64);
const literalLengths: usize = memory.data(literalCount, 16);
const distanceLengths: usize = memory.data(distanceCount, 16);
const literalCodes: usize = memory.data(literalCount * 4, 64);
const distanceCodes: usize = memory.data(distanceCount * 4, 64);
/** Of each length of a match two u32: its code and extra bits; how many bits these are. */
const lengthCodes: usize = memory.data(259 * 8, 64);

/** The first byte that no block has yet. */
let start: usize = 0;
let end: usize = sequences;
let tokens: u32 = 0;

/** Begins with a block whose first byte is this one. */
export function begin(first: usize): void {
  memory.fill(literalFrequencies, 0, literalCount * 4);
  memory.fill(distanceFrequencies, 0, distanceCount * 4);
  start = first;
  end = sequences;
  tokens = 0;
}

/** Adds literals and the match behind them; a block that is full is written. */
// @inline
export function add(literals: usize, count: u32, length: u32, distance: u32): void {
  const symbol = distanceSymbol(distance);
  increment(distanceFrequencies, symbol);
  increment(literalFrequencies, lengthSymbol(length));
  addSequence(literals, count, (length << 20) | (symbol << 15) | (distance - 1));
  if (tokens >= mostTokens) writeBlock(literals + count + length);
}

/** Adds literals that no match follows, and writes the block. */
export function addLast(literals: usize, count: u32): void {
  addSequence(literals, count, 0);
  writeBlock(literals + count);
}

// @inline
function addSequence(literals: usize, count: u32, match: u32): void {
  store<u32>(end, count);
  store<u32>(end, match, 4);
  end += 8;
  tokens += count + 1;
  const behind = literals + count;
  for (let at = literals; at < behind; at++) increment(literalFrequencies, load<u8>(at));
}

/** An empty stored block: what follows begins on a whole byte. */
export function writeEmptyStored(): void {
  put(0, 3);
  align();
  put(0xffff0000, 32);
}

/** Writes what was added with codes of its own, or as it is where that is shorter. */
function writeBlock(behind: usize): void {
  increment(literalFrequencies, endOfBlock);
  makeLengths(literalFrequencies, literalCount, literalLengths, longestCode);
  makeLengths(distanceFrequencies, distanceCount, distanceLengths, longestCode);
  const size = <u32>(behind - start);
  if (planHeader(literalLengths, distanceLengths) + countBits() < (size + 5) << 3) writeCoded();
  else writeStored(size);
  begin(behind);
}

function countBits(): u32 {
  let bits: u32 = 0;
  for (let symbol: u32 = 0; symbol < literalCount; symbol++) {
    const each = load<u8>(literalLengths + symbol) + lengthExtraBits(symbol);
    bits += load<u32>(literalFrequencies + (symbol << 2)) * each;
  }
  for (let symbol: u32 = 0; symbol < distanceCount; symbol++) {
    const each = load<u8>(distanceLengths + symbol) + distanceExtraBits(symbol);
    bits += load<u32>(distanceFrequencies + (symbol << 2)) * each;
  }
  return bits;
}

function writeStored(size: u32): void {
  const behind = start + size;
  while (start < behind) {
    const part = min(<u32>(behind - start), mostStored);
    put(0, 3);
    align();
    put(part | ((part ^ 0xffff) << 16), 32);
    copy(start, part);
    start += part;
  }
}

function writeCoded(): void {
  writeHeader();
  makeCodes(literalLengths, literalCount, literalCodes);
  makeCodes(distanceLengths, distanceCount, distanceCodes);
  makeLengthCodes();
  writeSequences(end, start, literalCodes, lengthCodes, distanceCodes);
  const code = load<u32>(literalCodes + (endOfBlock << 2));
  put(code & 0xffff, code >> 16);
}

function makeLengthCodes(): void {
  for (let length: u32 = 3; length <= 258; length++) {
    const symbol = lengthSymbol(length);
    const code = load<u32>(literalCodes + (symbol << 2));
    const extraBits = lengthExtraBits(symbol);
    const extra = (length - 3) & ((1 << extraBits) - 1);
    const at = lengthCodes + (length << 3);
    store<u32>(at, (code & 0xffff) | (extra << (code >> 16)));
    store<u32>(at, (code >> 16) + extraBits, 4);
  }
}
