import pLimit from 'p-limit';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import type { Image } from '../content/content.ts';
import { checkPlatforms } from '../image/assemble.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { Artifact } from './artifact.ts';
import { type FindOptions, findPublished, type PublishedImages } from './find-published.ts';
import type { Publication } from './publication.ts';

/** Besides what looking for images takes, which ones are wanted. */
export interface ReconcileOptions extends FindOptions {
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms?: readonly Platform[] | undefined;
  /** How many archives are read at once. */
  readonly parallelism: number;
}

/** What a release is made of. Images that are not published were read and verified in this run. */
export interface Reconciled {
  readonly artifacts: readonly Artifact[];
  readonly images: readonly Image[];
  readonly published: PublishedImages;
}

/**
 * Finds out which images every target has. An archive that was only remembered is read where the targets do not
 * bear out what was remembered of it: nothing is published on the word of a cache alone.
 */
export async function reconcile(
  artifacts: readonly Artifact[],
  publication: Publication,
  options: ReconcileOptions,
): Promise<Reconciled> {
  const images = uniqueImages(artifacts);
  const remembered = new Set(
    artifacts.flatMap((artifact) => (artifact.kind === 'remembered' ? artifact.images : [])),
  );
  const published = await findPlausible(images, remembered, publication, options);
  const isDoubtful = (image: Image): boolean => remembered.has(image) && !published.has(image);
  if (!images.some(isDoubtful)) return { artifacts, images, published };
  const limit = pLimit(options.parallelism);
  const read = artifacts.map((artifact): Promise<Artifact> => {
    const isRead = artifact.kind === 'remembered' && artifact.images.some(isDoubtful);
    return isRead ? limit(artifact.reread) : Promise.resolve(artifact);
  });
  return reconcile(await allOrAbort(read, options.abort), publication, options);
}

/** Platforms that do not fit are an error, unless it may be the cache that is wrong. */
async function findPlausible(
  images: readonly Image[],
  remembered: ReadonlySet<Image>,
  publication: Publication,
  options: ReconcileOptions,
): Promise<PublishedImages> {
  try {
    checkPlatforms(images, options.platforms);
  } catch (clash) {
    if (remembered.size > 0) return new Map();
    throw clash;
  }
  return findPublished(images, remembered, publication, options);
}

/** One manifest that several artifacts lead to is one image. */
function uniqueImages(artifacts: readonly Artifact[]): Image[] {
  const seen = new Set<Digest>();
  return artifacts
    .flatMap(({ images }): readonly Image[] => images)
    .filter((image) => {
      if (image.kind === 'without-manifest') return true;
      const { digest } = image.manifest.descriptor;
      const isNew = !seen.has(digest);
      seen.add(digest);
      return isNew;
    });
}
