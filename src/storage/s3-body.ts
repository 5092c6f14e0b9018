import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { openSized } from './sized.ts';
import type { Upload } from './storage.ts';

/** In bytes: what is smaller is read before it is sent, and signed. */
const smallSize = 1024 * 1024;

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
  const stream = await openSized(upload, key);
  if (upload.size <= smallSize) return send(await buffer(stream), abort.signal);
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
