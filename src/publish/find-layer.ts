import pLimit from 'p-limit';
import { optionally } from '../concurrency/retry.ts';
import { absent, type Blob, type Layer, openLater } from '../content/content.ts';
import { counted } from '../content/count.ts';
import { messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { compressionOf } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import type { Progress } from '../progress/progress.ts';
import { type Hints, releasedBlob } from './hints.ts';
import { asLayer, asMade, type Recipe } from './prepare-layer.ts';
import { proveLayer } from './prove-layer.ts';
import type { Publication } from './publication.ts';
import type { StandingRelease } from './standing-release.ts';

/** What the search for layers takes. */
export interface FindLayerOptions {
  readonly recipe: Recipe;
  readonly hints: Hints;
  /** How many blobs are proved at once. */
  readonly parallelism: number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** A blob that every target has. */
export interface FoundLayer {
  readonly blob: Blob;
  /** Whether its bytes were held to the diffID. Else it is what the releases say of one platform. */
  readonly isProved: boolean;
}

/**
 * Finds layers that were published. What the release of every target says of a platform is used for it as it is; what only one
 * of several targets says, or another repository, is proved before it is used or taken over.
 */
export class LayerFinder {
  readonly #publication: Publication;
  readonly #options: FindLayerOptions;
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  readonly #proofs = new Map<string, Promise<boolean>>();

  constructor(publication: Publication, options: FindLayerOptions) {
    this.#publication = publication;
    this.#options = options;
    this.#limit = pLimit(options.parallelism);
  }

  /** Undefined where the layer has to be made. `label` is what it is, for people. */
  async find(layer: Layer, platform: Platform, label: string): Promise<FoundLayer | undefined> {
    const { hints } = this.#options;
    const released = await releasedBlob(hints, layer.diffId, platform);
    const blob = released && this.#asWanted(released);
    if (blob && (await this.#publication.obtain(blob, label))) return { blob, isProved: false };
    return (
      (await this.#findProved(hints.targets, layer, platform, label)) ??
      (await this.#findProved(await hints.others(), layer, platform, label))
    );
  }

  async #findProved(
    releases: readonly StandingRelease[],
    layer: Layer,
    platform: Platform,
    label: string,
  ): Promise<FoundLayer | undefined> {
    for (const release of releases) {
      const told = (await release.layersFor(platform)).get(layer.diffId);
      const blob = told && this.#asWanted(told, release);
      if (!blob || !(await this.#publication.couldObtain(blob))) continue;
      if (!(await this.#prove(told, layer, release))) continue;
      if (await this.#publication.obtain(blob, label)) return { blob, isProved: true };
    }
    return undefined;
  }

  /** Undefined where another compression is asked for. */
  #asWanted(descriptor: Descriptor, release?: StandingRelease): Blob | undefined {
    const { compression, format } = this.#options.recipe;
    if (compressionOf(descriptor.mediaType) !== compression) return undefined;
    const heldBy = release?.place.reference;
    return asLayer({ ...absent(descriptor), ...(heldBy && { heldBy }) }, format);
  }

  #prove(told: Descriptor, layer: Layer, release: StandingRelease): Promise<boolean> {
    if (told.digest === whatItWouldBe(layer, this.#options.recipe)) return Promise.resolve(true);
    const key = `${told.digest} ${layer.diffId} ${release.place.repository.url}`;
    const proof = this.#proofs.get(key) ?? this.#limit(() => this.#read(told, layer, release));
    this.#proofs.set(key, proof);
    return proof;
  }

  async #read(told: Descriptor, layer: Layer, { place: { repository } }: StandingRelease): Promise<boolean> {
    const { progress, signal } = this.#options;
    const origin = repository.reference(undefined, told.digest);
    try {
      signal.throwIfAborted();
      progress.expect(told.size);
      const open = counted(
        openLater(() => repository.fetch(told)),
        progress.advance,
      );
      await optionally(() => proveLayer({ descriptor: told, open }, layer, origin));
      progress.debug(`${origin} was read: it is layer ${layer.diffId}`);
      return true;
    } catch (failure) {
      signal.throwIfAborted();
      progress.warn(`${messageOf(failure)}; it is not used, the layer is made`);
      return false;
    }
  }
}

/** The digest that the layer comes to when it is made, where that is known by now. */
function whatItWouldBe(layer: Layer, recipe: Recipe): Digest | undefined {
  return recipe.compression === 'none' ? layer.diffId : asMade(layer, recipe)?.descriptor.digest;
}
