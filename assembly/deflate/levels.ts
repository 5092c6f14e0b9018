/** How much is tried at a level. */

/** Up to this level only the last places are looked at. */
export const lastFast: u32 = 3;

/** Of each level from 1 on: every how many bytes of a match are noted (fast), or places that are tried. */
const efforts: usize = memory.data<u32>([3, 2, 1, 3, 8, 24, 48, 96, 256]);
/** A match that is this long is taken without a look at the next byte. */
const enoughs: usize = memory.data<u32>([0, 0, 32, 32, 32, 64, 96, 128, 258]);
/** After this many literals in a row, as a power of two, bytes are passed over: two at once, then three. */
const patiences: usize = memory.data<u32>([6, 6, 6, 16, 16, 16, 16, 16, 16]);

export function effortOf(level: u32): u32 {
  return load<u32>(efforts + ((level - 1) << 2));
}

export function enoughOf(level: u32): u32 {
  return load<u32>(enoughs + ((level - 1) << 2));
}

export function patienceOf(level: u32): u32 {
  return load<u32>(patiences + ((level - 1) << 2));
}
