import type { Compression } from '../oci/media-type.ts';
import { decompress } from './decompress.ts';
import { gunzip } from './gzip/gunzip.ts';

/**
 * As {@link decompress}, for a thread that has nothing else to do: gzip is inflated by itself, and not by others that it would wait
 * for. A chunk is good until the next one is asked for.
 */
export function decompressHere(
  source: AsyncIterable<Uint8Array>,
  compression: Compression,
  origin: string,
): AsyncGenerator<Buffer, void, void> {
  return compression === 'gzip' ? gunzip(source, origin) : decompress(source, compression, origin);
}
