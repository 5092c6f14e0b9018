import pLimit from 'p-limit';
import { settingsOf } from '../compression/compress.ts';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import {
  absent,
  type Blob,
  type Image,
  type ImageWithManifest,
  type ImageWithoutManifest,
  type Layer,
  leaf,
} from '../content/content.ts';
import { assembleImage, configOf } from '../image/assemble.ts';
import type { Digest } from '../oci/digest.ts';
import { formatPlatform } from '../oci/platform.ts';
import { LayerFinder } from './find-layer.ts';
import type { Hints } from './hints.ts';
import { asFound, type PrepareLayerOptions, prepareLayer, type Receive } from './prepare-layer.ts';
import type { Publication } from './publication.ts';
import type { Reconciled } from './reconcile.ts';

/** What the making of images takes. */
export interface PrepareOptions extends PrepareLayerOptions {
  readonly hints: Hints;
  /** Whether layers may be sent before it is clear what the release comes to. */
  readonly sendEarly: boolean;
  /** What aborts the signal. */
  readonly abort: AbortController;
}

/** An image as it is published, and how much of it had to be made for that. */
export interface PreparedImage {
  readonly image: ImageWithManifest;
  /** Why its artifact was read; undefined where it was not. */
  readonly why?: string;
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
export async function prepareImages(
  { artifacts, images, published }: Reconciled,
  maker: ImageMaker,
  abort: AbortController,
): Promise<PreparedImage[]> {
  const reasons = new Map<Image, string>();
  for (const artifact of artifacts) {
    if (artifact.kind === 'local') for (const image of artifact.images) reasons.set(image, artifact.why);
  }
  const prepare = async (image: Image): Promise<PreparedImage> => {
    const why = reasons.get(image);
    return { ...(await prepareOne(image, published.get(image), maker)), ...(why !== undefined && { why }) };
  };
  return allOrAbort(images.map(prepare), abort);
}

async function prepareOne(
  image: Image,
  there: ImageWithManifest | undefined,
  maker: ImageMaker,
): Promise<PreparedImage> {
  if (there) return { image: there, made: 0, spared: there.manifest.children.length - 1 };
  return image.kind === 'with-manifest' ? { image, made: 0, spared: 0 } : maker.make(image);
}

interface PreparedLayer {
  readonly blob: Blob;
  /** Whether it was there, compressed by this run, or came compressed. */
  readonly origin: 'published' | 'made' | 'found';
  /** Whether its bytes were read in this run. Else it is what a release says of one platform, and good for that alone. */
  readonly isProved: boolean;
}

/** Makes each image once, and layers that several share. What a release says of one platform is not shared with another. */
export class ImageMaker {
  readonly #options: PrepareOptions;
  readonly #publication: Publication;
  readonly #finder: LayerFinder;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #images = new Map<Image, Promise<PreparedImage>>();
  readonly #layers = new Map<Digest, Promise<PreparedLayer>>();

  constructor(publication: Publication, options: PrepareOptions) {
    this.#options = options;
    this.#publication = publication;
    this.#finder = new LayerFinder(publication, options);
    this.#limit = pLimit(options.parallelism);
  }

  /** Its layers become blobs, which go to the targets as far as that may be. */
  make(image: ImageWithoutManifest): Promise<PreparedImage> {
    const made = this.#images.get(image) ?? this.#makeImage(image);
    this.#images.set(image, made);
    return made;
  }

  async #makeImage(image: ImageWithoutManifest): Promise<PreparedImage> {
    const { recipe, abort, sendEarly } = this.#options;
    const making = allOrAbort(
      image.layers.map((layer) => this.#prepareOnce(layer, image)),
      abort,
    );
    const sending = sendEarly ? this.#sendConfig(image) : Promise.resolve();
    const [layers] = await Promise.all([making, allOrAbort([sending], abort)]);
    const blobs = layers.map(({ blob }) => blob);
    return {
      image: assembleImage(image, blobs, recipe.format, recipe.annotations),
      made: layers.filter(({ origin }) => origin === 'made').length,
      spared: layers.filter(({ origin }) => origin === 'published').length,
    };
  }

  /** It names what the layers are before they are compressed, so that it is known from the start. */
  #sendConfig(image: ImageWithoutManifest): Promise<void> {
    const config = configOf(image, this.#options.recipe.format);
    return this.#publication.send(leaf(config), `config ${formatPlatform(image.platform)}`);
  }

  #prepareOnce(layer: Layer, image: ImageWithoutManifest): Promise<PreparedLayer> {
    const before = this.#layers.get(layer.diffId);
    const prepared = before ? this.#share(before, layer, image) : this.#prepare(layer, image);
    this.#layers.set(layer.diffId, prepared);
    return prepared;
  }

  async #share(
    before: Promise<PreparedLayer>,
    layer: Layer,
    image: ImageWithoutManifest,
  ): Promise<PreparedLayer> {
    const prepared = await before;
    return prepared.isProved ? prepared : this.#prepare(layer, image);
  }

  async #prepare(layer: Layer, { origin, platform }: ImageWithoutManifest): Promise<PreparedLayer> {
    const label = `layer ${formatPlatform(platform)}`;
    const { recipe, hints, sendEarly } = this.#options;
    const found = asFound(layer, recipe);
    const known = found ? undefined : await this.#finder.find(layer, platform, label);
    const blob = found ?? known?.blob ?? (await this.#make(layer, origin, label));
    if (!layer.isKept) hints.knowledge.learnLayer(layer.diffId, settingsOf(recipe), blob.descriptor);
    if (sendEarly && !known) await this.#publication.send(leaf(blob), label);
    return {
      blob,
      origin: found ? 'found' : known ? 'published' : 'made',
      isProved: known?.isProved ?? true,
    };
  }

  async #make(layer: Layer, origin: string, label: string): Promise<Blob> {
    const receive: Receive = (source, mediaType) => this.#publication.receive(source, mediaType, label);
    const sendsEarly = this.#options.sendEarly && !(await this.#seemsThere(layer));
    return this.#limit(() => {
      this.#options.signal.throwIfAborted();
      return prepareLayer(layer, origin, this.#options, sendsEarly ? receive : undefined);
    });
  }

  /** Whether what earlier runs made of a layer is at every target: then it most likely need not be sent once it is made. */
  async #seemsThere({ diffId }: Layer): Promise<boolean> {
    const { hints, recipe } = this.#options;
    const remembered = hints.knowledge.layerOf(diffId, settingsOf(recipe));
    return remembered !== undefined && (await this.#publication.has(leaf(absent(remembered))));
  }
}
