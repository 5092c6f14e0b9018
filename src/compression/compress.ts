import zlib from 'node:zlib';
import type { Threads } from '../concurrency/threads/threads.ts';
import { AlbaError } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';
import type { Packable, PackOptions } from './blocks/pack.ts';
import { blockDeflater } from './gzip/deflate-task.ts';
import { gzipParallel } from './gzip/gzip-parallel.ts';
import type { ZstdOptions } from './zstd-parallel.ts';

/** How layers are compressed. */
export interface CompressionSettings {
  readonly compression: Compression;
  /** Of gzip 1 to 9, of zstd 1 to 19. */
  readonly compressionLevel: number;
}

/** The levels that a compression knows, and the one that is taken when none is named. */
export const levels: Readonly<Record<Compression, { least: number; most: number; usual: number }>> = {
  gzip: { least: 1, most: 9, usual: 3 },
  zstd: { least: 1, most: 19, usual: 2 },
  none: { least: 0, most: 0, usual: 0 },
};

/** The settings as a key under which their result is remembered. */
export function settingsOf({ compression, compressionLevel }: CompressionSettings): string {
  return `${compression}-${compressionLevel}`;
}

/** What compressing takes besides the settings. */
export interface CompressOptions
  extends Pick<CompressionSettings, 'compressionLevel'>,
    Pick<PackOptions, 'onBlock'> {
  /** How many pieces of a layer are compressed at once. */
  readonly parallelism: number;
  /** They compress; undefined: this thread does. */
  readonly threads: Threads | undefined;
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

/** Fails where this Node cannot compress so. */
export function assertSupported(compression: Compression): void {
  if (compression === 'zstd' && typeof zlib.createZstdCompress !== 'function') {
    throw new AlbaError(
      'usage',
      `compression zstd needs Node 22.15 or later; this is Node ${process.versions.node}`,
    );
  }
}
