import type { Threads } from '../concurrency/threads/threads.ts';
import type { Compression } from '../oci/media-type.ts';
import type { Block } from './blocks/blocks.ts';
import type { Packable } from './blocks/pack.ts';
import { blockDeflater } from './gzip/deflate-task.ts';
import { gzipParallel } from './gzip/gzip-parallel.ts';
import type { ZstdOptions } from './zstd-parallel.ts';

/** How layers are compressed. */
export interface CompressionSettings {
  readonly compression: Compression;
  /** Of gzip 1 to 9, of zstd 1 to 19. */
  readonly compressionLevel: number;
}

/** The settings as a key under which their result is remembered. */
export function settingsOf({ compression, compressionLevel }: CompressionSettings): string {
  return `${compression}-${compressionLevel}`;
}

/** What compressing takes. */
export interface CompressOptions {
  /** Of gzip 1 to 9, of zstd 1 to 19. */
  readonly compressionLevel: number;
  /** How many pieces of a layer are compressed at once. */
  readonly parallelism: number;
  /** They compress; undefined: this thread does. */
  readonly threads: Threads | undefined;
  /** Told of each piece before it is worked on. */
  readonly onBlock?: (block: Block) => void;
}

/**
 * Compresses; the same bytes and settings give the same output, on any number of cores. Gives chunks as
 * {@link Open} does.
 */
export function compress(
  source: Packable,
  compression: Exclude<Compression, 'none'>,
  { compressionLevel: level, parallelism: concurrency, threads, ...options }: CompressOptions,
): AsyncIterable<Uint8Array> {
  switch (compression) {
    case 'gzip':
      return gzipParallel(source, { ...options, level, concurrency, deflate: blockDeflater(threads) });
    case 'zstd':
      return zstd(source, { ...options, level, concurrency, threads });
  }
}

/** Loaded when it is asked for: most registries get gzip. */
async function* zstd(source: Packable, options: ZstdOptions): AsyncGenerator<Uint8Array, void, void> {
  const { zstdParallel } = await import('./zstd-parallel.ts');
  yield* zstdParallel(source, options);
}
