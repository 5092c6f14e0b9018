/** The extra bits behind a code (RFC 1951 section 3.2.5). */
export function extraBits(bits: u64, entry: u64): u64 {
  return (bits & ~((<u64>-1) << entry)) >> (entry >> 8);
}

/** Copies a match 8 or 16 bytes at a time, beyond its end if need be; a match may overlap itself. */
export function copyMatch(target: usize, distance: u32, length: u32): void {
  const end = target + length;
  let from = target - distance;
  if (distance >= 8) {
    store<u64>(target, load<u64>(from));
    store<u64>(target, load<u64>(from, 8), 8);
    while (target + 16 < end) {
      target += 16;
      from += 16;
      store<u64>(target, load<u64>(from));
      store<u64>(target, load<u64>(from, 8), 8);
    }
    return;
  }
  if (distance === 1) {
    const pattern = <u64>load<u8>(from) * (<u64>-1 / 255);
    do {
      store<u64>(target, pattern);
      target += 8;
    } while (target < end);
    return;
  }
  // The first `distance` bytes of each word are right, and the next word starts behind them.
  do {
    store<u64>(target, load<u64>(from));
    target += distance;
    from += distance;
  } while (target < end);
}
