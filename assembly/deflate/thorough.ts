import { add, addLast } from './block';
import { input } from './memory';
import { earlierOf, longOf, manyBits, matchLength, note, shortOf } from './places';

/**
 * As `parseFast`, but as many as `tries` earlier places are looked at for each byte, and a match is only taken when
 * the one that begins a byte later is no longer.
 */
export function parseThorough(
  start: usize,
  last: usize,
  end: usize,
  oldest: usize,
  tries: u32,
  enough: u32,
  patience: u32,
  mostLiterals: u32,
): usize {
  const laterTries = max(tries >> 1, 1);
  let literals = start;
  let at = start;
  while (at < last) {
    let match = find(at, 3, tries, enough, end, oldest);
    if (match >> 16 < 4) {
      const passed = <u32>(at - literals);
      at = min(at + 1 + (passed >> patience), last);
      if (passed < mostLiterals) continue;
      addLast(literals, <u32>(at - literals));
      literals = at;
      continue;
    }

    let noted = at + 1;
    while (match >> 16 < enough && noted < last) {
      const later = find(noted, match >> 16, laterTries, enough, end, oldest);
      noted++;
      if (later >> 16 <= match >> 16) break;
      at = noted - 1;
      match = later;
    }

    const length = match >> 16;
    const behind = at + length;
    add(literals, <u32>(at - literals), length, match & 0xffff);
    for (const stop = min(behind, last); noted < stop; noted++) note(noted);
    literals = behind;
    at = behind;
  }
  return literals;
}

/** Notes a place; returns the nearest of the longest matches there as `length << 16 | distance`, if it is longer than `least`. */
// @inline
function find(at: usize, least: u32, tries: u32, enough: u32, end: usize, oldest: usize): u32 {
  const bytes = load<u64>(at);
  const place = <u32>(at - input);
  const reach = min(<u32>(at - oldest), 0x7fff);
  const limit = min(258, <u32>(end - at));
  const long = longOf(bytes, manyBits);
  const short = shortOf(bytes, manyBits);
  const far = (place - load<u16>(long)) & 0xffff;
  let distance = (place - load<u16>(short)) & 0xffff;
  store<u16>(long, <u16>place);
  store<u16>(earlierOf(place), load<u16>(short));
  store<u16>(short, <u16>place);

  let longest = least;
  let match: u32 = 0;
  if (far - 1 < reach && load<u64>(at - far) === bytes) {
    const length = matchLength(at - far, at, 8, limit);
    if (length > longest) {
      longest = length;
      match = (length << 16) | far;
      if (length >= enough) return match;
    }
  }
  if (distance - 1 >= reach) return match;
  for (let left = tries; left > 0; left--) {
    const other = at - distance;
    if (load<u32>(other) === <u32>bytes && load<u32>(other + longest - 3) === load<u32>(at + longest - 3)) {
      const length = matchLength(other, at, 4, limit);
      if (length > longest) {
        longest = length;
        match = (length << 16) | distance;
        if (length >= enough) return match;
      }
    }
    const further = (place - load<u16>(earlierOf(place - distance))) & 0xffff;
    if (further <= distance || further > reach) return match;
    distance = further;
  }
  return match;
}
