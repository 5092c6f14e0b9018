/** In bytes: each write costs a way to another thread and back, whatever it holds. */
const enough = 512 * 1024;

/**
 * The same bytes in fewer chunks, of {@link enough} or more, for who writes them to a file. A chunk is its reader's until the
 * next one is asked for.
 */
export async function* gathered(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, void> {
  let buffer: Buffer | undefined;
  let filled = 0;
  for await (const chunk of source) {
    if (buffer && filled > 0 && filled + chunk.length > enough) {
      yield buffer.subarray(0, filled);
      filled = 0;
    }
    if (chunk.length >= enough) {
      yield chunk;
      continue;
    }
    buffer ??= Buffer.allocUnsafeSlow(enough);
    buffer.set(chunk, filled);
    filled += chunk.length;
  }
  if (buffer && filled > 0) yield buffer.subarray(0, filled);
}
