import { pipeline, Readable } from 'node:stream';
import {
  type BrotliCompress,
  type BrotliDecompress,
  constants,
  createBrotliCompress,
  createBrotliDecompress,
} from 'node:zlib';

/** In bytes. */
const chunkSize = 256 * 1024;

/** Packs pieces of `size` bytes in all; undefined where that comes to more than `most` bytes. */
export async function packBrotli(
  pieces: Iterable<Buffer>,
  size: number,
  most: number,
): Promise<Buffer | undefined> {
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 3,
    [constants.BROTLI_PARAM_LGWIN]: 22,
    [constants.BROTLI_PARAM_SIZE_HINT]: size,
  };
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of through(pieces, createBrotliCompress({ chunkSize, params }))) {
    length += chunk.length;
    if (length > most) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, length);
}

/** What such bytes were made of, a part after the other; throws where they are damaged, or come to more than `most` bytes. */
export async function* unpackBrotli(packed: Iterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let length = 0;
  for await (const chunk of through(packed, createBrotliDecompress({ chunkSize }))) {
    length += chunk.length;
    if (length > most) throw new Error(`it comes to more than ${most} bytes`);
    yield chunk;
  }
}

function through(pieces: Iterable<Buffer>, stream: BrotliCompress | BrotliDecompress): AsyncIterable<Buffer> {
  // `pipeline` destroys both ends of a failed one; who reads them hears of it.
  return pipeline(Readable.from(pieces, { objectMode: false }), stream, () => {});
}
