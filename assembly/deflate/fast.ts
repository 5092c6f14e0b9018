import { add, addLast } from './block';
import { input } from './memory';
import { fastLongOf, fastShortOf, longs, matchLength, noteLast, shorts } from './places';

/**
 * Literals and matches of the bytes from `start` to `last`, behind which at least 16 more follow up to `end`;
 * none reaches back beyond `oldest`. Two places are looked at for each byte: where the same eight bytes were last,
 * and where the same four were. Returns the first byte that is in no match and was not added.
 */
export function parseFast(
  start: usize,
  last: usize,
  end: usize,
  oldest: usize,
  stride: u32,
  enough: u32,
  patience: u32,
  mostLiterals: u32,
): usize {
  let literals = start;
  let at = start;
  while (at < last) {
    const bytes = load<u64>(at);
    const place = <u32>(at - input);
    const reach = min(<u32>(at - oldest), 0x7fff);
    const long = fastLongOf(bytes);
    const short = fastShortOf(bytes);
    const far = (place - load<u16>(long, longs)) & 0xffff;
    let distance = (place - load<u16>(short, shorts)) & 0xffff;
    store<u16>(long, <u16>place, longs);
    store<u16>(short, <u16>place, shorts);

    // All of it is asked at once: what of these is so, nobody can guess.
    const isFar = <u32>(far - 1 < reach) & <u32>(load<u64>(at - (far & 0x7fff)) === bytes);
    const isNear = <u32>(distance - 1 < reach) & <u32>(load<u32>(at - (distance & 0x7fff)) === <u32>bytes);
    if ((isFar | isNear) === 0) {
      const passed = <u32>(at - literals);
      at = min(at + 1 + (passed >> patience), last);
      if (passed < mostLiterals) continue;
      addLast(literals, <u32>(at - literals));
      literals = at;
      continue;
    }

    distance = isFar ? far : distance;
    let length = matchLength(at - distance, at, isFar ? 8 : 4, min(258, <u32>(end - at)));
    let noted = at + 1;
    if (length < enough) {
      const next = load<u64>(noted);
      const nextLong = fastLongOf(next);
      const nextFar = (place + 1 - load<u16>(nextLong, longs)) & 0xffff;
      store<u16>(nextLong, <u16>(place + 1), longs);
      store<u16>(fastShortOf(next), <u16>(place + 1), shorts);
      if (nextFar - 1 < reach && load<u64>(noted - nextFar) === next) {
        const better = matchLength(noted - nextFar, noted, 8, min(258, <u32>(end - noted)));
        if (better > length) {
          at = noted;
          length = better;
          distance = nextFar;
        }
      }
      noted++;
    }

    const behind = at + length;
    while (
      at > literals &&
      length < 258 &&
      at - distance > oldest &&
      load<u8>(at - 1) === load<u8>(at - distance - 1)
    ) {
      at--;
      length++;
    }
    add(literals, <u32>(at - literals), length, distance);
    for (const stop = min(behind, last); noted < stop; noted += stride) noteLast(noted);
    literals = behind;
    at = behind;
  }
  return literals;
}
