import { AlbaError } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';
import { decompress } from './decompress.ts';
import { detectCompression } from './detect.ts';
import { isUnsupported, signatureSize, unsupportedCompression } from './unsupported.ts';

/**
 * What bytes decompress to, compressed as their first bytes say, whatever anything else says of them; plain bytes come as they
 * are. Errors as those of {@link decompress}, which `undo` may do in another way, and one for a compression that is not supported.
 */
export async function* decompressDetected(
  source: AsyncIterable<Uint8Array>,
  origin: string,
  undo: (
    source: AsyncIterable<Uint8Array>,
    compression: Compression,
    origin: string,
  ) => AsyncIterable<Buffer> = decompress,
): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  const rest = { [Symbol.asyncIterator]: () => chunks };
  const head: Uint8Array[] = [];
  try {
    for (let size = 0; size < signatureSize; ) {
      const { done, value } = await chunks.next();
      if (done) break;
      size += value.length;
      // A chunk is good until the next one is asked for.
      head.push(size < signatureSize ? Buffer.from(value) : value);
    }
    const beginning = Buffer.concat(head);
    const unsupported = unsupportedCompression(beginning);
    if (unsupported) throw new AlbaError('source', `${origin} ${isUnsupported(unsupported)}`);
    const all = async function* (): AsyncGenerator<Uint8Array> {
      yield* head;
      yield* rest;
    };
    yield* undo(all(), detectCompression(beginning), origin);
  } finally {
    await chunks.return?.();
  }
}
