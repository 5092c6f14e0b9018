import semver from 'semver';
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
import type { Progress } from '../progress/progress.ts';
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

/**
 * Reads the releases; where they differ, those named first count. Layers are only learned from images of the
 * wanted platforms: one that was published as it came may hold another compression of a layer than alba's. What
 * cannot be read is left out: this saves work, nothing depends on it.
 */
export async function readPublished(
  bases: readonly Base[],
  wanted: readonly Platform[],
  progress: Progress,
): Promise<Published> {
  const read = (base: Base): Promise<readonly PublishedImage[]> => {
    const attempt: Attempt = (work) =>
      work().catch((failure: unknown) => {
        progress.debug(`nothing is learned from ${base.repository.url}: ${messageOf(failure)}`);
        return [];
      });
    return attempt(() => readBase(base, attempt));
  };
  // Of two entries with one key the later counts, so what was named first comes last.
  const images = (await Promise.all(bases.map(read))).flat().reverse();
  const isWanted = ({ built, platform: told = built }: PublishedImage) =>
    wanted.some((platform) => isSamePlatform(platform, built) || isSamePlatform(platform, told));
  return {
    layers: new Map(images.filter(isWanted).flatMap(({ layers }) => layers)),
    platforms: new Map(images.flatMap(({ digest, platform }) => (platform ? [[digest, platform]] : []))),
  };
}

interface PublishedImage {
  readonly digest: Digest;
  /** What the index says, if there is one. */
  readonly platform: Platform | undefined;
  /** What the config says. */
  readonly built: Platform;
  readonly layers: readonly (readonly [diffId: Digest, layer: PublishedLayer])[];
}

/** Gives nothing where something fails: one manifest that is missing says nothing of the others. */
type Attempt = <T>(work: () => Promise<readonly T[]>) => Promise<readonly T[]>;

async function readBase(
  { repository, tags, reference }: Base,
  attempt: Attempt,
): Promise<readonly PublishedImage[]> {
  const root = await findRelease({ repository, tags });
  if (!root) return [];
  const readImage = async ({ descriptor, bytes, origin }: Document): Promise<readonly PublishedImage[]> => {
    const { config, layers: blobs } = parseManifest(bytes, origin);
    const { platform: built, diffIds } = parseConfig((await read(config)).bytes, config.digest);
    const isPaired = diffIds.length === blobs.length;
    const layers = blobs.map(
      (blob, index) =>
        [diffIds[index] as Digest, { descriptor: blob, ...(reference && { heldBy: reference }) }] as const,
    );
    const { digest, platform } = descriptor;
    return [{ digest, platform, built, layers: isPaired ? layers : [] }];
  };
  const read = async (descriptor: Descriptor): Promise<DocumentBytes> => {
    const origin = `${repository.url} (${descriptor.digest})`;
    const open = openLater(() => repository.fetch(descriptor));
    return { bytes: await readDocument({ descriptor, open }, origin, 'target'), origin };
  };
  const reading: Promise<readonly PublishedImage[]>[] = [];
  const source = { origin: repository.url, fault: 'target', limits: graphLimits.release } as const;
  const readKnown = async (descriptor: Descriptor): Promise<DocumentBytes | undefined> => {
    const isAttestation = descriptor.platform?.os === 'unknown';
    return isAttestation ? undefined : (await attempt(async () => [await read(descriptor)]))[0];
  };
  for await (const document of walkGraph([root], { ...source, read: readKnown })) {
    if (isManifest(document.descriptor.mediaType)) reading.push(attempt(() => readImage(document)));
    if (reading.length === mostLearnedFrom) break;
  }
  return (await Promise.all(reading)).flat();
}

async function findRelease({ repository, tags }: Base): Promise<Descriptor | undefined> {
  for (const tag of tags) {
    const found = await repository.resolve(tag);
    if (found) return found;
  }
  const newest = newestTag(await repository.tags());
  return newest === undefined ? undefined : repository.resolve(newest);
}

/** The highest version; without any version the last tag by its text. */
function newestTag(tags: readonly string[]): string | undefined {
  const named = [...tags].sort();
  const versions = named.filter((tag) => semver.valid(tag, { loose: true }));
  return versions.sort((a, b) => semver.compare(a, b, { loose: true })).at(-1) ?? named.at(-1);
}
