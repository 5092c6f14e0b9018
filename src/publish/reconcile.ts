import pLimit from 'p-limit';
import { together } from '../concurrency/all-or-abort.ts';
import type { Image } from '../content/content.ts';
import { checkPlatforms } from '../image/merge.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { Artifact } from './artifact.ts';
import { type Confirmed, type ConfirmOptions, confirmImages } from './find-published.ts';
import type { Publication } from './publication.ts';

/** Besides how images come out, which ones are wanted. */
export interface SettleOptions extends ConfirmOptions {
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms?: readonly Platform[];
  /** How many archives are read at once. */
  readonly parallelism: number;
}

/** What a release is made of. Images that are not confirmed were read and verified in this run. */
export interface Settled {
  readonly artifacts: readonly Artifact[];
  readonly images: readonly Image[];
  readonly confirmed: Confirmed;
}

/**
 * Finds out which images every target has. An archive that was only remembered is read where the targets do not
 * bear out what was remembered of it: nothing is published on the word of a cache alone.
 */
export async function settle(
  artifacts: readonly Artifact[],
  options: SettleOptions,
  publication: Publication,
): Promise<Settled> {
  const images = uniqueImages(artifacts);
  const remembered = new Set(artifacts.flatMap((artifact) => (artifact.reread ? artifact.images : [])));
  const confirmed = await confirmPlausible(images, remembered, options, publication);
  const isDoubtful = (image: Image): boolean => remembered.has(image) && !confirmed.has(image);
  if (!images.some(isDoubtful)) return { artifacts, images, confirmed };
  const limit = pLimit(options.parallelism);
  const read = artifacts.map((artifact) => {
    const { reread } = artifact;
    return reread && artifact.images.some(isDoubtful) ? limit(reread) : Promise.resolve(artifact);
  });
  return settle(await together(read, options.abort), options, publication);
}

/** Platforms that do not fit are an error, unless it may be the cache that is wrong. */
async function confirmPlausible(
  images: readonly Image[],
  remembered: ReadonlySet<Image>,
  options: SettleOptions,
  publication: Publication,
): Promise<Confirmed> {
  try {
    checkPlatforms(images, options.platforms);
  } catch (clash) {
    if (remembered.size > 0) return new Map();
    throw clash;
  }
  return confirmImages(images, remembered, options, publication);
}

/** One manifest that several artifacts lead to is one image. */
function uniqueImages(artifacts: readonly Artifact[]): Image[] {
  const seen = new Set<Digest>();
  return artifacts
    .flatMap(({ images }) => images)
    .filter((image) => {
      if (image.kind === 'loose') return true;
      const { digest } = image.manifest.descriptor;
      const isNew = !seen.has(digest);
      seen.add(digest);
      return isNew;
    });
}
