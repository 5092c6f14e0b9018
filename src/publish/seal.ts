import pLimit from 'p-limit';
import type { Knowledge } from '../cache/knowledge.ts';
import { settingsOf } from '../compression/compress.ts';
import { together } from '../concurrency/all-or-abort.ts';
import {
  absent,
  type Blob,
  type Image,
  type Layer,
  type LooseImage,
  leaf,
  type SealedImage,
} from '../content/content.ts';
import type { Annotation } from '../image/annotate.ts';
import { assembleImage } from '../image/assemble.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import { asFound, asLayer, type PrepareOptions, prepareLayer } from './prepare-layer.ts';
import type { Publication } from './publication.ts';
import type { Published } from './published-layers.ts';
import type { Settled } from './reconcile.ts';

/** How images get their manifests. */
export interface SealOptions extends Omit<PrepareOptions, 'signal' | 'receive'> {
  readonly knowledge: Knowledge;
  /** Asked when a layer is not known to be at every target in its place. */
  readonly published: () => Promise<Published>;
  readonly abort: AbortController;
  readonly annotations: readonly Annotation[];
  /** Whether layers may be sent before it is clear what the release comes to. */
  readonly sendEarly: boolean;
}

/** An image with its manifest, and how much of it had to be made for that. */
export interface Sealed {
  readonly image: SealedImage;
  /** Layers that were compressed. */
  readonly made: number;
  /** Layers that earlier runs spared. */
  readonly spared: number;
}

/**
 * Gives every image its manifest. What every target has is done. All else layer by layer: one that is published
 * is used as it is there, the others are compressed, once for all images, and sent while the next one is
 * compressed.
 */
export async function sealImages(
  { images, confirmed }: Settled,
  options: SealOptions,
  publication: Publication,
): Promise<Sealed[]> {
  const sealer = new Sealer(options, publication);
  const seal = async (image: Image): Promise<Sealed> => {
    const there = confirmed.get(image);
    if (there) return { image: there, made: 0, spared: there.manifest.children.length - 1 };
    return image.kind === 'sealed' ? { image, made: 0, spared: 0 } : sealer.seal(image);
  };
  return together(images.map(seal), options.abort);
}

interface Prepared {
  readonly blob: Blob;
  /** Whether it was there, compressed by this run, or came compressed. */
  readonly origin: 'published' | 'made' | 'found';
}

class Sealer {
  readonly #options: SealOptions;
  readonly #publication: Publication;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #layers = new Map<Digest, Promise<Prepared>>();

  constructor(options: SealOptions, publication: Publication) {
    this.#options = options;
    this.#publication = publication;
    this.#limit = pLimit(options.parallelism);
  }

  async seal(image: LooseImage): Promise<Sealed> {
    const layers = await together(
      image.layers.map((layer) => this.#prepareOnce(layer, image)),
      this.#options.abort,
    );
    const blobs = layers.map(({ blob }) => blob);
    return {
      image: assembleImage(image, blobs, this.#options.format, this.#options.annotations),
      made: layers.filter(({ origin }) => origin === 'made').length,
      spared: layers.filter(({ origin }) => origin === 'published').length,
    };
  }

  #prepareOnce(layer: Layer, image: LooseImage): Promise<Prepared> {
    const prepared = this.#layers.get(layer.diffId) ?? this.#prepare(layer, image);
    this.#layers.set(layer.diffId, prepared);
    return prepared;
  }

  async #prepare(layer: Layer, { origin, platform }: LooseImage): Promise<Prepared> {
    const label = `layer ${formatPlatform(platform)}`;
    const { knowledge } = this.#options;
    const found = asFound(layer, this.#options);
    const known = found ?? (await this.#findPublished(layer, label));
    const blob = known ?? (await this.#make(layer, origin, label));
    knowledge.learnLayer(layer.diffId, settingsOf(this.#options), blob.descriptor);
    if (this.#options.sendEarly && (found || !known)) await this.#publication.send(leaf(blob), label);
    return { blob, origin: found ? 'found' : known ? 'published' : 'made' };
  }

  async #findPublished({ diffId }: Layer, label: string): Promise<Blob | undefined> {
    const published = (await this.#options.published()).layers.get(diffId);
    if (!published || compressionOf(published.descriptor.mediaType) !== this.#options.compression)
      return undefined;
    const blob = asLayer({ ...published, ...absent(published.descriptor) }, this.#options.format);
    return (await this.#publication.obtain(blob, label)) ? blob : undefined;
  }

  #make(layer: Layer, origin: string, label: string): Promise<Blob> {
    const { signal } = this.#options.abort;
    const receive: PrepareOptions['receive'] = (source, mediaType) =>
      this.#publication.receive(source, mediaType, label);
    return this.#limit(() => {
      signal.throwIfAborted();
      return prepareLayer(layer, origin, {
        ...this.#options,
        signal,
        ...(this.#options.sendEarly && { receive }),
      });
    });
  }
}
