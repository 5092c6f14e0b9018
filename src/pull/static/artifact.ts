import { once } from '../../concurrency/once.ts';
import { openLater } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { isAttestation } from '../../oci/attestation.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Manifest, parseConfig, parseIndex, parseManifest } from '../../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../../oci/media-type.ts';
import { inGoNames, type Platform } from '../../oci/platform.ts';
import { sum } from '../../progress/sum.ts';
import { missingTag } from '../../repository/missing-tag.ts';
import type { RepositoryReader } from '../../repository/repository.ts';
import { isPacked, openArtifactFiles } from './artifact-files.ts';
import { noSuchTag } from './distribution.ts';
import type { FilesOfPlatform, FilesRelease } from './files-release.ts';
import { candidates, type WantedRelease } from './wanted-release.ts';

/**
 * Files that a repository holds as an artifact, as `static push` and oras make them: an index with a manifest for each platform, or one
 * manifest. Throws an AlbaError where there is no such release, or it is no artifact of files.
 */
export async function openArtifactRelease(
  repository: RepositoryReader,
  wanted: WantedRelease,
): Promise<FilesRelease> {
  const { root, tag } = await findRoot(repository, wanted);
  const origin = repository.reference(tag, tag === undefined ? root.digest : undefined);
  const platforms = await platformsOf(repository, root, origin);
  return {
    origin,
    tag,
    digest: root.digest,
    platforms,
    // What is fetched by its digest is what it was.
    isReplaced: async () => false,
    [Symbol.asyncDispose]: () => repository.close(),
  };
}

async function findRoot(
  repository: RepositoryReader,
  { wanted, digest }: WantedRelease,
): Promise<{ readonly root: Descriptor; readonly tag: string | undefined }> {
  if (digest !== undefined) {
    const root = await repository.resolve(digest);
    if (root?.digest !== digest) throw noSuchDigest(repository, digest);
    return { root, tag: wanted.kind === 'tag' ? wanted.tag : undefined };
  }
  if (wanted.kind === 'tag') {
    const root = await repository.resolve(wanted.tag);
    if (!root) throw await missingTag(repository, wanted.tag);
    return { root, tag: wanted.tag };
  }
  const tags = await repository.tags();
  for (const tag of candidates(wanted, tags)) {
    const root = await repository.resolve(tag);
    if (root) return { root, tag };
  }
  throw noSuchTag(repository.reference(undefined, undefined), { wanted, digest }, tags);
}

function noSuchDigest(repository: RepositoryReader, digest: Descriptor['digest']): AlbaError {
  return new AlbaError(
    'source',
    `${repository.reference(undefined, digest)} is not there: was it published?`,
  );
}

async function platformsOf(
  repository: RepositoryReader,
  root: Descriptor,
  origin: string,
): Promise<FilesOfPlatform[]> {
  if (!isIndex(root.mediaType)) return [await filesOf(repository, root, origin)];
  const { manifests } = parseIndex(await read(repository, root, origin), origin);
  const listed = manifests.filter((one) => isManifest(one.mediaType) && !isAttestation(one));
  if (listed.length === 0)
    throw new AlbaError('source', `${origin} is an index that lists no manifest: publish it again`);
  return Promise.all(
    listed.map((descriptor) => filesOf(repository, descriptor, `${origin} (${descriptor.digest})`)),
  );
}

function read(repository: RepositoryReader, descriptor: Descriptor, origin: string): Promise<Buffer> {
  return readDocument({ descriptor, open: openLater(() => repository.fetch(descriptor)) }, origin);
}

/** oras says it in a config of images. */
async function platformOf(
  repository: RepositoryReader,
  { config }: Manifest,
  origin: string,
): Promise<Platform | undefined> {
  if (config.mediaType !== mediaTypes.oci.config) return undefined;
  const { os, architecture, ...rest } = parseConfig(
    await read(repository, config, `${origin}, its config`),
    `${origin}, its config`,
  ).platform;
  return os && architecture ? { os, architecture, ...rest } : undefined;
}

/** The manifest is read when it is wanted, if the index says for which platform it is. */
async function filesOf(
  repository: RepositoryReader,
  descriptor: Descriptor,
  origin: string,
): Promise<FilesOfPlatform> {
  const manifest = once(async () => parseManifest(await read(repository, descriptor, origin), origin));
  const platform = descriptor.platform ?? (await platformOf(repository, await manifest(), origin));
  return {
    platform: platform && inGoNames(platform),
    size: async () => sum((await manifest()).layers.map(({ size }) => size)),
    isPacked: async () => isPacked(await manifest()),
    open: async (folder, options) => openArtifactFiles(repository, await manifest(), origin, folder, options),
  };
}
