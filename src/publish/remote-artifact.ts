import { once } from '../concurrency/once.ts';
import type { RetryContext } from '../concurrency/retry.ts';
import type { Node } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { isDocument } from '../oci/media-type.ts';
import type { Connection } from '../place/connection.ts';
import type { Locator } from '../place/locator.ts';
import type { Progress } from '../progress/progress.ts';
import type { Repository } from '../repository/repository.ts';
import type { Blobs } from '../source/members.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { readRemoteImages, readTree, remoteBlobs } from '../source/remote.ts';
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
  const found = await repository.resolve(wanted);
  if (!found)
    throw new AlbaError('source', `${origin} is not there: was it published, and not cleaned up since?`);
  if (digest && found.digest !== digest) {
    throw new AlbaError(
      'source',
      `${origin} is another manifest there, ${found.digest}: leave out the tag or the digest`,
    );
  }
  const blobs = remoteBlobs({
    url: origin,
    fetch: (descriptor) => repository.fetch(descriptor),
    ...(place.reference && { heldBy: place.reference }),
  });
  const [sealed, root] = await Promise.all([
    readRemoteImages(blobs, found, progress),
    readTree(blobs, found),
  ]);
  const images = resolvePlatforms(sealed, origin, progress);
  for (const image of images) progress.line(`${origin} -> ${describeImage(image)}`);
  const referrers = once(() => readReferrers(repository, blobs, root));
  return { images, root, isKnown: true, referrers, repository };
}

/** How many documents are asked about: what refers to what is the word of their repository, which may lead in circles. */
const mostSubjects = 10_000;

/** What refers to a document or to one below it, and what refers to that. Nothing is asked about twice. */
async function readReferrers(
  repository: Repository,
  blobs: Blobs,
  node: Node,
  asked: Set<Digest> = new Set(),
): Promise<Node[]> {
  const { digest, mediaType } = node.descriptor;
  if (!isDocument(mediaType) || asked.has(digest)) return [];
  asked.add(digest);
  if (asked.size > mostSubjects) {
    throw new AlbaError('source', `${blobs.origin}: more than ${mostSubjects} manifests refer to each other`);
  }
  const found: Node[] = [];
  for (const descriptor of await repository.referrers(digest)) {
    const referrer = await readTree(blobs, descriptor);
    found.push(referrer, ...(await readReferrers(repository, blobs, referrer, asked)));
  }
  for (const child of node.children) found.push(...(await readReferrers(repository, blobs, child, asked)));
  return found;
}
