import { pipeline } from 'node:stream';
import zlib from 'node:zlib';
import { AlbaError, messageOf, systemCode } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';
import { splitFrames } from './zstd-frames.ts';

/**
 * The bytes that compressed bytes inflate to, to the end of the last gzip member or zstd frame; itself for
 * `none`. Errors of the source come through, those of the compression begin with `origin`. `onEnd` is told how many bytes the
 * gzip members had: zeros, and what is behind those, belong to none.
 */
export async function* decompress(
  source: AsyncIterable<Uint8Array>,
  compression: Compression,
  origin: string,
  onEnd?: (size: number) => void,
): AsyncGenerator<Buffer> {
  try {
    if (compression === 'none') yield* asBuffers(source);
    else if (compression === 'gzip') yield* inflate(source, onEnd);
    else yield* decompressFrames(source, origin);
  } catch (cause) {
    throw explain(cause, compression, origin);
  }
}

async function* inflate(
  source: AsyncIterable<Uint8Array>,
  onEnd: (size: number) => void = ignore,
): AsyncGenerator<Buffer> {
  const gunzip = zlib.createGunzip(oneChunk);
  yield* pipeline(source, gunzip, ignore);
  onEnd(gunzip.bytesWritten);
}

/** A writable side that asks for a chunk when the one before was taken in: until then its buffer is not used again. */
const oneChunk = { chunkSize: 256 * 1024, ...{ writableHighWaterMark: 1 } };

async function* asBuffers(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const { buffer, byteOffset, length } of source) yield Buffer.from(buffer, byteOffset, length);
}

/** `pipeline` destroys both ends of a failed one; who reads them hears of it. */
function ignore(): void {}

/** One decoder for all frames; another for each would cost more than a small frame does. */
function decompressFrames(source: AsyncIterable<Uint8Array>, origin: string): AsyncIterable<Buffer> {
  if (typeof zlib.createZstdDecompress === 'function') {
    return pipeline(splitFrames(source, origin), zlib.createZstdDecompress(oneChunk), ignore);
  }
  throw new AlbaError(
    'source',
    `${origin} is compressed with zstd, which needs Node 22.15 or later; this is Node ${process.versions.node}: run that, or have it written with gzip`,
  );
}

function explain(cause: unknown, compression: Compression, origin: string): unknown {
  const code = systemCode(cause);
  if (cause instanceof AlbaError || !code?.match(/^(Z_|ZSTD_)/)) return cause;
  const what = code === 'Z_BUF_ERROR' ? 'truncated' : 'damaged';
  return new AlbaError(
    'source',
    `${origin} is ${what}: ${compression} says "${messageOf(cause)}"; build or copy it again`,
    {
      cause,
    },
  );
}
