import pLimit from 'p-limit';
import { settingsOf } from '../compression/compress.ts';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { absent, type Image, type ImageWithManifest, type ImageWithoutManifest } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { assembleImage } from '../image/assemble.ts';
import { checkPlatforms } from '../image/check-platforms.ts';
import { checkSboms } from '../image/sbom.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf, isPulled } from '../oci/media-type.ts';
import { formatPlatform, type Platform } from '../oci/platform.ts';
import type { Artifact, RememberedArtifact } from './artifact.ts';
import { type Hints, isListedForPlatform, isReleased, releasedBlob } from './hints.ts';
import { type IndexPlan, planIndex } from './plan-index.ts';
import { asFound, asLayer, type Recipe } from './prepare-layer.ts';
import type { Publication } from './publication.ts';

/** Images that every target has, under those that were read or remembered: nothing is left to do for them. */
export type PublishedImages = ReadonlyMap<Image, ImageWithManifest>;

/** What reconciling takes. */
export interface ReconcileOptions {
  /** How images come out, and so what they are looked for as. */
  readonly recipe: Recipe;
  readonly hints: Hints;
  /** The platforms that must be there and no others; undefined takes what comes. */
  readonly platforms: readonly Platform[] | undefined;
  /** How many archives are read at once. */
  readonly parallelism: number;
  readonly abort: AbortController;
  /** Told of each artifact that is read after all. */
  readonly onRead: (artifact: Artifact) => void;
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
  const plan = planIndex(artifacts, options.recipe);
  const published = await findPlausible(images, artifacts, plan, publication, options);
  const isDoubtful = (image: Image): boolean => remembered.has(image) && !published.has(image);
  if (!images.some(isDoubtful)) return { artifacts, images, published };
  const limit = pLimit(options.parallelism);
  const reread = async (artifact: RememberedArtifact): Promise<Artifact> => {
    const local = await artifact.reread();
    options.onRead(local);
    return local;
  };
  const read = artifacts.map((artifact): Promise<Artifact> => {
    const isWrong = artifact.kind === 'remembered' && artifact.images.some(isDoubtful);
    return isWrong ? limit(() => reread(artifact)) : Promise.resolve(artifact);
  });
  return reconcile(await allOrAbort(read, options.abort), publication, options);
}

/** Platforms that do not fit are an error, unless it may be the cache that is wrong. */
async function findPlausible(
  images: readonly Image[],
  artifacts: readonly Artifact[],
  plan: IndexPlan,
  publication: Publication,
  options: ReconcileOptions,
): Promise<PublishedImages> {
  try {
    checkCopies(images);
    checkPlatforms(images, options.platforms);
    checkSboms(options.recipe.sboms ?? [], images);
  } catch (clash) {
    if (!artifacts.every(isRead)) return new Map();
    throw clash;
  }
  return findPublished(images, artifacts, plan, publication, options);
}

/** Whether its images are known from its bytes, not from a cache. */
function isRead({ kind }: Artifact): boolean {
  return kind !== 'remembered';
}

/** One manifest that several artifacts lead to is one image. */
function uniqueImages(artifacts: readonly Artifact[]): Image[] {
  const seen = new Set<string>();
  return artifacts
    .flatMap(({ images }): readonly Image[] => images)
    .filter((image) => {
      if (image.kind === 'without-manifest') return true;
      const key = `${digestOfImage(image)} ${formatPlatform(image.platform)}`;
      const isNew = !seen.has(key);
      seen.add(key);
      return isNew;
    });
}

/** Fails where one image is said to be for two platforms: a copy under another platform's name is no build for it. */
function checkCopies(images: readonly Image[]): void {
  const seen = new Map<Digest, Image>();
  for (const image of images.filter(isImage)) {
    const known = seen.get(digestOfImage(image));
    if (known && formatPlatform(known.platform) !== formatPlatform(image.platform)) {
      const platforms = [known, image].map(({ platform }) => formatPlatform(platform)).join(' and ');
      throw new AlbaError(
        'source',
        `${known.origin} and ${image.origin} are for ${platforms}, but hold one image: was one platform built twice?`,
      );
    }
    seen.set(digestOfImage(image), image);
  }
}

/** The config of other artifacts is the same for all. */
function isImage(image: Image): boolean {
  return image.kind === 'with-manifest' || image.artifactType === undefined;
}

function digestOfImage(image: Image): Digest {
  return (image.kind === 'with-manifest' ? image.manifest : image.config).descriptor.digest;
}

/**
 * Guesses what images came out as last time, and asks the targets. The guess of an index counts when it is what stands at every
 * target: its digest covers everything in it. That of a single image counts when what stands there lists its manifest for its
 * platform. That something is there by its digest says nothing of who put it there.
 */
async function findPublished(
  images: readonly Image[],
  artifacts: readonly Artifact[],
  plan: IndexPlan,
  publication: Publication,
  options: ReconcileOptions,
): Promise<PublishedImages> {
  const { hints } = options;
  const guesses = new Map<Image, ImageWithManifest>();
  for (const image of images) {
    const guessed = guess(image, options.recipe, rememberedBlob(options));
    if (guessed) guesses.set(image, guessed);
  }
  if (guesses.size === images.length) {
    const index = plan.make([...guesses.values()]);
    const isSure = artifacts.every(isRead) && images.every(({ kind }) => kind === 'with-manifest');
    const isBorneOut = isSure || (await isReleased(hints, index.descriptor));
    if (isBorneOut && (await publication.has(index))) return guesses;
  }
  const covered = new Set(artifacts.filter(hasIndexes).flatMap((artifact) => artifact.images));
  const published = new Map<Image, ImageWithManifest>();
  const find = async (image: Image): Promise<void> => {
    if (image.kind === 'with-manifest' || covered.has(image)) return;
    const found = await findPublishedImage(image, publication, options);
    if (found) published.set(image, found);
  };
  await allOrAbort(images.map(find), options.abort);
  return published;
}

/** The image as every target has it already, where what stands there says so; undefined: it is to be made. */
export async function findPublishedImage(
  image: ImageWithoutManifest,
  publication: Publication,
  options: Pick<ReconcileOptions, 'recipe' | 'hints'>,
): Promise<ImageWithManifest | undefined> {
  const ifThere = (guessed: ImageWithManifest | undefined) =>
    ifPublished(guessed, publication, options.hints);
  const found =
    (await ifThere(guess(image, options.recipe, rememberedBlob(options)))) ??
    (await ifThere(await guessFromReleases(image, options)));
  if (found) learnLayers(image, found, options);
  return found;
}

/** What was guessed, if it is at every target, and what stands there says so. */
async function ifPublished(
  guessed: ImageWithManifest | undefined,
  publication: Publication,
  hints: Hints,
): Promise<ImageWithManifest | undefined> {
  if (!guessed) return undefined;
  const { platform, manifest } = guessed;
  const isBorneOut = await isListedForPlatform(hints, manifest.descriptor, platform);
  return isBorneOut && (await publication.has(manifest)) ? guessed : undefined;
}

/** Nothing but the digest of the whole index bears out what a cache says of indexes. */
function hasIndexes(artifact: Artifact): boolean {
  return artifact.kind === 'remembered' && artifact.indexes !== undefined;
}

async function guessFromReleases(
  image: ImageWithoutManifest,
  { recipe, hints }: Pick<ReconcileOptions, 'recipe' | 'hints'>,
): Promise<ImageWithManifest | undefined> {
  const blobs = new Map<Digest, Descriptor>();
  for (const { diffId } of image.layers) {
    const blob = await releasedBlob(hints, diffId, image.platform);
    if (blob && compressionOf(blob.mediaType) === recipe.compression) blobs.set(diffId, blob);
  }
  return guess(image, recipe, (diffId) => blobs.get(diffId));
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

function rememberedBlob({ recipe, hints }: Pick<ReconcileOptions, 'recipe' | 'hints'>) {
  return (diffId: Digest): Descriptor | undefined => {
    const descriptor = hints.knowledge.layerOf(diffId, settingsOf(recipe));
    return descriptor && isPulled(recipe.format, compressionOf(descriptor.mediaType))
      ? descriptor
      : undefined;
  };
}

function learnLayers(
  image: ImageWithoutManifest,
  { manifest }: ImageWithManifest,
  { recipe, hints }: Pick<ReconcileOptions, 'recipe' | 'hints'>,
): void {
  image.layers.forEach((layer, index) => {
    const blob = manifest.children[index + 1];
    if (blob && !layer.compressed)
      hints.knowledge.learnLayer(layer.diffId, settingsOf(recipe), blob.descriptor);
  });
}
