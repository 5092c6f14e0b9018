import { decompress } from './decompress.ts';
import { detectCompression, magicSize } from './detect.ts';

/**
 * What bytes decompress to, compressed as their first bytes say, whatever anything else says of them; plain bytes come as they
 * are. Errors as those of {@link decompress}.
 */
export async function* decompressDetected(
  source: AsyncIterable<Buffer>,
  origin: string,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const head: Buffer[] = [];
  try {
    for (let size = 0; size < magicSize; ) {
      const { done, value } = await chunks.next();
      if (done) break;
      head.push(value);
      size += value.length;
    }
    const all = async function* (): AsyncGenerator<Buffer> {
      yield* head;
      yield* rest;
    };
    yield* decompress(all(), detectCompression(Buffer.concat(head)), origin);
  } finally {
    await chunks.return?.();
  }
}
