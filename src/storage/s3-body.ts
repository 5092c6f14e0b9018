import { Readable } from 'node:stream';
import { maxWholeRead, readSized, readSmall } from './sized.ts';
import type { Upload } from './storage.ts';

/**
 * Sends an upload's bytes. The SDK does not see that their source fails, and would wait for more: the signal
 * tells it, and the source's own failure is what is thrown.
 */
export async function withBody<T>(
  upload: Upload,
  key: string,
  send: (body: Buffer | Readable, signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  if (upload.size <= maxWholeRead) return send(await readSmall(upload, key), abort.signal);
  const stream = Readable.from(copies(readSized(upload, key)), { objectMode: false });
  let failure: unknown;
  stream.once('error', (thrown) => {
    failure = thrown;
    abort.abort();
  });
  try {
    return await send(stream, abort.signal);
  } catch (thrown) {
    throw failure ?? thrown;
  } finally {
    stream.destroy();
  }
}

/** A connection of Node's own holds several chunks. */
async function* copies(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk);
}
