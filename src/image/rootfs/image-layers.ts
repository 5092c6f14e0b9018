import { decompress } from '../../compression/decompress.ts';
import type { Image, Measured, Open } from '../../content/content.ts';
import { readTar, type TarEntry } from '../../content/tar.ts';
import { openVerified } from '../../content/verify.ts';
import { type Compression, compressionOf, isForeign } from '../../oci/media-type.ts';

/** A layer as entries: read as often as wanted, verified each time. */
export interface ReadableLayer {
  readonly entries: () => AsyncGenerator<TarEntry>;
}

/** The layers of an image from the base up, without those that are only named by a URL. */
export function layersOf(image: Image): ReadableLayer[] {
  if (image.kind === 'without-manifest') {
    return image.layers.map(({ diffId, size, open }) =>
      readable(open, { digest: diffId, size }, 'none', `${image.origin}, layer ${diffId}`),
    );
  }
  const [, ...blobs] = image.manifest.children;
  return blobs
    .filter(({ descriptor }) => !isForeign(descriptor.mediaType))
    .map(({ open, descriptor }) => {
      const { mediaType, digest } = descriptor;
      return readable(open, descriptor, compressionOf(mediaType), `${image.origin}, layer ${digest}`);
    });
}

function readable(open: Open, expected: Measured, compression: Compression, origin: string): ReadableLayer {
  return {
    async *entries() {
      const bytes = openVerified(open, expected, origin)();
      yield* readTar(decompress(bytes, compression, origin), origin);
    },
  };
}
