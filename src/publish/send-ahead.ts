import { basename } from 'node:path';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { type Image, leaf, type Node } from '../content/content.ts';
import { compressionOf } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { MetLayer } from '../source/met-layer.ts';
import type { Artifact } from './artifact.ts';
import { type Hints, isInAnyRelease } from './hints.ts';
import type { ImageMaker } from './prepare-images.ts';
import type { Recipe } from './prepare-layer.ts';
import type { Publication } from './publication.ts';
import { findPublishedImage } from './reconcile.ts';

/** What sending ahead takes. */
export interface SendAheadOptions {
  readonly recipe: Recipe;
  readonly hints: Hints;
  readonly maker: ImageMaker;
  readonly abort: AbortController;
}

/**
 * Sends what artifacts hold as soon as each is read, while others still are, and large layers as soon as they are met: blobs,
 * never a manifest, and nothing of an image that every target has. Who reads them all decides what becomes of it.
 */
export class SendAhead implements AsyncDisposable {
  readonly #publication: Publication;
  readonly #options: SendAheadOptions;
  readonly #platforms = new Set<string>();
  readonly #sending: Promise<void>[] = [];
  #isDone = false;

  constructor(publication: Publication, options: SendAheadOptions) {
    this.#publication = publication;
    this.#options = options;
  }

  /** Begins to send the images of an artifact that was read; of a second one for a platform it is not known yet whether it is wanted. */
  take(artifact: Artifact): void {
    if (artifact.kind !== 'local') return;
    for (const image of artifact.images) {
      const platform = formatPlatform(image.platform);
      if (this.#platforms.has(platform)) continue;
      this.#platforms.add(platform);
      this.#begin(this.#send(image));
    }
  }

  /** Begins to send a layer whose archive is still read. */
  takeLayer(layer: MetLayer): void {
    this.#begin(this.#sendLayer(layer));
  }

  /** Rejects, when nothing is under way any more, with the first failure. */
  async done(): Promise<void> {
    await allOrAbort(this.#sending, this.#options.abort);
    this.#isDone = true;
  }

  /** What is still under way then is of no use: something else has failed. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (!this.#isDone) this.#options.abort.abort();
    await Promise.allSettled(this.#sending);
  }

  #begin(sending: Promise<void>): void {
    sending.catch((failure: unknown) => this.#options.abort.abort(failure));
    this.#sending.push(sending);
  }

  /** One that a release has, wherever it stands, may be there as another blob: its archive tells for which platform it is. */
  async #sendLayer({ path, blob, diffId }: MetLayer): Promise<void> {
    const { recipe, hints } = this.#options;
    if (compressionOf(blob.descriptor.mediaType) !== recipe.compression) return;
    // Where that cannot be told, who needs it says so.
    if (diffId && (await isInAnyRelease(hints, diffId).catch(() => true))) return;
    await this.#publication.send(leaf(blob), `layer ${basename(path)}`);
  }

  async #send(image: Image): Promise<void> {
    if (image.kind === 'without-manifest') {
      const found = await findPublishedImage(image, this.#publication, this.#options);
      if (!found) await this.#options.maker.make(image);
      return;
    }
    const platform = formatPlatform(image.platform);
    await this.#sendBlobs(image.manifest, platform);
    for (const attestation of image.attestations) await this.#sendBlobs(attestation, 'of an attestation');
  }

  async #sendBlobs(manifest: Node, owner: string): Promise<void> {
    if (await this.#publication.has(manifest)) return;
    const blobs = manifest.children.map((blob, position) =>
      this.#publication.send(blob, `${position === 0 ? 'config' : 'layer'} ${owner}`),
    );
    await allOrAbort(blobs, this.#options.abort);
  }
}
