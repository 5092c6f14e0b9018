import { createHash } from 'node:crypto';
import type { Blob, Layer } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import type { Spool } from '../content/spool.ts';
import { AlbaError } from '../errors.ts';
import { type Format, mediaTypes } from '../oci/media-type.ts';
import { gzip } from './gzip.ts';

export interface PrepareOptions {
  readonly format: Format;
  /** 1 to 9. */
  readonly compressionLevel: number;
  readonly spool: Spool;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A layer becomes a blob: as it is when it came compressed, else compressed into the spool, its diffID checked. */
export async function prepareLayer(layer: Layer, origin: string, options: PrepareOptions): Promise<Blob> {
  const { format, compressionLevel, spool, progress, signal } = options;
  const { layer: types } = mediaTypes[format];
  if (layer.compressed) return layer.compressed;
  progress.expect(layer.size);
  const tar = verified(layer, origin, progress);
  const { digest, size, open } = await spool.write(gzip(tar, compressionLevel), signal);
  return { descriptor: { mediaType: types.gzip, digest, size }, open };
}

async function* verified(layer: Layer, origin: string, progress: Progress): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of await layer.open()) {
    hash.update(chunk);
    progress.advance(chunk.length);
    yield chunk;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== layer.diffId) {
    throw new AlbaError(
      'source',
      `${origin} changed while it was read: its layer ${layer.diffId} is now ${found}`,
    );
  }
}
