/** Lengths and distances as symbols with extra bits (RFC 1951 section 3.2.5). */

/** The symbol of a length, 3 to 258. */
// @inline
export function lengthSymbol(length: u32): u32 {
  const value = length - 3;
  if (value < 8) return 257 + value;
  if (length === 258) return 285;
  const extra = 29 - clz(value);
  return 261 + (extra << 2) + ((value >> extra) & 3);
}

/** How many extra bits stand behind the symbol of a length, or behind a literal. */
// @inline
export function lengthExtraBits(symbol: u32): u32 {
  return symbol < 265 || symbol === 285 ? 0 : (symbol - 261) >> 2;
}

/** The symbol of a distance, 1 to 32768. */
// @inline
export function distanceSymbol(distance: u32): u32 {
  const value = distance - 1;
  if (value < 4) return value;
  const extra = 30 - clz(value);
  return 2 + (extra << 1) + ((value >> extra) & 1);
}

/** How many extra bits stand behind the symbol of a distance. */
// @inline
export function distanceExtraBits(symbol: u32): u32 {
  return symbol < 4 ? 0 : (symbol >> 1) - 1;
}
