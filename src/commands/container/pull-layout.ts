import { Knowledge } from '../../cache/knowledge.ts';
import { formatPlatform } from '../../oci/platform.ts';
import type { PullDestination } from '../../place/pull-destination.ts';
import { assertWritable, directoriesOf } from '../../place/writable.ts';
import { formatNames } from '../../progress/format.ts';
import { sum } from '../../progress/sum.ts';
import { type Artifact, openArtifact, partOf } from '../../publish/artifact.ts';
import type { TaggedRepository } from '../../publish/publication-options.ts';
import { publishWhole } from '../../publish/publish-whole.ts';
import { openRemoteArtifact } from '../../publish/remote-artifact.ts';
import { choosePlatforms } from '../../pull/choose-platforms.ts';
import { provingLayers } from '../../pull/proving-layers.ts';
import { usualLimit } from '../../pull/size-limit.ts';
import { tidyLayout } from '../../repository/layout.ts';
import type { PullRun } from './pull.ts';
import type { ContainerPullResult } from './pull-result.ts';

/**
 * An image goes into a layout as a push brings it there: what is published or lies in a layout stays as it is, with what refers to
 * it, and what lies there is not fetched again.
 */
export async function pullLayout(
  { place, tag }: PullDestination & { readonly kind: 'layout' },
  run: PullRun,
): Promise<ContainerPullResult> {
  const { request, progress, abort, parallelism, threads } = run;
  const { connection, directory, dryRun, concurrency, temporaryDirectory, now, source } = request;
  if (!dryRun) await assertWritable(directoriesOf([place], directory));
  const artifact = await openSource(run);
  const repository = await place.openRepository(connection, { progress, signal: abort.signal }, 'push');
  try {
    const chosen = await proving(chooseImages(artifact, run), run);
    const own = tag ?? (source.kind === 'published' ? source.locator.tag : undefined);
    const target: TaggedRepository = { repository, tags: own === undefined ? [] : [own] };
    const release = await publishWhole(chosen, target, {
      ...{ dryRun, concurrency, parallelism, threads, temporaryDirectory, progress, abort, now },
    });
    const reports = release.destinations.map((destination) => destination.report());
    // Of what is unchanged nothing is written, which would see to it.
    if (!dryRun) for (const folder of directoriesOf([place], directory)) await tidyLayout(folder);
    const [pulledBytes, skippedBytes, missingBytes] = [
      sum(reports.map((report) => report.pushedBytes)),
      sum(reports.map((report) => report.skippedBytes)),
      sum(reports.map((report) => report.missingBytes)),
    ];
    return {
      source: originOf(run),
      digest: release.index.descriptor.digest,
      path: place.url,
      images: release.images.map(({ image }) => ({
        platform: formatPlatform(image.platform),
        digest: image.manifest.descriptor.digest,
        unchanged: !release.destinations.some((one) => one.wasMissing(image.manifest.descriptor.digest)),
        restored: [],
      })),
      ...{ pulledBytes, skippedBytes, missingBytes, dryRun },
      unchanged: pulledBytes + missingBytes === 0,
    };
  } finally {
    await repository.close();
    if (artifact.kind === 'published') await artifact.close();
  }
}

/** What is read of a path is held to its diffIDs already. */
async function proving(
  artifact: Artifact,
  { request: { maxSize }, progress, threads, abort: { signal } }: PullRun,
): Promise<Artifact> {
  if (artifact.kind !== 'published') return artifact;
  const images = artifact.images.flatMap((image) => (image.kind === 'with-manifest' ? image : []));
  const prove = await provingLayers(images, { maxSize: maxSize ?? usualLimit, progress, threads, signal });
  return {
    ...artifact,
    root: prove(artifact.root),
    images: images.map((image) => ({ ...image, manifest: prove(image.manifest) })),
  };
}

function openSource({ request, path, progress, abort, threads }: PullRun): Promise<Artifact> {
  const { source, connection, directory, now } = request;
  if (path !== undefined) {
    const knowledge = new Knowledge(now);
    return openArtifact(path, { directory, labels: {}, knowledge, threads, progress });
  }
  if (source.kind !== 'published') throw new Error('the source is neither published nor a path');
  return openRemoteArtifact(source.locator, connection, { progress, signal: abort.signal });
}

function originOf({ request: { source } }: PullRun): string {
  if (source.kind === 'path') return source.path;
  const { place, tag, digest } = source.locator;
  return `${place.url}${tag === undefined ? '' : ` ${tag}`}${digest === undefined ? '' : ` ${digest}`}`;
}

/** All of it, or the images for these platforms, in an index that names no others. */
function chooseImages(artifact: Artifact, { request: { platforms }, progress, path }: PullRun): Artifact {
  if (platforms.kind === 'all') return artifact;
  const origin = artifact.images[0]?.origin ?? path ?? '';
  const images = [...new Set(choosePlatforms(platforms, artifact.images, origin, progress))];
  if (images.length === artifact.images.length) return artifact;
  const names = formatNames(images.map(({ platform }) => formatPlatform(platform)));
  progress.line(`${origin}: ${names} alone, so that what names it is another index, or its manifest itself`);
  return partOf(artifact, images);
}
