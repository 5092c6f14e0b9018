/**
 * Prefix codes for symbols that come this often (RFC 1951 section 3.2.2). A code is a u32: its bits, reversed as
 * they are written, and from bit 16 on its length.
 */

const longest: u32 = 15;
const mostSymbols: i32 = 288;

/** Symbols that come at all, the rarest first: `frequency << 9 | symbol`. */
const sorted: usize = memory.data(mostSymbols * 4, 16);
/** Of the leaves, in that order, then of the trees that they are joined to: weights, later depths. */
const weights: usize = memory.data(mostSymbols * 8, 16);
/** Of leaves and trees, u16. */
const parents: usize = memory.data(mostSymbols * 4, 16);
/** How many codes have each length. */
const counts: usize = memory.data((longest + 1) * 4, 16);
/** The next code of each length. */
const next: usize = memory.data((longest + 1) * 4, 16);

/** Counts one more of a thing in a table of u32; returns how many there were. */
// @inline
export function increment(table: usize, index: u32): u32 {
  const at = table + (index << 2);
  const count = load<u32>(at);
  store<u32>(at, count + 1);
  return count;
}

/** The lengths, u8, of a code for symbols that come this often, u32; none is longer than `limit`. */
export function makeLengths(frequencies: usize, symbols: u32, lengths: usize, limit: u32): void {
  memory.fill(lengths, 0, symbols);
  const used = collect(frequencies, symbols);
  if (used < 2) {
    makeTwo(lengths, used);
    return;
  }
  sort(used);
  join(used);
  measure(used, limit);
  shorten(limit);
  let at = sorted;
  for (let length = limit; length > 0; length--) {
    for (let left = load<u32>(counts + (length << 2)); left > 0; left--, at += 4) {
      store<u8>(lengths + (load<u32>(at) & 511), <u8>length);
    }
  }
}

/** Some readers refuse a code of less than two symbols. */
function makeTwo(lengths: usize, used: u32): void {
  const only = used === 0 ? 0 : load<u32>(sorted) & 511;
  store<u8>(lengths + only, 1);
  store<u8>(lengths + (only === 0 ? 1 : 0), 1);
}

function collect(frequencies: usize, symbols: u32): u32 {
  let used: u32 = 0;
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const frequency = load<u32>(frequencies + (symbol << 2));
    if (frequency > 0) store<u32>(sorted + (used++ << 2), (frequency << 9) | symbol);
  }
  return used;
}

/** Shell's. */
function sort(used: u32): void {
  for (let gap = used >> 1; gap > 0; gap >>= 1) {
    const back = gap << 2;
    for (let i = gap; i < used; i++) {
      let at = sorted + (i << 2);
      const value = load<u32>(at);
      for (; at >= sorted + back && load<u32>(at - back) > value; at -= back) {
        store<u32>(at, load<u32>(at - back));
      }
      store<u32>(at, value);
    }
  }
}

/** Joins the two lightest trees until there is one. Joined trees come in the order of their weights, too. */
function join(used: u32): void {
  for (let i: u32 = 0; i < used; i++) store<u32>(weights + (i << 2), load<u32>(sorted + (i << 2)) >> 9);
  let leaf: u32 = 0;
  let tree = used;
  for (let joined = used; joined < used * 2 - 1; joined++) {
    let weight: u32 = 0;
    for (let side = 0; side < 2; side++) {
      const isLeaf = leaf < used && (tree === joined || weightOf(leaf) <= weightOf(tree));
      const lightest = isLeaf ? leaf++ : tree++;
      weight += weightOf(lightest);
      store<u16>(parents + (lightest << 1), <u16>joined);
    }
    store<u32>(weights + (joined << 2), weight);
  }
}

function weightOf(tree: u32): u32 {
  return load<u32>(weights + (tree << 2));
}

/** Counts how many leaves lie how deep; what is deeper than the limit counts as that deep. */
function measure(used: u32, limit: u32): void {
  memory.fill(counts, 0, (longest + 1) * 4);
  const root = used * 2 - 2;
  store<u32>(weights + (root << 2), 0);
  for (let i = root; i > 0; i--) {
    const tree = i - 1;
    const depth = weightOf(load<u16>(parents + (tree << 1))) + 1;
    store<u32>(weights + (tree << 2), depth);
    if (tree < used) increment(counts, min(depth, limit));
  }
}

/** Makes room for what was cut to the limit: a shorter code becomes two that are a bit longer, one of them for that. */
function shorten(limit: u32): void {
  let space: u32 = 0;
  for (let length: u32 = 1; length <= limit; length++) {
    space += load<u32>(counts + (length << 2)) << (limit - length);
  }
  for (; space > (<u32>1) << limit; space--) {
    let at = counts + ((limit - 1) << 2);
    while (load<u32>(at) === 0) at -= 4;
    store<u32>(at, load<u32>(at) - 1);
    store<u32>(at, load<u32>(at, 4) + 2, 4);
    store<u32>(counts + (limit << 2), load<u32>(counts + (limit << 2)) - 1);
  }
}

/** The codes that belong to these lengths. */
export function makeCodes(lengths: usize, symbols: u32, codes: usize): void {
  memory.fill(counts, 0, (longest + 1) * 4);
  for (let symbol: u32 = 0; symbol < symbols; symbol++) increment(counts, load<u8>(lengths + symbol));
  store<u32>(counts, 0);
  let code: u32 = 0;
  for (let length: u32 = 1; length <= longest; length++) {
    code = (code + load<u32>(counts + ((length - 1) << 2))) << 1;
    store<u32>(next + (length << 2), code);
  }
  for (let symbol: u32 = 0; symbol < symbols; symbol++) {
    const length: u32 = load<u8>(lengths + symbol);
    const value = length > 0 ? increment(next, length) : 0;
    store<u32>(codes + (symbol << 2), reversed(value, length) | (length << 16));
  }
}

function reversed(value: u32, length: u32): u32 {
  let result: u32 = 0;
  for (let i: u32 = 0; i < length; i++) result |= ((value >> i) & 1) << (length - 1 - i);
  return result;
}
