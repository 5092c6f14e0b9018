import { optionally } from '../concurrency/retry.ts';
import { openLater } from '../content/content.ts';
import { type DocumentBytes, graphLimits, mostLearnedFrom, walkGraph } from '../content/graph.ts';
import { readDocument } from '../content/verify.ts';
import { messageOf } from '../errors.ts';
import { completePlatform } from '../oci/complete-platform.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseConfig, parseManifest } from '../oci/manifest.ts';
import { isIndex, isManifest } from '../oci/media-type.ts';
import { formatPlatform, type Platform, spellPlatform } from '../oci/platform.ts';
import { newestVersion } from '../oci/tag-order.ts';
import type { Progress } from '../progress/progress.ts';
import { sum } from '../progress/sum.ts';
import type { TaggedRepository } from './publication-options.ts';

/** Which blob each layer of an image became, by its diffID. */
export type LayerBlobs = ReadonlyMap<Digest, Descriptor>;

/** What an image of it is made of. */
interface StandingImage {
  /** The platform, formatted. */
  readonly key: string;
  readonly layers: readonly (readonly [Digest, Descriptor])[];
  /** In bytes: config and layers, as they are stored. */
  readonly size: number;
}

/** A release as far as it has been read. */
export interface KnownRelease {
  /** That it was found by. */
  readonly tag: string;
  readonly digest: Digest;
  /** In bytes, of what it has for a platform: config and layers; undefined where its manifest was not read. */
  sizeFor(platform: Platform): number | undefined;
  /** Whether its index is known to list this manifest. */
  lists(manifest: Digest): boolean;
}

/**
 * The release that stands at a repository: what the first of its tags that is there names, or of those that `cache-from`
 * names of it, else the newest version, else `latest`. Branches and commits have tags, too, and are no release. It is read as far as it is asked about, once; what
 * cannot be read is left out, as nothing depends on it.
 */
export class StandingRelease {
  readonly place: TaggedRepository;
  readonly #progress: Progress;
  readonly #layers = new Map<string, Promise<LayerBlobs>>();
  readonly #images = new Map<Digest, Promise<StandingImage | undefined>>();
  /** By platform, of the images that were read; the first of each counts. */
  readonly #sizes = new Map<string, number>();
  #isWanted = false;
  #first: Promise<Descriptor | undefined> | undefined;
  #root: Promise<(Descriptor & { readonly tag: string }) | undefined> | undefined;
  #manifests: Promise<readonly Descriptor[]> | undefined;

  constructor(place: TaggedRepository, progress: Progress) {
    this.place = place;
    this.#progress = progress;
  }

  /** Begins to look for it, so that the answer, a connection and a login are there when something is to be known. */
  lookAhead(): void {
    void this.#findRoot();
  }

  /** Whether the first tag names this already. Nothing more is asked for that, and nothing of the release is wanted. */
  async isTagged({ digest }: Descriptor): Promise<boolean> {
    const [tag] = this.place.tags;
    if (tag === undefined) return false;
    return (await this.#attempt(() => this.#resolve(tag)))?.digest === digest;
  }

  /** Whether it is this index, or this manifest. */
  async is({ digest }: Descriptor): Promise<boolean> {
    this.#isWanted = true;
    return (await this.#findRoot())?.digest === digest;
  }

  /** Whether an index of it lists this manifest for just this platform. */
  async lists(digest: Digest, platform: Platform): Promise<boolean> {
    const manifests = await this.#findManifests();
    return manifests.some((found) => found.digest === digest && isSpelledAlike(found.platform, platform));
  }

  /** What layers became in its images for a platform, which index and config have to agree on. */
  layersFor(platform: Platform): Promise<LayerBlobs> {
    const key = formatPlatform(platform);
    const layers = this.#layers.get(key) ?? this.#readLayers(key);
    this.#layers.set(key, layers);
    return layers;
  }

  /** Whether any of its images has a layer. */
  async holds(diffId: Digest): Promise<boolean> {
    const images = await this.#readImages(await this.#findManifests());
    return images.some(({ layers }) => layers.some(([held]) => held === diffId));
  }

  /** What has been read of it by now: nothing is asked for that. Undefined where nothing was, and where nothing stands. */
  async known(): Promise<KnownRelease | undefined> {
    const root = this.#isWanted ? await this.#root : undefined;
    if (!root) return undefined;
    const manifests = new Set((await this.#manifests)?.map(({ digest }) => digest));
    return {
      tag: root.tag,
      digest: root.digest,
      sizeFor: (platform) => this.#sizes.get(formatPlatform(platform)),
      lists: (manifest) => manifests.has(manifest),
    };
  }

  /** The first tag is asked for once. */
  #resolve(tag: string): Promise<Descriptor | undefined> {
    const { repository, tags } = this.place;
    if (tag !== tags[0]) return repository.resolve(tag);
    this.#first ??= repository.resolve(tag);
    return this.#first;
  }

  #findRoot() {
    this.#root ??= this.#attempt(async () => {
      const { repository, tags, releases = [] } = this.place;
      for (const tag of [...tags, ...releases]) {
        const found = await this.#resolve(tag);
        if (found) return { ...found, tag };
      }
      const others = await repository.tags();
      const tag = newestVersion(others) ?? others.find((other) => other === 'latest');
      const found = tag === undefined ? undefined : await repository.resolve(tag);
      return found && tag !== undefined ? { ...found, tag } : undefined;
    });
    return this.#root;
  }

  #findManifests(): Promise<readonly Descriptor[]> {
    this.#isWanted = true;
    this.#manifests ??= this.#readManifests();
    return this.#manifests;
  }

  async #readManifests(): Promise<readonly Descriptor[]> {
    const root = await this.#findRoot();
    if (!root) return [];
    if (isManifest(root.mediaType)) return [root];
    const found: Descriptor[] = [];
    const origin = this.place.repository.url;
    const read = async (descriptor: Descriptor) =>
      isIndex(descriptor.mediaType) ? this.#attempt(() => this.#readBytes(descriptor)) : undefined;
    await this.#attempt(async () => {
      const source = { origin, fault: 'target', limits: graphLimits.release, read } as const;
      for await (const { successors } of walkGraph([root], source)) {
        for (const one of successors.filter(({ mediaType, platform }) => isManifest(mediaType) && platform))
          found.push(one);
      }
    });
    return found;
  }

  /** Of two images that tell of one layer the first counts, as clients take the first of a platform. */
  async #readLayers(key: string): Promise<LayerBlobs> {
    const manifests = (await this.#findManifests()).filter(
      ({ platform }) => !platform || formatPlatform(platform) === key,
    );
    const images = (await this.#readImages(manifests)).filter((image) => image.key === key);
    const [first] = images;
    if (first) this.#sizes.set(key, first.size);
    return new Map(images.flatMap(({ layers }) => layers).reverse());
  }

  /** Each is read once; those that cannot be, and too many, are left out. */
  async #readImages(manifests: readonly Descriptor[]): Promise<StandingImage[]> {
    const read = (manifest: Descriptor): Promise<StandingImage | undefined> => {
      const image = this.#images.get(manifest.digest) ?? this.#attempt(() => this.#readImage(manifest));
      this.#images.set(manifest.digest, image);
      return image;
    };
    const images = await Promise.all(manifests.slice(0, mostLearnedFrom).map(read));
    return images.flatMap((image) => image ?? []);
  }

  /** Only a tag that names a manifest without any index leaves the platform to the config alone. */
  async #readImage(manifest: Descriptor): Promise<StandingImage | undefined> {
    const { bytes, origin } = await this.#readBytes(manifest);
    const { config, layers: blobs } = parseManifest(bytes, origin);
    const found = await this.#readBytes(config);
    const { platform: built, diffIds } = parseConfig(found.bytes, found.origin);
    const told = { platform: manifest.platform ?? {}, by: 'the index' };
    const platform = completePlatform([told, { platform: built, by: 'its config' }], origin, 'it');
    if (!platform || diffIds.length !== blobs.length) return undefined;
    const layers = blobs.flatMap((blob, index) => {
      const diffId = diffIds[index];
      return diffId ? [[diffId, blob] as const] : [];
    });
    return { key: formatPlatform(platform), layers, size: sum([config, ...blobs].map(({ size }) => size)) };
  }

  async #readBytes(descriptor: Descriptor): Promise<DocumentBytes> {
    const { repository } = this.place;
    const origin = `${repository.url} (${descriptor.digest})`;
    const open = openLater(() => repository.fetch(descriptor));
    return { bytes: await readDocument({ descriptor, open }, origin, 'target'), origin };
  }

  async #attempt<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await optionally(work);
    } catch (failure) {
      const { url } = this.place.repository;
      this.#progress.debug(`nothing is learned from ${url}: ${messageOf(failure)}`);
      return undefined;
    }
  }
}

function isSpelledAlike(told: Platform | undefined, platform: Platform): boolean {
  const spell = (one: Platform): string => JSON.stringify([spellPlatform(one), one['os.features'] ?? []]);
  return told !== undefined && spell(told) === spell(platform);
}
