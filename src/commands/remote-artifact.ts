import type { Progress } from '../content/progress.ts';
import { AlbaError } from '../errors.ts';
import { formatPlatform } from '../oci/platform.ts';
import { readRemoteImages, readTree, remoteBlobs } from '../source/remote.ts';
import type { Artifact } from './artifact.ts';
import { type Connection, openPlace } from './connect.ts';
import { formatCount } from './format.ts';
import type { Locator } from './locator.ts';

/** A published image or index, to publish elsewhere, too. Manifests are read now, blobs when a target lacks them. */
export async function openRemoteArtifact(
  { place, tag, digest }: Locator,
  connection: Connection,
  progress: Progress,
): Promise<Artifact> {
  const repository = await openPlace(place, connection, progress, 'pull');
  const origin = repository.reference(tag, digest);
  const wanted = digest ?? tag;
  if (wanted === undefined) {
    throw new AlbaError('usage', `${origin} names neither a tag nor a digest: add one`);
  }
  const found = await repository.resolve(wanted);
  if (!found) throw new AlbaError('source', `${origin} is not there`);
  if (digest && found.digest !== digest) {
    throw new AlbaError('source', `${origin} is another manifest there: ${found.digest}`);
  }
  const blobs = remoteBlobs({
    url: origin,
    fetch: (descriptor) => repository.fetch(descriptor),
    ...(place.kind === 'registry' && { heldBy: place.reference }),
  });
  const [images, root] = await Promise.all([
    readRemoteImages(blobs, found, progress),
    readTree(blobs, found),
  ]);
  for (const { platform, manifest } of images) {
    progress.line(
      `${origin} -> ${formatPlatform(platform)}, ${formatCount(manifest.children.length - 1, 'layer')}`,
    );
  }
  return { images, root, isKnown: true, repository };
}
