import { pipeline } from 'node:stream';
import type { Blob, Image, Open } from '../content/content.ts';
import { readTar, type TarEntry } from '../content/tar.ts';
import { type Expected, verify } from '../content/verify.ts';
import { type Compression, isForeign } from '../oci/media-type.ts';
import { inflate } from '../source/compression.ts';

/** A layer as entries: read as often as wanted, verified each time. */
export interface ReadableLayer {
  readonly entries: () => AsyncGenerator<TarEntry>;
}

/** The layers of an image from the base up, without those that are only named by a URL. */
export function layersOf(image: Image): ReadableLayer[] {
  if (image.kind === 'loose') {
    return image.layers.map(({ diffId, size, open }) =>
      readable(open, { digest: diffId, size }, 'none', `${image.origin}, layer ${diffId}`),
    );
  }
  const [, ...blobs] = image.manifest.children;
  return blobs
    .filter(({ descriptor }) => !isForeign(descriptor.mediaType))
    .map(({ open, descriptor }: Blob) =>
      readable(
        open,
        descriptor,
        compressionOf(descriptor.mediaType),
        `${image.origin}, layer ${descriptor.digest}`,
      ),
    );
}

function readable(open: Open, expected: Expected, compression: Compression, origin: string): ReadableLayer {
  return {
    async *entries() {
      const verified = pipeline(await open(), verify(expected, origin), () => {});
      yield* readTar(inflate(verified, compression, origin), origin);
    },
  };
}

function compressionOf(mediaType: string): Compression {
  if (mediaType.endsWith('gzip')) return 'gzip';
  return mediaType.endsWith('zstd') ? 'zstd' : 'none';
}
