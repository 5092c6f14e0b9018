/** Where things lie in the module's memory. The host writes `input` and reads `output`. */

/** RFC 1951 section 2: how far back a match may reach. */
export const windowSize: i32 = 32768;
/** Bytes that are deflated at once. */
export const blockSize: i32 = 1048576;

/** Reads beyond the end of the input stay inside this; what they find makes no difference. */
const inputSlack: i32 = 64;
/** What cannot be compressed is stored: some 6 bytes more for each 8 KiB. */
const outputSlack: i32 = 65536;

/** The window, then what is to be deflated. */
export const input: usize = memory.data(windowSize + blockSize + inputSlack, 64);
export const output: usize = memory.data(blockSize + outputSlack, 64);

/** Literals and matches after which a block of DEFLATE ends: the next has codes of its own. */
export const mostTokens: u32 = 12288;
/** Two u32 each: how many literals come first; the match behind them, `length << 20 | symbol << 15 | distance - 1`. */
export const sequences: usize = memory.data((mostTokens + 1) * 8, 64);
