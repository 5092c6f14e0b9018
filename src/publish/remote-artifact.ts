import type { RetryContext } from '../concurrency/retry.ts';
import { AlbaError } from '../errors.ts';
import type { Connection } from '../place/connection.ts';
import type { Locator } from '../place/locator.ts';
import type { Progress } from '../progress/progress.ts';
import type { RepositoryReader } from '../repository/repository.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { readRemote } from '../source/remote.ts';
import { describeImage, type PublishedArtifact } from './artifact.ts';
import { artifactKind } from './artifact-kind.ts';
import type { StandingRelease } from './standing-release.ts';

/** What is asked of the targets before a release is read that may be there already. */
export interface KnownAtTargets {
  /** What stands there; none where nobody knows. */
  readonly targets: () => Promise<readonly StandingRelease[]>;
  /** Whether configs are read even where every target has the release by its tag. */
  readonly needsConfigs: boolean;
}

/** A published image or index, or what is neither, to publish elsewhere, too. Manifests are read now, blobs when a target lacks them. */
export async function openRemoteArtifact(
  locator: Locator,
  connection: Connection,
  context: RetryContext,
  known: KnownAtTargets = { targets: async () => [], needsConfigs: true },
): Promise<PublishedArtifact> {
  const repository = await locator.place.openRepository(connection, context, 'pull');
  try {
    return await readRemoteArtifact(locator, repository, context.progress, known);
  } catch (failure) {
    await repository.close();
    throw failure;
  }
}

async function readRemoteArtifact(
  { place, tag, digest }: Locator,
  repository: RepositoryReader,
  progress: Progress,
  { targets, needsConfigs }: KnownAtTargets,
): Promise<PublishedArtifact> {
  const origin = repository.reference(tag, digest);
  const wanted = digest ?? tag;
  if (wanted === undefined) {
    throw new AlbaError('usage', `${origin} names neither a tag nor a digest: add one`);
  }
  const [descriptor, standing] = await Promise.all([repository.resolve(wanted), targets()]);
  if (!descriptor)
    throw new AlbaError('source', `${origin} is not there: was it published, and not cleaned up since?`);
  if (digest && descriptor.digest !== digest) {
    throw new AlbaError(
      'source',
      `${origin} is another manifest there, ${descriptor.digest}: leave out the tag or the digest`,
    );
  }
  const tagged = await Promise.all(standing.map((release) => release.isTagged(descriptor)));
  const isEverywhere = tagged.length > 0 && tagged.every(Boolean);
  const nearer = standing[tagged.indexOf(true)]?.place.repository;
  const options = {
    ...{ origin, heldBy: place.reference, progress, wantsReferrers: true },
    ...(nearer && { nearer }),
    isKnown: isEverywhere && !needsConfigs,
  };
  const { images: found, ...release } = await readRemote(repository, descriptor, options);
  if (found.length === 0) {
    const kind = await artifactKind(release.root);
    if (release.root.children.length === 0)
      throw new AlbaError('source', `${origin} is no image but ${kind}`);
    progress.line(`${origin} is no image but ${kind}: it is published as it is`);
    const other = { origin, kind };
    return { kind: 'published', images: [], other, ...release, close: () => repository.close() };
  }
  const images = resolvePlatforms(found, origin, progress);
  for (const image of images) progress.line(`${origin} -> ${describeImage(image)}`);
  return { kind: 'published', images, ...release, close: () => repository.close() };
}
