import pLimit from 'p-limit';
import {
  type Blob,
  type Image,
  type Layer,
  type LooseImage,
  leaf,
  type SealedImage,
} from '../content/content.ts';
import { together } from '../content/together.ts';
import { assembleImage } from '../image/assemble.ts';
import { type PrepareOptions, prepareLayer } from '../layer/prepare.ts';
import type { Digest } from '../oci/digest.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { Publication } from './publication.ts';

/** How many layers are compressed at once, and how. */
export interface SealOptions extends Omit<PrepareOptions, 'signal'> {
  readonly parallelism: number;
}

/**
 * Gives every image its manifest. A layer that several images share is compressed once, and each blob is
 * on its way to the targets while the next one is compressed.
 */
export async function sealImages(
  images: readonly Image[],
  options: SealOptions,
  publication: Publication,
  abort: AbortController,
): Promise<SealedImage[]> {
  const { signal } = abort;
  const limit = pLimit(options.parallelism);
  const blobs = new Map<Digest, Promise<Blob>>();

  const prepare = async (layer: Layer, { origin, platform }: LooseImage): Promise<Blob> => {
    const blob = await limit(() => {
      signal.throwIfAborted();
      return prepareLayer(layer, origin, { ...options, signal });
    });
    await publication.send(leaf(blob), `layer ${formatPlatform(platform)}`);
    return blob;
  };
  const prepareOnce = (layer: Layer, image: LooseImage): Promise<Blob> => {
    const blob = blobs.get(layer.diffId) ?? prepare(layer, image);
    blobs.set(layer.diffId, blob);
    return blob;
  };
  const seal = async (image: Image): Promise<SealedImage> => {
    if (image.kind === 'sealed') return image;
    const layers = await together(
      image.layers.map((layer) => prepareOnce(layer, image)),
      abort,
    );
    return assembleImage(image, layers, options.format);
  };
  return together(images.map(seal), abort);
}
