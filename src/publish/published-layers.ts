import type { Knowledge } from '../cache/knowledge.ts';
import { openLater } from '../content/content.ts';
import {
  type Document,
  type DocumentBytes,
  graphLimits,
  mostLearnedFrom,
  walkGraph,
} from '../content/graph.ts';
import { readDocument } from '../content/verify.ts';
import { messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseConfig, parseManifest } from '../oci/manifest.ts';
import { isManifest } from '../oci/media-type.ts';
import { isSamePlatform, type Platform } from '../oci/platform.ts';
import type { Reference } from '../oci/reference.ts';
import { newestTag } from '../oci/tag-order.ts';
import type { Progress } from '../progress/progress.ts';
import type { TaggedRepository } from './destination.ts';

/** A layer as it was published. */
export interface PublishedLayer {
  readonly descriptor: Descriptor;
  /** Where it can be taken over from. */
  readonly heldBy?: Reference;
}

/** What is published, as far as it helps to publish the next release. */
export interface PublishedLayers {
  /** Which blob each layer became: configs list diffIDs, their manifests the blobs, in the same order. */
  readonly layers: ReadonlyMap<Digest, PublishedLayer>;
  /** Which platform an index says that a manifest is for. */
  readonly platforms: ReadonlyMap<Digest, Platform>;
}

/** What a layer may have become already: guesses, each to be borne out by the targets. */
export interface Hints {
  /** What earlier runs learned. */
  readonly knowledge: Knowledge;
  /** What is published at the targets, and elsewhere; read when it is asked for first. */
  published(): Promise<PublishedLayers>;
}

interface PublishedImage {
  readonly digest: Digest;
  /** What the index says, if there is one. */
  readonly platform: Platform | undefined;
  /** What the config says. */
  readonly built: Platform;
  readonly layers: readonly (readonly [diffId: Digest, layer: PublishedLayer])[];
}

/**
 * Reads releases: of each repository the first tag that is there, else the newest one. Where they differ, those named
 * first count. Layers are only learned from images of the wanted platforms: one that was published as it came may hold
 * another compression of a layer than alba's. What cannot be read is left out: this saves work, nothing depends on it.
 */
export async function readPublishedLayers(
  releases: readonly TaggedRepository[],
  wanted: readonly Platform[],
  progress: Progress,
): Promise<PublishedLayers> {
  // Of two entries with one key the later counts, so what was named first comes last.
  const read = await Promise.all(releases.map((release) => new ReleaseReader(release, progress).read()));
  const images = read.flat().reverse();
  const isWanted = ({ built, platform: told = built }: PublishedImage) =>
    wanted.some((platform) => isSamePlatform(platform, built) || isSamePlatform(platform, told));
  return {
    layers: new Map(images.filter(isWanted).flatMap(({ layers }) => layers)),
    platforms: new Map(images.flatMap(({ digest, platform }) => (platform ? [[digest, platform]] : []))),
  };
}

class ReleaseReader {
  readonly #release: TaggedRepository;
  readonly #progress: Progress;
  readonly #images: Promise<PublishedImage | undefined>[] = [];

  constructor(release: TaggedRepository, progress: Progress) {
    this.#release = release;
    this.#progress = progress;
  }

  async read(): Promise<PublishedImage[]> {
    await this.#attempt(() => this.#walk());
    return (await Promise.all(this.#images)).filter((image) => image !== undefined);
  }

  async #walk(): Promise<void> {
    const { repository } = this.#release;
    const root = await this.#find();
    if (!root) return;
    const source = { origin: repository.url, fault: 'target', limits: graphLimits.release } as const;
    const read = (descriptor: Descriptor) => this.#readIfImage(descriptor);
    for await (const document of walkGraph([root], { ...source, read })) {
      if (!isManifest(document.descriptor.mediaType)) continue;
      this.#images.push(this.#attempt(() => this.#readImage(document)));
      if (this.#images.length === mostLearnedFrom) return;
    }
  }

  async #find(): Promise<Descriptor | undefined> {
    const { repository, tags } = this.#release;
    for (const tag of tags) {
      const found = await repository.resolve(tag);
      if (found) return found;
    }
    const newest = newestTag(await repository.tags());
    return newest === undefined ? undefined : repository.resolve(newest);
  }

  /** One manifest that is missing says nothing of the others; attestations have no layers to learn from. */
  async #readIfImage(descriptor: Descriptor): Promise<DocumentBytes | undefined> {
    if (descriptor.platform?.os === 'unknown') return undefined;
    return this.#attempt(() => this.#readBytes(descriptor));
  }

  async #readImage({ descriptor, bytes, origin }: Document): Promise<PublishedImage> {
    const { reference } = this.#release;
    const { config, layers: blobs } = parseManifest(bytes, origin);
    const found = await this.#readBytes(config);
    const { platform: told, diffIds } = parseConfig(found.bytes, found.origin);
    // What a config leaves out is asked for by nobody.
    const built = { ...told, os: told.os ?? '', architecture: told.architecture ?? '' };
    const layers = blobs.flatMap((blob, index) => {
      const diffId = diffIds[index];
      return diffId ? [[diffId, { descriptor: blob, ...(reference && { heldBy: reference }) }] as const] : [];
    });
    const { digest, platform } = descriptor;
    return { digest, platform, built, layers: diffIds.length === blobs.length ? layers : [] };
  }

  async #readBytes(descriptor: Descriptor): Promise<DocumentBytes> {
    const { repository } = this.#release;
    const origin = `${repository.url} (${descriptor.digest})`;
    const open = openLater(() => repository.fetch(descriptor));
    return { bytes: await readDocument({ descriptor, open }, origin, 'target'), origin };
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (failure) {
      const { url } = this.#release.repository;
      this.#progress.debug(`nothing is learned from ${url}: ${messageOf(failure)}`);
      return undefined;
    }
  }
}
