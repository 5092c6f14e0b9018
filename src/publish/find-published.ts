import { settingsOf } from '../compression/compress.ts';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { absent, type Image, type ImageWithManifest, type ImageWithoutManifest } from '../content/content.ts';
import { assembleImage, mergeImages } from '../image/assemble.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import { asFound, asLayer, type Recipe } from './prepare-layer.ts';
import type { Publication } from './publication.ts';
import type { Hints } from './published-layers.ts';

/** Images that every target has, under those that were read or remembered: nothing is left to do for them. */
export type PublishedImages = ReadonlyMap<Image, ImageWithManifest>;

/** What looking for images takes. */
export interface FindOptions {
  /** How images come out, and so what they are looked for as. */
  readonly recipe: Recipe;
  readonly hints: Hints;
  readonly abort: AbortController;
}

/**
 * Guesses what images came out as last time, and asks the targets. A guess counts when the index that it gives is at
 * every target: its digest covers everything in it. A single image counts when its manifest is; one that was only
 * `remembered` moreover when a published index says that it is for its platform.
 */
export async function findPublished(
  images: readonly Image[],
  remembered: ReadonlySet<Image>,
  publication: Publication,
  options: FindOptions,
): Promise<PublishedImages> {
  const { format, annotations } = options.recipe;
  const guesses = new Map<Image, ImageWithManifest>();
  for (const image of images) {
    const guessed = guess(image, options.recipe, rememberedBlob(options));
    if (guessed) guesses.set(image, guessed);
  }
  const isWhole = guesses.size === images.length;
  if (isWhole && (await publication.has(mergeImages([...guesses.values()], format, annotations)))) {
    return guesses;
  }
  const published = new Map<Image, ImageWithManifest>();
  const find = async (image: Image): Promise<void> => {
    if (image.kind === 'with-manifest') return;
    const ifThere = (guessed: ImageWithManifest | undefined) =>
      ifPublished(guessed, remembered.has(image), publication, options);
    const found =
      (await ifThere(guesses.get(image))) ?? (await ifThere(await guessFromPublished(image, options)));
    if (!found) return;
    published.set(image, found);
    learnLayers(image, found, options);
  };
  await allOrAbort(images.map(find), options.abort);
  return published;
}

/** What was guessed, if it is at every target and, where it was only remembered, for the platform that an index says. */
async function ifPublished(
  guessed: ImageWithManifest | undefined,
  isRemembered: boolean,
  publication: Publication,
  { hints }: FindOptions,
): Promise<ImageWithManifest | undefined> {
  if (!guessed) return undefined;
  const { platform, manifest } = guessed;
  if (isRemembered) {
    const told = (await hints.published()).platforms.get(manifest.descriptor.digest);
    if (!told || formatPlatform(told) !== formatPlatform(platform)) return undefined;
  }
  return (await publication.has(manifest)) ? guessed : undefined;
}

async function guessFromPublished(
  image: ImageWithoutManifest,
  options: FindOptions,
): Promise<ImageWithManifest | undefined> {
  const { recipe, hints } = options;
  const { layers } = await hints.published();
  const remembered = rememberedBlob(options);
  return guess(image, recipe, (diffId) => {
    const descriptor = layers.get(diffId)?.descriptor;
    return descriptor && compressionOf(descriptor.mediaType) === recipe.compression
      ? descriptor
      : remembered(diffId);
  });
}

/** The image as it came out last time, if there is a guess for each of its layers. */
function guess(
  image: Image,
  recipe: Recipe,
  blobOf: (diffId: Digest) => Descriptor | undefined,
): ImageWithManifest | undefined {
  if (image.kind === 'with-manifest') return image;
  const layers = image.layers.flatMap((layer) => {
    const descriptor = asFound(layer, recipe)?.descriptor ?? blobOf(layer.diffId);
    return descriptor ? [asLayer(absent(descriptor), recipe.format)] : [];
  });
  if (layers.length < image.layers.length) return undefined;
  return assembleImage(image, layers, recipe.format, recipe.annotations);
}

function rememberedBlob({ recipe, hints }: FindOptions) {
  return (diffId: Digest): Descriptor | undefined => hints.knowledge.layerOf(diffId, settingsOf(recipe));
}

function learnLayers(
  image: ImageWithoutManifest,
  { manifest }: ImageWithManifest,
  { recipe, hints }: FindOptions,
): void {
  image.layers.forEach((layer, index) => {
    const blob = manifest.children[index + 1];
    if (blob && !layer.compressed)
      hints.knowledge.learnLayer(layer.diffId, settingsOf(recipe), blob.descriptor);
  });
}
