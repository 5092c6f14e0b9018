/**
 * Deflates blocks of bytes (RFC 1951) between two buffers. What comes out depends on the bytes, on the 32 KiB before
 * them and on the level alone: not on the processor, nor on what was deflated before.
 */
import { addLast, begin, writeEmptyStored } from './block';
import { parseFast } from './fast';
import { effortOf, enoughOf, lastFast, patienceOf } from './levels';
import { blockSize, input, output, windowSize } from './memory';
import { forgetPlaces, note, noteLast } from './places';
import { parseThorough } from './thorough';
import { rewind, written } from './writer';

export { blockSize, input, output, windowSize };

/** No match begins among the last bytes: so eight can be read at once without a look at the end. */
const margin: u32 = 16;
/** Literals in a row that make a block by themselves: perhaps they are best stored. */
const mostLiterals: u32 = 16384;

/**
 * Deflates `length` bytes that lie `windowSize` behind `input`; the `dictionary` bytes before them were the last of
 * what came before. Levels are 1 to 9. Ends on a whole byte, with an empty stored block that is not the last one;
 * returns how many bytes of `output` that takes.
 */
export function deflate(length: u32, dictionary: u32, level: u32): u32 {
  const start = input + windowSize;
  const end = start + length;
  const oldest = start - dictionary;
  forgetPlaces();
  rewind();
  begin(start);
  const isFast = level <= lastFast;
  for (let at = oldest; at < start; at++) isFast ? noteLast(at) : note(at);
  let rest = start;
  if (length > margin) {
    const parse = isFast ? parseFast : parseThorough;
    rest = parse(
      start,
      end - margin,
      end,
      oldest,
      effortOf(level),
      enoughOf(level),
      patienceOf(level),
      mostLiterals,
    );
  }
  addLast(rest, <u32>(end - rest));
  writeEmptyStored();
  return written();
}
