import pLimit from 'p-limit';
import type { Knowledge } from '../cache/knowledge.ts';
import {
  type Blob,
  type Image,
  type Layer,
  type LooseImage,
  leaf,
  type SealedImage,
} from '../content/content.ts';
import { together } from '../content/together.ts';
import { AlbaError } from '../errors.ts';
import { assembleImage } from '../image/assemble.ts';
import { mergeImages } from '../image/merge.ts';
import { asFound, asLayer, type PrepareOptions, prepareLayer, settingsOf } from '../layer/prepare.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { Publication } from './publication.ts';
import type { PublishedLayer } from './published.ts';

export interface SealOptions extends Omit<PrepareOptions, 'signal'> {
  /** How many layers are compressed at once. */
  readonly parallelism: number;
  readonly knowledge: Knowledge;
  /** Asked when a layer is not known to be at every target in its place. */
  readonly published: () => Promise<ReadonlyMap<Digest, PublishedLayer>>;
}

/** An image with its manifest, and how much of it had to be made for that. */
export interface Sealed {
  readonly image: SealedImage;
  /** Layers that were compressed. */
  readonly made: number;
}

/**
 * Gives every image its manifest. First by what earlier runs learned: if the manifest that this gives is at every
 * target, nothing is left to do. Else layer by layer: one that a target has published is used as it is there, all
 * others are compressed, once for all images, and sent while the next one is compressed.
 */
export async function sealImages(
  images: readonly Image[],
  options: SealOptions,
  publication: Publication,
  abort: AbortController,
): Promise<Sealed[]> {
  const guesses = images.map((image) => guess(image, options));
  const known = guesses.filter((image) => image !== undefined);
  const isComplete =
    known.length === images.length && (await publication.has(mergeImages(known, options.format)));
  const sealer = new Sealer(options, publication, abort);
  const seal = async (image: Image, guessed: SealedImage | undefined): Promise<Sealed> => {
    if (guessed && (isComplete || image.kind === 'sealed' || (await publication.has(guessed.manifest)))) {
      return { image: guessed, made: 0 };
    }
    return image.kind === 'sealed' ? { image, made: 0 } : sealer.seal(image);
  };
  return together(
    images.map((image, index) => seal(image, guesses[index])),
    abort,
  );
}

/** The image as it came out last time, if all of it is remembered. */
function guess(image: Image, { knowledge, format, ...settings }: SealOptions): SealedImage | undefined {
  if (image.kind === 'sealed') return image;
  const layers = image.layers.map((layer) => {
    const found = asFound(layer, format);
    const descriptor = found?.descriptor ?? knowledge.layerOf(layer.diffId, settingsOf(settings));
    return descriptor && asLayer({ descriptor, open: found?.open ?? gone(descriptor) }, format);
  });
  return layers.every((layer) => layer !== undefined) ? assembleImage(image, layers, format) : undefined;
}

interface Prepared {
  readonly blob: Blob;
  readonly isMade: boolean;
}

class Sealer {
  readonly #options: SealOptions;
  readonly #publication: Publication;
  readonly #abort: AbortController;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #layers = new Map<Digest, Promise<Prepared>>();

  constructor(options: SealOptions, publication: Publication, abort: AbortController) {
    this.#options = options;
    this.#publication = publication;
    this.#abort = abort;
    this.#limit = pLimit(options.parallelism);
  }

  async seal(image: LooseImage): Promise<Sealed> {
    const layers = await together(
      image.layers.map((layer) => this.#prepareOnce(layer, image)),
      this.#abort,
    );
    const blobs = layers.map(({ blob }) => blob);
    return {
      image: assembleImage(image, blobs, this.#options.format),
      made: layers.filter(({ isMade }) => isMade).length,
    };
  }

  #prepareOnce(layer: Layer, image: LooseImage): Promise<Prepared> {
    const prepared = this.#layers.get(layer.diffId) ?? this.#prepare(layer, image);
    this.#layers.set(layer.diffId, prepared);
    return prepared;
  }

  async #prepare(layer: Layer, { origin, platform }: LooseImage): Promise<Prepared> {
    const label = `layer ${formatPlatform(platform)}`;
    const { knowledge, format, ...settings } = this.#options;
    const found = asFound(layer, format);
    const known = found ?? (await this.#findPublished(layer, label));
    const blob = known ?? (await this.#make(layer, origin));
    knowledge.learnLayer(layer.diffId, settingsOf(settings), blob.descriptor);
    if (found || !known) await this.#publication.send(leaf(blob), label);
    return { blob, isMade: !known };
  }

  async #findPublished({ diffId }: Layer, label: string): Promise<Blob | undefined> {
    const published = (await this.#options.published()).get(diffId);
    if (!published || compressionOf(published.descriptor.mediaType) !== 'gzip') return undefined;
    const blob = asLayer({ ...published, open: gone(published.descriptor) }, this.#options.format);
    return (await this.#publication.obtain(blob, label)) ? blob : undefined;
  }

  #make(layer: Layer, origin: string): Promise<Blob> {
    const { signal } = this.#abort;
    return this.#limit(() => {
      signal.throwIfAborted();
      return prepareLayer(layer, origin, { ...this.#options, signal });
    });
  }
}

/** For what is used as it is there: its bytes are not here. */
function gone({ digest }: Descriptor): Blob['open'] {
  return () => {
    throw new AlbaError('target', `${digest} was there a moment ago and is no longer: run this once more`);
  };
}
