/**
 * Inflates raw DEFLATE (RFC 1951) between two buffers and notes where each block starts.
 *
 * The only state of the reader is `bit`, the place in the input; what cannot be decoded whole is left for
 * the next run. Every DEFLATE stream here is followed by the 8 bytes of a gzip trailer, so 8 bytes can be
 * asked for before each symbol, and a symbol never takes more than 48 bits.
 */
import { build, isEndOfBlock, isLong, literal, lookup, lookupLong, special } from './huffman';
import { copyMatch, extraBits } from './match';
import {
  blocks,
  blocksSize,
  distanceCode,
  distanceMeanings,
  input,
  inputSize,
  lengthCode,
  lengthMeanings,
  lengths,
  literalCode,
  literalMeanings,
  output,
  outputSize,
  windowSize,
} from './memory';
import { describeSymbols } from './symbols';

export { blocks, blocksSize, input, inputSize, output, outputSize, windowSize };

/** What `run` came to; the host has the same list in inflate-module.ts. */
const again: i32 = 0;
const needsInput: i32 = 1;
const outputFull: i32 = 2;
const blocksFull: i32 = 3;
const ended: i32 = 4;
const badBlockType: i32 = -1;
const badStoredLength: i32 = -2;
const badCodeLengths: i32 = -3;
const badCode: i32 = -4;
const badSymbol: i32 = -5;
const badDistance: i32 = -6;
/** Told by the decoders to inflateCoded only. */
const blockEnded: i32 = 5;

/** The next bit of the input, counted from `input`. */
export let bit: u32 = 0;
/** Bytes of input that are there. */
export let inputLength: u32 = 0;
/** The next byte of output, counted from `output`. */
export let outputLength: u32 = 0;
/** Blocks noted since the host took them. */
export let blockCount: u32 = 0;

/** Between blocks, or inside one of which kind. */
const between: u32 = 0;
const stored: u32 = 1;
const coded: u32 = 2;
const done: u32 = 3;
let place: u32 = done;

/** RFC 1951 section 3.2.3: BFINAL. */
let final: bool = false;
/** Bytes of the stored block that are still to come. */
let storedLeft: u32 = 0;
/** The first byte of output that a match may reach. */
let reach: usize = output;
let literalMask: u32 = 0;
let distanceMask: u32 = 0;
/** Whether the tables are those of the fixed codes. */
let fixed: bool = false;

const literalRoot: u32 = 11;
const distanceRoot: u32 = 9;
const lengthRoot: u32 = 7;

/** Section 3.2.7: the order in which the lengths of the code length code come, five bits each. */
const lengthOrder: usize = memory.data<u8>([
  16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15,
]);

/** Gets ready for a stream whose window, `windowLength` bytes, lies just before `outputLength`. */
export function begin(windowLength: u32): void {
  if (load<u32>(literalMeanings) === 0) describeSymbols();
  reach = output + outputLength - windowLength;
  place = between;
  final = false;
}

/** Moves the input that is still to be read to the front; returns how many bytes went before it. */
export function discard(): u32 {
  const used = bit >> 3;
  inputLength -= used;
  memory.copy(input, input + used, inputLength);
  bit &= 7;
  return used;
}

/** Tells of bytes that the host wrote behind the input. */
export function feed(bytes: u32): void {
  inputLength += bytes;
}

/** Moves the window to the front of the output, once the host has taken what was there. */
export function slide(): void {
  if (outputLength <= <u32>windowSize) return;
  const shift = outputLength - <u32>windowSize;
  memory.copy(output, output + shift, windowSize);
  outputLength = <u32>windowSize;
  reach = reach - output > shift ? reach - shift : output;
}

/** Inflates until the host has something to do. */
export function run(): i32 {
  let result = again;
  while (result === again) {
    if (outputLength >= <u32>(windowSize + outputSize)) return outputFull;
    if (place === between) result = readHeader();
    else if (place === stored) result = copyStored();
    else if (place === coded) result = inflateCoded();
    else return ended;
  }
  return result;
}

/** The next bits at a place of the input, 57 at least. */
function bitsAt(position: u32): u64 {
  return load<u64>(input + (position >> 3)) >> (position & 7);
}

/** Section 3.2.3: the header of a block. It is taken whole or not at all. */
function readHeader(): i32 {
  if (blockCount === <u32>blocksSize) return blocksFull;
  const start = bit;
  const type = <u32>(bitsAt(start) >> 1) & 3;
  bit += 3;

  let result = again;
  if (type === 0) result = readStoredHeader();
  else if (type === 1) useFixedCodes();
  else if (type === 2) result = readDynamicHeader();
  else result = badBlockType;
  if (bit > inputLength << 3) {
    bit = start;
    return needsInput;
  }
  if (result !== again) return result;

  final = (<u32>bitsAt(start) & 1) !== 0;
  place = type === 0 ? stored : coded;
  store<u32>(blocks + (blockCount << 3), start);
  store<u32>(blocks + (blockCount << 3), outputLength, 4);
  blockCount++;
  return again;
}

function endBlock(): i32 {
  place = final ? done : between;
  return again;
}

/** Section 3.2.4: LEN and its complement, on a byte boundary. */
function readStoredHeader(): i32 {
  bit = (bit + 7) & ~7;
  const sizes = <u32>bitsAt(bit);
  bit += 32;
  storedLeft = sizes & 0xffff;
  return storedLeft === ((sizes >> 16) ^ 0xffff) ? again : badStoredLength;
}

function copyStored(): i32 {
  const room = <u32>(windowSize + outputSize) - outputLength;
  const there = inputLength - (bit >> 3);
  const size = min(storedLeft, min(room, there));
  memory.copy(output + outputLength, input + (bit >> 3), size);
  outputLength += size;
  bit += size << 3;
  storedLeft -= size;
  if (storedLeft === 0) return endBlock();
  return size === there ? needsInput : outputFull;
}

/** Section 3.2.6. */
function useFixedCodes(): void {
  if (fixed) return;
  memory.fill(lengths, 8, 144);
  memory.fill(lengths + 144, 9, 112);
  memory.fill(lengths + 256, 7, 24);
  memory.fill(lengths + 280, 8, 8);
  memory.fill(lengths + 288, 5, 32);
  literalMask = build(literalCode, lengths, 288, literalMeanings, literalRoot, false);
  distanceMask = build(distanceCode, lengths + 288, 32, distanceMeanings, distanceRoot, false);
  fixed = true;
}

/** Section 3.2.7. What comes after the end of the input is read, too: readHeader then starts over. */
function readDynamicHeader(): i32 {
  const counts = <u32>bitsAt(bit);
  const literals = (counts & 31) + 257;
  const distances = ((counts >> 5) & 31) + 1;
  const codeLengths = ((counts >> 10) & 15) + 4;
  bit += 14;
  if (literals > 286 || distances > 30) return badCodeLengths;

  memory.fill(lengths, 0, 19);
  const packed = bitsAt(bit);
  for (let i: u32 = 0; i < codeLengths; i++) {
    store<u8>(lengths + load<u8>(lengthOrder + i), <u32>(packed >> (i * 3)) & 7);
  }
  bit += codeLengths * 3;
  const lengthMask = build(lengthCode, lengths, 19, lengthMeanings, lengthRoot, false);
  if (lengthMask < 0) return badCodeLengths;
  if (!readLengths(literals + distances, lengthMask)) return badCodeLengths;
  if (bit > inputLength << 3) return needsInput;

  fixed = false;
  if (load<u8>(lengths + 256) === 0) return badCode;
  const newLiteralMask = build(literalCode, lengths, literals, literalMeanings, literalRoot, true);
  const newDistanceMask = build(
    distanceCode,
    lengths + literals,
    distances,
    distanceMeanings,
    distanceRoot,
    true,
  );
  if (newLiteralMask < 0 || newDistanceMask < 0) return badCode;
  literalMask = newLiteralMask;
  distanceMask = newDistanceMask;
  return again;
}

/** Section 3.2.7: the run-length coded lengths of both codes. */
function readLengths(total: u32, mask: u32): bool {
  let at: u32 = 0;
  while (at < total) {
    const bits = bitsAt(bit);
    const entry = lookup(lengthCode, mask, bits);
    const extra = <u32>(bits >> entry);
    const symbol = <u32>(entry >> 16);
    bit += <u32>entry & 63;
    if (symbol < 16) {
      store<u8>(lengths + at++, symbol);
      continue;
    }
    let value: u32 = 0;
    let count: u32;
    if (symbol === 16) {
      if (at === 0) return false;
      value = load<u8>(lengths + at - 1);
      count = 3 + (extra & 3);
      bit += 2;
    } else if (symbol === 17) {
      count = 3 + (extra & 7);
      bit += 3;
    } else {
      count = 11 + (extra & 127);
      bit += 7;
    }
    if (at + count > total) return false;
    memory.fill(lengths + at, <u8>value, count);
    at += count;
  }
  return true;
}

/** Sections 3.2.5 and 3.2.3: literals and matches, many a time while there is plenty of input. */
function inflateCoded(): i32 {
  // To begin takes 7 bytes, a round 15 at most.
  const enough = (bit >> 3) + 24 <= inputLength;
  const result = enough ? inflateRounds(input + inputLength - 16) : inflateSymbol();
  if (result === blockEnded) return endBlock();
  return result;
}

/** Up to three literals and a match a round, for as long as `source` has not passed `lastRound`. */
function inflateRounds(lastRound: usize): i32 {
  const literalBits = literalMask;
  const distanceBits = distanceMask;
  const limit = output + windowSize + outputSize;
  const start = reach;
  let result = again;
  let target = output + outputLength;
  let source = input + (bit >> 3);
  // Above the `count` bits that are told of, `bits` may already have what follows: reading it again is no harm.
  let bits = load<u64>(source) >> (bit & 7);
  let count: u64 = 56 - (bit & 7);
  source += 7;

  while (source <= lastRound && target < limit) {
    bits |= load<u64>(source) << count;
    source += <usize>(((63 - count) >> 3) & 7);
    count |= 56;
    let entry = lookup(literalCode, literalBits, bits);
    if (entry & literal) {
      bits >>= entry;
      count -= entry;
      store<u8>(target++, <u8>(entry >> 16));
      entry = lookup(literalCode, literalBits, bits);
      if (entry & literal) {
        bits >>= entry;
        count -= entry;
        store<u8>(target++, <u8>(entry >> 16));
        entry = lookup(literalCode, literalBits, bits);
        if (entry & literal) {
          bits >>= entry;
          count -= entry;
          store<u8>(target++, <u8>(entry >> 16));
          continue;
        }
      }
    }
    if (entry & special) {
      if (isLong(entry)) entry = lookupLong(literalCode, literalMeanings, bits);
      if (entry & literal) {
        bits >>= entry;
        count -= entry;
        store<u8>(target++, <u8>(entry >> 16));
        continue;
      }
      if (entry & special) {
        count -= entry;
        result = isEndOfBlock(entry) ? blockEnded : badSymbol;
        break;
      }
    }
    const length = (entry >> 16) + extraBits(bits, entry);
    bits >>= entry;
    count -= entry;

    bits |= load<u64>(source) << count;
    source += <usize>(((63 - count) >> 3) & 7);
    count |= 56;
    entry = lookup(distanceCode, distanceBits, bits);
    if (entry & special) {
      if (isLong(entry)) entry = lookupLong(distanceCode, distanceMeanings, bits);
      if (entry & special) {
        result = badSymbol;
        break;
      }
    }
    const distance = (entry >> 16) + extraBits(bits, entry);
    bits >>= entry;
    count -= entry;
    if (distance > <u64>(target - start)) {
      result = badDistance;
      break;
    }
    copyMatch(target, <u32>distance, <u32>length);
    target += <usize>length;
  }
  bit = ((<u32>(source - input)) << 3) - (<u32>count & 63);
  outputLength = <u32>(target - output);
  return result;
}

/** One literal or match, near the end of the input: only if it is certain to be there whole. */
function inflateSymbol(): i32 {
  if ((bit >> 3) + 8 > inputLength) return needsInput;
  let bits = bitsAt(bit);
  let entry = lookup(literalCode, literalMask, bits);
  if (isLong(entry)) entry = lookupLong(literalCode, literalMeanings, bits);
  bit += <u32>entry & 63;
  const target = output + outputLength;
  if (entry & literal) {
    store<u8>(target, <u8>(entry >> 16));
    outputLength++;
    return again;
  }
  if (entry & special) return isEndOfBlock(entry) ? blockEnded : badSymbol;
  const length = (entry >> 16) + extraBits(bits, entry);
  bits >>= entry;

  entry = lookup(distanceCode, distanceMask, bits);
  if (isLong(entry)) entry = lookupLong(distanceCode, distanceMeanings, bits);
  if (entry & special) return badSymbol;
  const distance = (entry >> 16) + extraBits(bits, entry);
  bit += <u32>entry & 63;
  if (distance > <u64>(target - reach)) return badDistance;
  copyMatch(target, <u32>distance, <u32>length);
  outputLength += <u32>length;
  return again;
}
