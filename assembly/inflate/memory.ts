/** Where things lie in the module's memory. The host reads and writes `input`, `output` and `blocks`. */

/** RFC 1951 section 2: how far back a match may reach. */
export const windowSize: i32 = 32768;

/** Compressed bytes that are held at once; a dynamic header (at most 563 bytes) is far smaller. */
export const inputSize: i32 = 131072;
/** Inflated bytes that are made before the host takes them. */
export const outputSize: i32 = 131072;
/** Blocks that are noted before the host takes them. */
export const blocksSize: i32 = 4096;

/** Reads past the end of the input stay inside this; what they find is never used. */
const inputSlack: i32 = 1024;
/** One round of decoding writes at most three literals, a match of 258 and what an 8-byte copy overshoots. */
const outputSlack: i32 = 512;

export const input: usize = memory.data(inputSize + inputSlack, 16);
/** The window, then the output that follows it. */
export const output: usize = memory.data(windowSize + outputSize + outputSlack, 16);
/** For each block two u32: its first bit, counted from `input`; its first byte, counted from `output`. */
export const blocks: usize = memory.data(blocksSize * 8, 16);

/** RFC 1951 section 3.2.7: the lengths of the literal/length codes and, behind them, of the distance codes. */
export const lengths: usize = memory.data(512, 16);

/** Codes with their tables, see huffman.ts. */
export const literalCode: usize = memory.data(16384, 16);
export const distanceCode: usize = memory.data(16384, 16);
export const lengthCode: usize = memory.data(16384, 16);

/** What each symbol means, as an entry with its code's length still missing. */
export const literalMeanings: usize = memory.data(288 * 4, 16);
export const distanceMeanings: usize = memory.data(32 * 4, 16);
export const lengthMeanings: usize = memory.data(19 * 4, 16);
