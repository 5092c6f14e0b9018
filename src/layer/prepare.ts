import { createHash } from 'node:crypto';
import type { Blob, Layer } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import type { Spool } from '../content/spool.ts';
import { AlbaError } from '../errors.ts';
import { compressionOf, type Format, mediaTypes } from '../oci/media-type.ts';
import { gzip } from './gzip.ts';

/** How layers are compressed. */
export interface CompressionSettings {
  /** 1 to 9. */
  readonly compressionLevel: number;
}

export interface PrepareOptions extends CompressionSettings {
  readonly format: Format;
  readonly spool: Spool;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** The settings as a key under which their result is remembered. */
export function settingsOf({ compressionLevel }: CompressionSettings): string {
  return `gzip-${compressionLevel}`;
}

/** A layer of this kind under the media type of a format; other fields of the descriptor are its old place's. */
export function asLayer(blob: Blob, format: Format): Blob {
  const { mediaType, digest, size } = blob.descriptor;
  const compression = compressionOf(mediaType);
  return { ...blob, descriptor: { mediaType: mediaTypes[format].layer[compression], digest, size } };
}

/** The layer as it lay there, where it was compressed already: that is kept, whatever the settings. */
export function asFound({ compressed }: Layer, format: Format): Blob | undefined {
  return compressed && asLayer(compressed, format);
}

/** A layer becomes a blob in the spool; its diffID is checked on the way. */
export async function prepareLayer(layer: Layer, origin: string, options: PrepareOptions): Promise<Blob> {
  const { format, compressionLevel, spool, progress, signal } = options;
  progress.expect(layer.size);
  const tar = verified(layer, origin, progress);
  const { digest, size, open } = await spool.write(gzip(tar, compressionLevel), signal);
  return { descriptor: { mediaType: mediaTypes[format].layer.gzip, digest, size }, open };
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
