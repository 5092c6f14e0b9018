import { endOfBlock, invalid, literal } from './huffman';
import { distanceMeanings, lengthMeanings, literalMeanings } from './memory';

/** Writes down what the symbols mean (RFC 1951 section 3.2.5), once. */
export function describeSymbols(): void {
  for (let symbol: u32 = 0; symbol < 256; symbol++) {
    store<u32>(literalMeanings + (symbol << 2), literal | (symbol << 16));
  }
  store<u32>(literalMeanings + (256 << 2), endOfBlock);
  let base: u32 = 3;
  for (let symbol: u32 = 257; symbol < 285; symbol++) {
    const extra: u32 = symbol < 265 ? 0 : (symbol - 261) >> 2;
    store<u32>(literalMeanings + (symbol << 2), (base << 16) | extra);
    base += 1 << extra;
  }
  store<u32>(literalMeanings + (285 << 2), 258 << 16);
  store<u32>(literalMeanings + (286 << 2), invalid);
  store<u32>(literalMeanings + (287 << 2), invalid);

  base = 1;
  for (let symbol: u32 = 0; symbol < 30; symbol++) {
    const extra: u32 = symbol < 4 ? 0 : (symbol >> 1) - 1;
    store<u32>(distanceMeanings + (symbol << 2), (base << 16) | extra);
    base += 1 << extra;
  }
  store<u32>(distanceMeanings + (30 << 2), invalid);
  store<u32>(distanceMeanings + (31 << 2), invalid);

  for (let symbol: u32 = 0; symbol < 19; symbol++) {
    store<u32>(lengthMeanings + (symbol << 2), symbol << 16);
  }
}
