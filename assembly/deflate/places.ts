import { input } from './memory';

/**
 * Where bytes were seen: by a hash of the next four the last place, and before each place the one before it with
 * the same hash; by a hash of the next eight the last place. A place is a u16, its distance from `input` modulo
 * 65536. One that was never written is 0, a place like any other: what is found there has to be compared anyway.
 */

/** Few for a level that is to be fast: small tables stay near the processor. */
const fewBits: u32 = 14;
export const manyBits: u32 = 15;
const shortFactor: u32 = 0x9e3779b1;
const longFactor: u64 = ((<u64>0x9fb21c65) << 32) | 0x1e98df25;
const tableSize: i32 = 65536;

export const shorts: usize = memory.data(tableSize, 64);
const earlier: usize = memory.data(tableSize, 64);
export const longs: usize = memory.data(tableSize, 64);

/** The result depends on nothing that came before. */
export function forgetPlaces(): void {
  memory.fill(shorts, 0, tableSize);
  memory.fill(earlier, 0, tableSize);
  memory.fill(longs, 0, tableSize);
}

/** Where the last place of four bytes is kept. */
// @inline
export function shortOf(bytes: u64, bits: u32): usize {
  return shorts + (((<u32>bytes * shortFactor) >> (32 - bits)) << 1);
}

/** Where the last place of eight bytes is kept. */
// @inline
export function longOf(bytes: u64, bits: u32): usize {
  return longs + ((<usize>((bytes * longFactor) >> (64 - bits))) << 1);
}

/** Where the place before this one is kept. */
// @inline
export function earlierOf(place: u32): usize {
  return earlier + ((place & 0x7fff) << 1);
}

/** Where in `shorts` the last place of four bytes is kept, for a level that is to be fast: added where it is read, it costs nothing. */
// @inline
export function fastShortOf(bytes: u64): usize {
  return shortOf(bytes, fewBits) - shorts;
}

/** The same of eight bytes, in `longs`. */
// @inline
export function fastLongOf(bytes: u64): usize {
  return longOf(bytes, fewBits) - longs;
}

/** Notes the last places only. */
// @inline
export function noteLast(at: usize): void {
  const bytes = load<u64>(at);
  const place = <u16>(at - input);
  store<u16>(fastLongOf(bytes), place, longs);
  store<u16>(fastShortOf(bytes), place, shorts);
}

/** Notes those before it, too. */
// @inline
export function note(at: usize): void {
  const bytes = load<u64>(at);
  const place = <u32>(at - input);
  const short = shortOf(bytes, manyBits);
  store<u16>(longOf(bytes, manyBits), <u16>place);
  store<u16>(earlierOf(place), load<u16>(short));
  store<u16>(short, <u16>place);
}

/** How long bytes at two places are the same: `length` of them are. */
// @inline
export function matchLength(one: usize, other: usize, length: u32, limit: u32): u32 {
  let same = length;
  for (; same + 8 <= limit; same += 8) {
    const difference = load<u64>(one + same) ^ load<u64>(other + same);
    if (difference !== 0) return same + <u32>(ctz(difference) >> 3);
  }
  while (same < limit && load<u8>(one + same) === load<u8>(other + same)) same++;
  return same;
}
