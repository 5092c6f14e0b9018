import type { Knowledge } from '../cache/knowledge.ts';
import { type CompressionSettings, settingsOf } from '../compression/compress.ts';
import { together } from '../concurrency/all-or-abort.ts';
import { absent, type Image, type LooseImage, type SealedImage } from '../content/content.ts';
import type { Annotation } from '../image/annotate.ts';
import { assembleImage } from '../image/assemble.ts';
import { mergeImages } from '../image/merge.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf, type Format } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import { asFound, asLayer } from './prepare-layer.ts';
import type { Publication } from './publication.ts';
import type { Published } from './published-layers.ts';

/** Images that every target has, under those that were read or remembered: nothing is left to do for them. */
export type Confirmed = ReadonlyMap<Image, SealedImage>;

/** How images come out, as which they are looked for. */
export interface ConfirmOptions extends CompressionSettings {
  readonly format: Format;
  readonly annotations: readonly Annotation[];
  readonly abort: AbortController;
  readonly knowledge: Knowledge;
  /** Asked when what was learned does not lead to what is at every target. */
  readonly published: () => Promise<Published>;
}

/**
 * Guesses what the images came out as last time, and asks the targets. A guess counts when the index that it
 * gives is at every target: its digest covers everything in it. A single image counts when its manifest is; one
 * that was only remembered moreover when a published index says that it is for its platform.
 */
export async function confirmImages(
  images: readonly Image[],
  remembered: ReadonlySet<Image>,
  options: ConfirmOptions,
  publication: Publication,
): Promise<Confirmed> {
  const guesses = images.map((image) => guess(image, options, rememberedBlob(options)));
  const whole = guesses.filter((image) => image !== undefined);
  if (
    whole.length === images.length &&
    (await publication.has(mergeImages(whole, options.format, options.annotations)))
  ) {
    return new Map(images.map((image, index) => [image, whole[index] as SealedImage]));
  }
  const confirmed = new Map<Image, SealedImage>();
  const confirm = async (image: Image, index: number): Promise<void> => {
    if (image.kind === 'sealed') return;
    const isRemembered = remembered.has(image);
    const found =
      (await confirmGuess(guesses[index], isRemembered, options, publication)) ??
      (await confirmGuess(await guessPublished(image, options), isRemembered, options, publication));
    if (!found) return;
    confirmed.set(image, found);
    learnLayers(image, found, options);
  };
  await together(images.map(confirm), options.abort);
  return confirmed;
}

async function confirmGuess(
  guessed: SealedImage | undefined,
  isRemembered: boolean,
  { published }: ConfirmOptions,
  publication: Publication,
): Promise<SealedImage | undefined> {
  if (!guessed) return undefined;
  const { platform, manifest } = guessed;
  if (isRemembered) {
    const told = (await published()).platforms.get(manifest.descriptor.digest);
    if (!told || formatPlatform(told) !== formatPlatform(platform)) return undefined;
  }
  return (await publication.has(manifest)) ? guessed : undefined;
}

async function guessPublished(image: LooseImage, options: ConfirmOptions): Promise<SealedImage | undefined> {
  const { layers } = await options.published();
  const remembered = rememberedBlob(options);
  return guess(image, options, (diffId) => {
    const descriptor = layers.get(diffId)?.descriptor;
    return descriptor && compressionOf(descriptor.mediaType) === options.compression
      ? descriptor
      : remembered(diffId);
  });
}

/** The image as it came out last time, if there is a guess for each of its layers. */
function guess(
  image: Image,
  options: ConfirmOptions,
  blobOf: (diffId: Digest) => Descriptor | undefined,
): SealedImage | undefined {
  if (image.kind === 'sealed') return image;
  const layers = image.layers.map((layer) => {
    const descriptor = asFound(layer, options)?.descriptor ?? blobOf(layer.diffId);
    return descriptor && asLayer(absent(descriptor), options.format);
  });
  return layers.every((layer) => layer !== undefined)
    ? assembleImage(image, layers, options.format, options.annotations)
    : undefined;
}

function rememberedBlob(options: ConfirmOptions) {
  return (diffId: Digest): Descriptor | undefined => options.knowledge.layerOf(diffId, settingsOf(options));
}

function learnLayers(image: LooseImage, { manifest }: SealedImage, options: ConfirmOptions): void {
  image.layers.forEach((layer, index) => {
    const blob = manifest.children[index + 1];
    if (blob && !layer.compressed)
      options.knowledge.learnLayer(layer.diffId, settingsOf(options), blob.descriptor);
  });
}
