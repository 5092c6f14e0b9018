import type { RetryContext } from '../concurrency/retry.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Connection } from '../place/connection.ts';
import type { Locator } from '../place/locator.ts';
import type { Progress } from '../progress/progress.ts';
import type { Repository } from '../repository/repository.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { readRemote } from '../source/remote.ts';
import { type Artifact, describeImage } from './artifact.ts';

/** A published image or index, to publish elsewhere, too. Manifests are read now, blobs when a target lacks them. */
export async function openRemoteArtifact(
  locator: Locator,
  connection: Connection,
  context: RetryContext,
): Promise<Artifact> {
  const repository = await locator.place.openRepository(connection, context, 'pull');
  try {
    return await readRemoteArtifact(locator, repository, context.progress);
  } catch (failure) {
    await repository.close();
    throw failure;
  }
}

async function readRemoteArtifact(
  { place, tag, digest }: Locator,
  repository: Repository,
  progress: Progress,
): Promise<Artifact> {
  const origin = repository.reference(tag, digest);
  const wanted = digest ?? tag;
  if (wanted === undefined) {
    throw new AlbaError('usage', `${origin} names neither a tag nor a digest: add one`);
  }
  const descriptor = await repository.resolve(wanted);
  if (!descriptor)
    throw new AlbaError('source', `${origin} is not there: was it published, and not cleaned up since?`);
  if (digest && descriptor.digest !== digest) {
    throw new AlbaError(
      'source',
      `${origin} is another manifest there, ${descriptor.digest}: leave out the tag or the digest`,
    );
  }
  const remote = {
    origin,
    heldBy: place.reference,
    fetch: (descriptor: Descriptor) => repository.fetch(descriptor),
    referrers: (of: Digest) => repository.referrers(of),
  };
  const { images: found, root, referrers } = await readRemote(remote, descriptor, progress);
  const images = resolvePlatforms(found, origin, progress);
  for (const image of images) progress.line(`${origin} -> ${describeImage(image)}`);
  return { images, root, isKnown: true, referrers, repository };
}
