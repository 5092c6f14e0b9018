import zlib from 'node:zlib';
import { AlbaError } from '../errors.ts';
import type { Compression } from '../oci/media-type.ts';

/** The levels that a compression knows, and the one that is taken when none is named. */
export const levels: Readonly<Record<Compression, { least: number; most: number; usual: number }>> = {
  gzip: { least: 1, most: 9, usual: 3 },
  zstd: { least: 1, most: 19, usual: 2 },
  none: { least: 0, most: 0, usual: 0 },
};

/** Fails where this Node cannot compress so. */
export function assertSupported(compression: Compression): void {
  if (compression === 'zstd' && typeof zlib.createZstdCompress !== 'function') {
    throw new AlbaError(
      'usage',
      `compression zstd needs Node 22.15 or later; this is Node ${process.versions.node}: give compression gzip, or run that`,
    );
  }
}
