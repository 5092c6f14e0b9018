import type { BitWriter } from './bit-writer.ts';

/**
 * Writes empty DEFLATE blocks (RFC 1951 sections 3.2.6 and 3.2.7) whose bits add up to `bits` modulo 8, so that what
 * follows begins at the bit of a byte at which it lay before.
 */
export function writePadding(writer: BitWriter, bits: number): void {
  let left = bits;
  if (left % 2 === 1) {
    writeEmptyDynamic(writer);
    left += 5;
  }
  for (; left % 8 !== 0; left += 6) writeEmptyFixed(writer);
}

/** Section 3.2.6, 10 bits. */
function writeEmptyFixed(writer: BitWriter): void {
  writer.write(0b010, 10);
}

/** A block of 91 bits with codes of its own (section 3.2.7), of one bit each: for 255, its end, and one distance. */
function writeEmptyDynamic(writer: BitWriter): void {
  const bytes = [0x04, 0xc0, 0x81, 0x00, 0x00, 0x00, 0x00, 0x00, 0x90, 0xff, 0x6a];
  for (const byte of bytes) writer.write(byte, 8);
  writer.write(0b100, 3);
}
