import semver from 'semver';
import type { Progress } from '../content/progress.ts';
import { readDocument } from '../content/verify.ts';
import { messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseConfig, parseIndex, parseManifest } from '../oci/manifest.ts';
import { isIndex, isManifest } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import type { Reference } from '../oci/reference.ts';
import type { Repository } from '../repository/repository.ts';

/** A published release to learn from. */
export interface Base {
  readonly repository: Repository;
  /** The first that is there counts; none is, or none is given: the newest tag. */
  readonly tags: readonly string[];
  /** Given where its blobs can be taken over by other repositories of the registry. */
  readonly reference?: Reference;
}

/** A layer as it was published. */
export interface PublishedLayer {
  readonly descriptor: Descriptor;
  readonly heldBy?: Reference;
}

/** What is published, as far as it helps to publish the next release. */
export interface Published {
  /** Which blob each layer became: configs list diffIDs, their manifests the blobs, in the same order. */
  readonly layers: ReadonlyMap<Digest, PublishedLayer>;
  /** Which platform an index says that a manifest is for. */
  readonly platforms: ReadonlyMap<Digest, Platform>;
}

/** Platforms looked at in one release. */
const maxManifests = 32;

/**
 * Reads the releases; where they differ, those named first count. What cannot be read is left out: this saves
 * work, nothing depends on it.
 */
export async function readPublished(bases: readonly Base[], progress: Progress): Promise<Published> {
  const read = async (base: Base): Promise<Published> => {
    try {
      return await readBase(base);
    } catch (failure) {
      progress.debug(`nothing is learned from ${base.repository.url}: ${messageOf(failure)}`);
      return { layers: new Map(), platforms: new Map() };
    }
  };
  const found = (await Promise.all(bases.map(read))).reverse();
  return {
    layers: new Map(found.flatMap(({ layers }) => [...layers])),
    platforms: new Map(found.flatMap(({ platforms }) => [...platforms])),
  };
}

async function readBase(base: Base): Promise<Published> {
  const layers = new Map<Digest, PublishedLayer>();
  const platforms = new Map<Digest, Platform>();
  const root = await findRelease(base);
  if (!root) return { layers, platforms };
  const read = (descriptor: Descriptor): Promise<Buffer> => readFrom(base.repository, descriptor);
  const manifests = isIndex(root.mediaType) ? parseIndex(await read(root), root.digest).manifests : [root];
  const images = manifests.filter(
    ({ mediaType, platform }) => isManifest(mediaType) && platform?.os !== 'unknown',
  );
  await Promise.all(
    images.slice(0, maxManifests).map(async (descriptor) => {
      const { digest, platform } = descriptor;
      const { config, layers: blobs } = parseManifest(await read(descriptor), digest);
      const { diffIds } = parseConfig(await read(config), config.digest);
      if (platform) platforms.set(digest, platform);
      if (diffIds.length !== blobs.length) return;
      blobs.forEach((blob, index) => {
        const diffId = diffIds[index];
        const heldBy = base.reference && { heldBy: base.reference };
        if (diffId) layers.set(diffId, { descriptor: blob, ...heldBy });
      });
    }),
  );
  return { layers, platforms };
}

async function findRelease({ repository, tags }: Base): Promise<Descriptor | undefined> {
  for (const tag of tags) {
    const found = await repository.resolve(tag);
    if (found) return found;
  }
  const newest = newestTag(await repository.tags());
  return newest === undefined ? undefined : repository.resolve(newest);
}

/** The highest version; without any version the last tag by its text. Fallback tags of referrers are none. */
function newestTag(tags: readonly string[]): string | undefined {
  const named = tags.filter((tag) => !/^sha256-[0-9a-f]{64}/.test(tag)).sort();
  const versions = named.filter((tag) => semver.valid(tag, { loose: true }));
  return versions.sort((a, b) => semver.compare(a, b, { loose: true })).at(-1) ?? named.at(-1);
}

function readFrom(repository: Repository, descriptor: Descriptor): Promise<Buffer> {
  const open = (): ReturnType<Repository['fetch']> => repository.fetch(descriptor);
  return readDocument({ descriptor, open }, `${repository.url} (${descriptor.digest})`, 'target');
}
