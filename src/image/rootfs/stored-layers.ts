import type { Image } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { parseConfig } from '../../oci/manifest.ts';
import { isForeign } from '../../oci/media-type.ts';
import { formatCount } from '../../progress/format.ts';
import type { StoredLayer } from './take-apart.ts';

/** The layers of an image that can be taken apart, from the base up. */
export interface StoredLayers {
  readonly layers: readonly StoredLayer[];
  /** What is told of those that are only named by a URL, and left out. */
  readonly warnings: readonly string[];
}

/** Reads which layers an image has (image-spec 1.1, config.md, "rootfs"); a config that lists others than its manifest is a source error. */
export async function storedLayersOf(image: Image): Promise<StoredLayers> {
  const { origin } = image;
  if (image.kind === 'without-manifest') {
    const layers = image.layers.map(({ diffId, size, open }) => ({
      open,
      descriptor: { digest: diffId, size },
      diffId,
      origin: `${origin}, layer ${diffId}`,
    }));
    return { layers, warnings: [] };
  }
  const [config, ...blobs] = image.manifest.children;
  if (!config) throw new AlbaError('source', `${origin} has no config`);
  const where = `${origin}: config`;
  const { diffIds } = parseConfig(await readDocument(config, where), where);
  if (diffIds.length !== blobs.length) {
    const counts = `${formatCount(blobs.length, 'layer')}, its config ${diffIds.length}`;
    throw new AlbaError('source', `${origin} is damaged: its manifest lists ${counts}`);
  }
  const layers = blobs.flatMap(({ open, descriptor }, index): StoredLayer[] => {
    const diffId = diffIds[index];
    if (!diffId || isForeign(descriptor.mediaType)) return [];
    return [{ open, descriptor, diffId, origin: `${origin}, layer ${descriptor.digest}` }];
  });
  const foreign = formatCount(blobs.length - layers.length, 'layer');
  const isWhole = layers.length === blobs.length;
  return {
    layers,
    warnings: isWhole ? [] : [`${origin}: ${foreign} left out that the image only names by a URL`],
  };
}
