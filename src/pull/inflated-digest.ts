import zlib from 'node:zlib';
import { decompressDetected } from '../compression/decompress-detected.ts';
import { detectCompression } from '../compression/detect.ts';
import { measure } from '../content/verify.ts';
import { tooLarge } from '../image/rootfs/size-budget.ts';
import type { Digest } from '../oci/digest.ts';

/** A layer that is inflated. Plain data. */
export interface InflatingLayer {
  /** Begins the sentences of errors. */
  readonly origin: string;
  /** In bytes: what it may inflate to. */
  readonly maxSize: number;
}

/**
 * The digest of what a layer inflates to; undefined, and no more of it read, where it is zstd and this Node has none. A layer that is
 * damaged or too large is a source error.
 */
export async function inflatedDigest(
  chunks: AsyncIterable<Uint8Array>,
  { origin, maxSize }: InflatingLayer,
  undo?: Parameters<typeof decompressDetected>[2],
): Promise<Digest | undefined> {
  let [isFirst, isReadable, size] = [true, true, 0];
  const readable = async function* (): AsyncGenerator<Uint8Array, void, void> {
    for await (const chunk of chunks) {
      if (isFirst) isReadable = detectCompression(chunk) !== 'zstd' || knowsZstd;
      isFirst = false;
      if (!isReadable) return;
      yield chunk;
    }
  };
  const { digest } = await measure(decompressDetected(readable(), origin, undo), ({ length }) => {
    size += length;
    if (size > maxSize) throw tooLarge(origin, maxSize);
  });
  return isReadable ? digest : undefined;
}

const knowsZstd = typeof zlib.createZstdDecompress === 'function';
