import { resolve } from 'node:path';
import { Knowledge } from '../../cache/knowledge.ts';
import { AlbaError } from '../../errors.ts';
import { formatPlatform, isSamePlatform } from '../../oci/platform.ts';
import type { CopyEnd, CopyPair } from '../../place/copy-ends.ts';
import { assertWritable } from '../../place/writable.ts';
import { formatNames, shownPath } from '../../progress/format.ts';
import { type Artifact, openArtifact, partOf } from '../../publish/artifact.ts';
import { publishWhole } from '../../publish/publish-whole.ts';
import { writeDockerArchive } from '../../pull/docker-archive.ts';
import { openPublishedSource } from '../../pull/published-source.ts';
import { usualSizeLimit } from '../../pull/size-limit.ts';
import { digestOfImage } from '../../pull/source.ts';
import { usualConcurrency } from '../usual-concurrency.ts';
import { type CopyRun, newTag } from './copy.ts';
import type { CopyPairReport } from './copy-result.ts';

type ArchiveEnd = CopyEnd & { readonly kind: 'docker-archive' };
type RepositoryEnd = CopyEnd & { readonly kind: 'repository' };

/** Copies one image out of an archive of docker save, or into one; such an archive has no manifest, so that it gets or loses one. */
export async function copyDockerArchive({ source, target }: CopyPair, run: CopyRun): Promise<CopyPairReport> {
  if (source.kind === 'docker-archive' && target.kind === 'repository') return copyOut(source, target, run);
  if (source.kind === 'repository' && target.kind === 'docker-archive') return copyIn(source, target, run);
  throw new Error('neither end, or both, is a docker archive');
}

const nothingElse = { passedOver: [], referrers: 0, drift: [] };

async function copyOut(
  { path, name }: ArchiveEnd,
  { locator: { place, tag } }: RepositoryEnd,
  { request, parallelism, threads, progress, abort }: CopyRun,
): Promise<CopyPairReport> {
  const { directory, connection, dryRun, concurrency, temporaryDirectory, now } = request;
  progress.group(`Copy ${path} to ${place.url}`);
  const knowledge = new Knowledge(now);
  const artifact = await openArtifact(resolve(directory, path), {
    ...{ directory, labels: {}, knowledge, threads, progress },
  });
  const chosen = chosenOf(artifact, path, name, request.platforms);
  const own = tag ?? tagIn(name ?? chosen.images[0]?.name);
  if (own === undefined) {
    throw new AlbaError(
      'usage',
      `${place.url} has no tag, and the image in ${path} no name to take one of: add a tag`,
    );
  }
  const repository = await place.openRepository(
    connection,
    { progress, signal: abort.signal },
    dryRun ? 'pull' : 'push',
  );
  try {
    const { destinations, index } = await publishWhole(
      chosen,
      { repository, tags: [own], ...(place.reference && { reference: place.reference }) },
      { dryRun, concurrency, parallelism, threads, temporaryDirectory, progress, abort, now },
    );
    const { digest } = index.descriptor;
    const [report] = destinations.map((destination) => destination.report());
    const { pushedBytes = 0, skippedBytes = 0, missingBytes = 0 } = report ?? {};
    return {
      source: `${shownPath(path, directory)}${name === undefined ? '' : ` (${name})`}`,
      target: repository.reference(undefined, undefined),
      tags: [newTag(own, place.referenceOf(own, digest), digest)],
      ...{ ...nothingElse, pushedBytes, skippedBytes, missingBytes },
    };
  } finally {
    await repository.close();
  }
}

/** `1.0` of `host:5000/app:1.0`. */
function tagIn(name = ''): string | undefined {
  return /:([^/:]+)$/.exec(name)?.[1];
}

/** The image of this name, or the only one, for the wanted platform. */
function chosenOf(
  artifact: Artifact,
  path: string,
  name: string | undefined,
  platforms: CopyRun['request']['platforms'],
): Artifact {
  const isNamed = (own: string | undefined): boolean =>
    name === undefined || own === name || own?.endsWith(`/${name}`) === true;
  const images = artifact.images.filter(
    (image) =>
      isNamed(image.name) &&
      (platforms.length === 0 || platforms.some((one) => isSamePlatform(one, image.platform))),
  );
  if (images.length === 1) return artifact.images.length === 1 ? artifact : partOf(artifact, images);
  const there = artifact.images.map(
    (image) => `${image.name ?? 'one without a name'} (${formatPlatform(image.platform)})`,
  );
  throw new AlbaError(
    'source',
    `docker-archive:${path} holds ${images.length === 0 ? 'no such image' : 'several images'}: name one of ${formatNames(there)}, as docker-archive:${path}:name:tag, or its platform in "platforms"`,
  );
}

async function copyIn(
  { locator }: RepositoryEnd,
  { path, name }: ArchiveEnd,
  { request, threads, progress, abort }: CopyRun,
): Promise<CopyPairReport> {
  const { directory, connection, dryRun, temporaryDirectory, platforms } = request;
  const { concurrency = usualConcurrency } = request;
  const full = resolve(directory, path);
  if (!dryRun) await assertWritable([resolve(full, '..')]);
  progress.group(`Copy ${locator.place.url} to ${path}`);
  await using source = await openPublishedSource(locator, connection, { progress, signal: abort.signal });
  const images = await source.images(platforms.length > 0 ? { kind: 'named', platforms } : { kind: 'all' });
  const [image, ...others] = images;
  if (!image || others.length > 0) {
    const names = formatNames(images.map(({ platform }) => formatPlatform(platform)));
    throw new AlbaError(
      'usage',
      `docker-archive: holds one platform, and ${source.origin} has ${names}: name one in "platforms"`,
    );
  }
  const bytes = { pulled: 0, skipped: 0, missing: 0 };
  const maxSize = await usualSizeLimit(temporaryDirectory);
  const own = name ?? source.name;
  if (!dryRun) {
    await writeDockerArchive(full, {
      ...{ image, name: own, temporaryDirectory, concurrency, maxSize, threads, progress, abort, bytes },
    });
  }
  const digest = digestOfImage(image);
  const shown = shownPath(full, directory);
  return {
    source: source.origin,
    target: `docker-archive:${shown}`,
    tags: [newTag(own, `docker-archive:${shown}${own === undefined ? '' : `:${own}`}`, digest)],
    ...{
      ...nothingElse,
      pushedBytes: bytes.pulled,
      skippedBytes: bytes.skipped,
      missingBytes: bytes.missing,
    },
  };
}
