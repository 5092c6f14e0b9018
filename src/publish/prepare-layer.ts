import { createHash } from 'node:crypto';
import {
  type CompressionSettings,
  type CompressOptions,
  compress,
  settingsOf,
} from '../compression/compress.ts';
import { type Blob, gone, type Layer } from '../content/content.ts';
import { counter } from '../content/count.ts';
import { changedFailure } from '../content/file-chunks.ts';
import type { Spool } from '../content/spool.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { compressionOf, type Format, mediaTypes } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';

/** How layers become blobs. */
export interface PrepareOptions extends CompressionSettings, Omit<CompressOptions, 'onBlock'> {
  readonly format: Format;
  readonly spool: Spool;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** Sends what is being made, if that is possible: then it need not be spooled. */
  readonly receive?: (
    source: () => AsyncIterable<Uint8Array>,
    mediaType: string,
  ) => Promise<Descriptor | undefined>;
}

/** In bytes: what is smaller may well be there already, which only its digest tells. */
const leastReceived = 8 * 1024 * 1024;

/** A layer of this kind under the media type of a format; other fields of the descriptor are its old place's. */
export function asLayer(blob: Blob, format: Format): Blob {
  const { mediaType, digest, size } = blob.descriptor;
  const compression = compressionOf(mediaType);
  return { ...blob, descriptor: { mediaType: mediaTypes[format].layer[compression], digest, size } };
}

/**
 * The layer as it lay there, where it was compressed already. That is kept, unless another compression than the
 * usual one is asked for.
 */
export function asFound(
  { compressed }: Layer,
  { format, compression }: Pick<PrepareOptions, 'format' | 'compression'>,
): Blob | undefined {
  if (!compressed) return undefined;
  const isWanted = compression === 'gzip' || compression === compressionOf(compressed.descriptor.mediaType);
  return isWanted ? asLayer(compressed, format) : undefined;
}

/**
 * A layer becomes a blob: out of the compression of its archive where that can be reused, else compressed, and sent
 * meanwhile or spooled. It is checked on the way: a stream by its diffID, an extent by its checksum.
 */
export async function prepareLayer(layer: Layer, origin: string, options: PrepareOptions): Promise<Blob> {
  const { format, compression, spool, progress, signal, receive } = options;
  const { diffId, gzipped, size, open, extent } = layer;
  if (compression === 'gzip' && gzipped) {
    progress.debug(`layer ${diffId}: the compression of ${origin} is reused`);
    return asLayer(gzipped, format);
  }
  const mediaType = mediaTypes[format].layer[compression];
  if (compression === 'none') return { descriptor: { mediaType, digest: diffId, size }, open };
  progress.debug(`layer ${diffId}: ${settingsOf(options)}`);
  progress.expect(size);
  const begin = counter(progress.advance);
  const compressed = (): AsyncIterable<Uint8Array> => {
    const count = begin();
    const onBlock = (block: { readonly length: number }): void => {
      signal.throwIfAborted();
      count(block);
    };
    const { compressionLevel, parallelism, threads } = options;
    const settings = { compressionLevel, parallelism, threads, onBlock };
    return compress(extent ?? verified(layer, origin), compression, settings);
  };
  const received = size < leastReceived ? undefined : await receive?.(compressed, mediaType);
  if (received) return { descriptor: received, open: gone(received) };
  const { digest, size: spooledSize, ...bytes } = await spool.write(compressed(), signal);
  return { descriptor: { mediaType, digest, size: spooledSize }, ...bytes };
}

async function* verified({ diffId, open }: Layer, origin: string): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield chunk;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== diffId) {
    throw changedFailure(origin, `its layer ${diffId} is now ${found}`);
  }
}
