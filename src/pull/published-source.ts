import { Readable } from 'node:stream';
import type { RetryContext } from '../concurrency/retry.ts';
import type { Image } from '../content/content.ts';
import { openLater } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../oci/media-type.ts';
import { inGoNames } from '../oci/platform.ts';
import { formatReference } from '../oci/reference.ts';
import type { Connection } from '../place/connection.ts';
import type { Locator } from '../place/locator.ts';
import { missingTag } from '../repository/missing-tag.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { type Remote, readRemote } from '../source/remote.ts';
import { choosePlatforms, type WantedPlatforms } from './choose-platforms.ts';
import type { PullSource } from './source.ts';

/**
 * Something published. A digest is taken as it is, a tag is resolved now, which is one request; manifests are read when images
 * are asked for, those of the wanted platforms alone, and layers when they are opened.
 */
export async function openPublishedSource(
  locator: Locator,
  connection: Connection,
  context: RetryContext,
): Promise<PullSource> {
  const { place, tag, digest } = locator;
  const repository = await place.openRepository(connection, context, 'pull');
  try {
    const tagged = digest || tag === undefined ? undefined : await repository.resolve(tag);
    const known = digest ?? tagged?.digest;
    if (!known) throw await missingTag(repository, tag, place.listsUntagged);
    const origin = repository.reference(tag, digest);
    const name = nameOf(locator);
    return {
      origin,
      digest: known,
      ...(name !== undefined && { name }),
      images: async (wanted) => {
        const root = tagged ?? (await resolveDigest(repository, known));
        return readImages({ repository, locator, origin, context }, root, wanted);
      },
      [Symbol.asyncDispose]: () => repository.close(),
    };
  } catch (failure) {
    await repository.close();
    throw failure;
  }
}

interface Reading {
  readonly repository: RepositoryReader;
  readonly locator: Locator;
  readonly origin: string;
  readonly context: RetryContext;
}

function nameOf({ place, tag }: Locator): string | undefined {
  if (tag === undefined) return undefined;
  if (place.reference) return formatReference({ ...place.reference, tag });
  return place.storedName === undefined ? undefined : `${place.storedName}:${tag}`;
}

async function resolveDigest(repository: RepositoryReader, digest: Digest): Promise<Descriptor> {
  const found = await repository.resolve(digest);
  if (found?.digest === digest) return found;
  const where = `${repository.reference(undefined, undefined)}@${digest}`;
  throw new AlbaError(
    'source',
    found
      ? `${where} is another manifest there, ${found.digest}: the repository is damaged, publish it again`
      : `${where} is not there: was it published, and not cleaned up since?`,
  );
}

async function readImages(
  { repository, locator, origin, context }: Reading,
  root: Descriptor,
  wanted: WantedPlatforms,
): Promise<Image[]> {
  const { progress } = context;
  const remote = rememberingConfigs(repository);
  const options = { origin, heldBy: locator.place.reference, progress };
  const listed = isIndex(root.mediaType) ? await readListed(remote, root, origin) : undefined;
  const chosen = listed && choosePlatforms(wanted, listed, origin, progress);
  const images: Image[] = [];
  for (const { descriptor } of chosen ?? [{ descriptor: root }]) {
    const found = await readRemote(remote, descriptor, options);
    for (const one of resolvePlatforms(found.images, origin, progress)) images.push(one);
    for (const other of found.images.length === 0 ? found.others : []) progress.warn(other);
  }
  if (images.length > 0) return chosen ? images : choosePlatforms(wanted, images, origin, progress);
  throw new AlbaError(
    'source',
    `${origin} is no image: it has no files to unpack; oci:./directory as the destination takes it as it is`,
  );
}

/** The images that an index lists with their platforms; undefined where it leaves one out, or lists other indexes: all is read then. */
async function readListed(remote: Remote, root: Descriptor, origin: string) {
  const open = openLater(() => remote.fetch(root));
  const { manifests } = parseIndex(await readDocument({ descriptor: root, open }, origin), origin);
  const images = manifests.filter((descriptor) => !isAttestation(descriptor));
  const listed = images.flatMap((descriptor) => {
    const { platform, mediaType } = descriptor;
    if (!platform || !isManifest(mediaType) || platform.os === 'unknown') return [];
    return [{ descriptor, platform: inGoNames(platform) }];
  });
  return listed.length === images.length && listed.length > 0 ? listed : undefined;
}

/** Configs are wanted twice, for the platform and for the diffIDs of layers. */
function rememberingConfigs(repository: RepositoryReader): Remote {
  const known = new Map<string, Promise<Buffer>>();
  const configs: readonly string[] = [mediaTypes.oci.config, mediaTypes.docker.config];
  const read = async (descriptor: Descriptor): Promise<Buffer> => {
    const open = openLater(() => repository.fetch(descriptor));
    return readDocument({ descriptor, open }, `${repository.url} (${descriptor.digest})`);
  };
  return {
    referrers: (digest) => repository.referrers(digest),
    async fetch(descriptor) {
      if (!configs.includes(descriptor.mediaType)) return repository.fetch(descriptor);
      const bytes = known.get(descriptor.digest) ?? read(descriptor);
      known.set(descriptor.digest, bytes);
      return Readable.from([await bytes], { objectMode: false });
    },
  };
}
