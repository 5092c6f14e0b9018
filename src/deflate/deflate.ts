import type { BitWriter } from './bit-writer.ts';
import { codeLengths, codesOf } from './huffman.ts';
import { findMatches, type Token } from './matches.ts';

/**
 * Deflates bytes (RFC 1951) that have nothing before them. For the little that has to be compressed anew:
 * zlib's output depends on its version and on the processor, this one's on the bytes alone.
 */
export function deflate(writer: BitWriter, bytes: Uint8Array, final: boolean): void {
  const tokens = findMatches(bytes);
  for (let at = 0; at < tokens.length; at += tokensInBlock) {
    writeBlock(writer, tokens.slice(at, at + tokensInBlock), final && at + tokensInBlock >= tokens.length);
  }
  if (final && tokens.length === 0) writeEmptyFixed(writer, true);
}

/** An empty stored block (section 3.2.4): what follows it begins on a whole byte. */
export function writeEmptyStored(writer: BitWriter): void {
  writer.write(0, 3);
  writer.align();
  writer.write(0, 16);
  writer.write(0xffff, 16);
}

/** Empty blocks of so many bits, modulo 8. */
export function writePadding(writer: BitWriter, bits: number): void {
  let left = bits;
  if (left % 2 === 1) {
    writeEmptyDynamic(writer);
    left += 5;
  }
  for (; left % 8 !== 0; left += 6) writeEmptyFixed(writer, false);
}

const tokensInBlock = 16384;
const endOfBlock = 256;
const literalLimit = 15;
const lengthLimit = 7;
/** Section 3.2.7: the order in which the lengths of the code length code are written. */
const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Section 3.2.6, 10 bits. */
function writeEmptyFixed(writer: BitWriter, final: boolean): void {
  writer.write(final ? 0b011 : 0b010, 3);
  writer.write(0, 7);
}

/** A dynamic block of 91 bits: codes of one bit for 255, for the end of the block and for one distance. */
function writeEmptyDynamic(writer: BitWriter): void {
  writeDynamicHeader(writer, [...new Array<number>(255).fill(0), 1, 1], [1], false);
  writer.write(1, 1);
}

/** A symbol of a code and the extra bits behind it (section 3.2.5). */
interface Symbol {
  readonly symbol: number;
  readonly extra: number;
  readonly extraBits: number;
}

function lengthSymbol(length: number): Symbol {
  const value = length - 3;
  if (length === 258) return { symbol: 285, extra: 0, extraBits: 0 };
  if (value < 8) return { symbol: 257 + value, extra: 0, extraBits: 0 };
  const extraBits = 29 - Math.clz32(value);
  return {
    symbol: 261 + extraBits * 4 + ((value >> extraBits) & 3),
    extra: value & ((1 << extraBits) - 1),
    extraBits,
  };
}

function distanceSymbol(distance: number): Symbol {
  const value = distance - 1;
  if (value < 4) return { symbol: value, extra: 0, extraBits: 0 };
  const extraBits = 30 - Math.clz32(value);
  return {
    symbol: 2 + extraBits * 2 + ((value >> extraBits) & 1),
    extra: value & ((1 << extraBits) - 1),
    extraBits,
  };
}

/** Section 3.2.7. */
function writeBlock(writer: BitWriter, tokens: readonly Token[], final: boolean): void {
  const literals = new Array<number>(286).fill(0);
  const distances = new Array<number>(30).fill(0);
  const count = (counts: number[], symbol: number) => {
    counts[symbol] = (counts[symbol] ?? 0) + 1;
  };
  for (const token of tokens) {
    count(literals, token < 256 ? token : lengthSymbol(token >>> 16).symbol);
    if (token >= 256) count(distances, distanceSymbol(token & 0xffff).symbol);
  }
  count(literals, endOfBlock);

  const literalLengths = codeLengths(literals, literalLimit);
  const distanceLengths = codeLengths(distances, literalLimit);
  writeDynamicHeader(writer, literalLengths, distanceLengths, final);
  const put = symbolWriter(writer, literalLengths);
  const putDistance = symbolWriter(writer, distanceLengths);
  for (const token of tokens) {
    if (token < 256) {
      put({ symbol: token, extra: 0, extraBits: 0 });
    } else {
      put(lengthSymbol(token >>> 16));
      putDistance(distanceSymbol(token & 0xffff));
    }
  }
  put({ symbol: endOfBlock, extra: 0, extraBits: 0 });
}

function symbolWriter(writer: BitWriter, lengths: readonly number[]): (symbol: Symbol) => void {
  const codes = codesOf(lengths);
  return ({ symbol, extra, extraBits }) => {
    writer.write(codes[symbol] ?? 0, lengths[symbol] ?? 0);
    writer.write(extra, extraBits);
  };
}

function writeDynamicHeader(
  writer: BitWriter,
  literals: readonly number[],
  distances: readonly number[],
  final: boolean,
): void {
  const symbols = packLengths([...literals, ...distances]);
  const frequencies = new Array<number>(19).fill(0);
  for (const { symbol } of symbols) frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  const lengths = codeLengths(frequencies, lengthLimit);
  const ordered = lengthOrder.map((symbol) => lengths[symbol] ?? 0);
  const used = Math.max(4, ordered.findLastIndex((length) => length > 0) + 1);

  writer.write(final ? 0b101 : 0b100, 3);
  writer.write(literals.length - 257, 5);
  writer.write(distances.length - 1, 5);
  writer.write(used - 4, 4);
  for (const length of ordered.slice(0, used)) writer.write(length, 3);
  const put = symbolWriter(writer, lengths);
  for (const symbol of symbols) put(symbol);
}

/** The lengths of codes as symbols: runs of zeros are packed, which is what there is most of. */
function packLengths(lengths: readonly number[]): Symbol[] {
  const symbols: Symbol[] = [];
  for (let at = 0; at < lengths.length; ) {
    const nonZero = lengths.findIndex((length, i) => i >= at && length > 0);
    const zeros = Math.min(138, (nonZero < 0 ? lengths.length : nonZero) - at);
    if (zeros >= 11) symbols.push({ symbol: 18, extra: zeros - 11, extraBits: 7 });
    else if (zeros >= 3) symbols.push({ symbol: 17, extra: zeros - 3, extraBits: 3 });
    else symbols.push({ symbol: lengths[at] ?? 0, extra: 0, extraBits: 0 });
    at += zeros >= 3 ? zeros : 1;
  }
  return symbols;
}
