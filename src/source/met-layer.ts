import { readSplice } from '../compression/splice/splice.ts';
import type { Blob } from '../content/content.ts';
import { fileChunks } from '../content/file-chunks.ts';
import type { Digest } from '../oci/digest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import type { ScannedFile } from './scanned.ts';

/** A layer as it was met in an archive that is still read, and may turn out bad. */
export interface MetLayer {
  /** The archive. */
  readonly path: string;
  /** What it is sent as, where nobody has it. */
  readonly blob: Blob;
  /** Where it lay there uncompressed. */
  readonly diffId?: Digest;
}

/** In bytes: what is smaller is sent in no time once its archive was read. */
const leastMet = 1024 * 1024;

/** Docker archives: `<id>/layer.tar`, `<hex>.tar`, `<hex>.tar.gz`; those of docker 25, and layouts: `blobs/sha256/<hex>`. */
const layerName = /(?:^|\/)(?:[0-9a-f]{64}(?:\.tar(?:\.gz)?)?|layer\.tar)$/;

/** Whether a file is surely a layer, and lies there as it can be sent, whatever the rest of its archive says. */
export function isMetLayer(name: string, { size, compression, crc32, spliced }: ScannedFile): boolean {
  const isBlob = compression !== 'none' && crc32 !== undefined;
  const sent = spliced?.splice.size ?? (isBlob ? size : 0);
  return sent >= leastMet && layerName.test(name);
}

/** What a file for which {@link isMetLayer} holds is sent as: its splice, or the blob that it is. */
export function toMetLayer(
  path: string,
  { size, offset, digest, compression, spliced }: ScannedFile,
): MetLayer {
  const { layer } = mediaTypes.oci;
  if (!spliced) {
    const descriptor = { mediaType: layer[compression], digest, size };
    return { path, blob: { descriptor, open: () => fileChunks(path, { offset, size }) } };
  }
  const { splice } = spliced;
  const descriptor = { mediaType: layer.gzip, digest: spliced.digest, size: splice.size };
  return { path, diffId: digest, blob: { descriptor, open: () => readSplice(splice, path) } };
}
