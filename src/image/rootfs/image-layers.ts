import { decompressDetected } from '../../compression/decompress-detected.ts';
import type { Image, Measured, Open } from '../../content/content.ts';
import { readTar, type TarEntry } from '../../content/tar/read-tar.ts';
import { openVerified } from '../../content/verify.ts';
import { isForeign } from '../../oci/media-type.ts';

/** A layer as entries: read as often as wanted, verified each time. */
export interface ReadableLayer {
  readonly entries: () => AsyncGenerator<TarEntry>;
}

/**
 * The layers of an image from the base up, without those that are only named by a URL. How a layer is compressed, its bytes
 * say: media types that say something else are out there, and runtimes do not look at them.
 */
export function layersOf(image: Image): ReadableLayer[] {
  if (image.kind === 'without-manifest') {
    return image.layers.map(({ diffId, size, open }) =>
      readable(open, { digest: diffId, size }, `${image.origin}, layer ${diffId}`),
    );
  }
  const [, ...blobs] = image.manifest.children;
  return blobs
    .filter(({ descriptor }) => !isForeign(descriptor.mediaType))
    .map(({ open, descriptor }) => readable(open, descriptor, `${image.origin}, layer ${descriptor.digest}`));
}

/** Its digest proves that a layer is whole; what lies behind the end of its tar is no part of an image's files. */
function readable(open: Open, expected: Measured, origin: string): ReadableLayer {
  return {
    async *entries() {
      const verified = openVerified(open, expected, origin)();
      yield* readTar(decompressDetected(verified, origin), origin, {
        isProvenWhole: true,
        isBehindIgnored: true,
      });
    },
  };
}
