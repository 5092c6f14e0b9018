import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { AlbaError, messageOf, systemCode } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';

/**
 * The bytes that compressed bytes inflate to, to the end of the last gzip member or zstd frame; itself for
 * `none`. Errors of the source come through, those of the compression begin with `origin`.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  compression: Compression,
  origin: string,
): AsyncGenerator<Buffer> {
  try {
    if (compression === 'none') yield* asBuffers(source);
    else if (compression === 'gzip') yield* pipeline(source, zlib.createGunzip(oneChunk), ignore);
    else yield* decompressFrames(source, origin);
  } catch (cause) {
    throw explain(cause, compression, origin);
  }
}

/** A writable side that asks for a chunk when the one before was taken in: until then its buffer is not used again. */
const oneChunk = { chunkSize: 256 * 1024, ...{ writableHighWaterMark: 1 } };

async function* asBuffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const { buffer, byteOffset, length } of source) yield Buffer.from(buffer, byteOffset, length);
}

/** `pipeline` destroys both ends of a failed one; who reads them hears of it. */
function ignore(): void {}

/** Node's decoder ends silently after a frame if the next begins in the same chunk: then a new one goes on. */
async function* decompressFrames(source: AsyncIterable<Uint8Array>, origin: string): AsyncGenerator<Buffer> {
  const chunks = source[Symbol.asyncIterator]();
  let chunk: Uint8Array = Buffer.alloc(0);
  try {
    do {
      const decoder = createDecoder(origin);
      let fed = chunk.length;
      // A chunk is asked for when the one before was taken in; what a frame left of it begins the next frame.
      const feed = async function* (): AsyncGenerator<Uint8Array> {
        if (chunk.length > 0) yield chunk;
        while (decoder.bytesWritten === fed) {
          const next = await chunks.next();
          if (next.done) return;
          chunk = next.value;
          fed += chunk.length;
          yield chunk;
        }
      };
      yield* pipeline(feed, decoder, ignore);
      chunk = chunk.subarray(chunk.length - (fed - decoder.bytesWritten));
      decoder.destroy();
    } while (chunk.length > 0);
  } finally {
    await chunks.return?.();
  }
}

/** What a decoder left of its input is the end of the last chunk. */
function createDecoder(origin: string): zlib.ZstdDecompress {
  if (typeof zlib.createZstdDecompress === 'function') {
    return zlib.createZstdDecompress(oneChunk);
  }
  throw new AlbaError(
    'source',
    `${origin} is compressed with zstd, which needs Node 22.15 or later; this is Node ${process.versions.node}`,
  );
}

function explain(cause: unknown, compression: Compression, origin: string): unknown {
  const code = systemCode(cause);
  if (cause instanceof AlbaError || !code?.match(/^(Z_|ZSTD_)/)) return cause;
  const what = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
  return new AlbaError('source', `${origin} is ${what}: ${compression} says "${messageOf(cause)}"`, {
    cause,
  });
}
