import type { ImageWithManifest } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { indexName } from '../oci/layout.ts';
import { compressionOf } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';
import { ContradictionError } from './contradiction.ts';
import { type ListedImage, manifestName, readDockerArchive, readListedImages } from './docker-archive.ts';
import type { FoundImages } from './find-images.ts';
import type { Members } from './members.ts';
import { readLayout } from './oci-layout.ts';
import type { ReadImages } from './open.ts';

/**
 * The images of an archive that is a docker archive and an OCI layout, as docker 25, containerd and buildx write it. The
 * layout counts if it verifies and has all that manifest.json lists: manifests and attestations are in it alone. Where the two
 * disagree, a warning says what is wrong in the one that does not count.
 */
export async function readBothKinds(archive: Members, progress: Progress): Promise<ReadImages> {
  const listed = await orElse(readListedImages(archive), AlbaError);
  const layout = await orElse(readLayout(archive, progress, { partial: true }), ContradictionError);
  if (layout instanceof ContradictionError) return readDocker(archive, progress, layout.message);
  const fault = faultOfLayout(layout, listed, archive);
  if (fault !== undefined) return readDocker(archive, progress, fault);
  for (const warning of faultsOfList(layout, listed, archive)) progress.warn(warning);
  return keepsManifests(layout) ? layout : { images: await readDockerArchive(archive) };
}

async function readDocker(archive: Members, progress: Progress, fault: string): Promise<ReadImages> {
  const images = await orElse(readDockerArchive(archive), AlbaError);
  if (images instanceof AlbaError) {
    throw new AlbaError('source', [...new Set([images.message, fault])].join('\n'), { cause: images });
  }
  progress.warn(
    `${archive.origin} is read by its ${manifestName}, without what ${indexName} alone has, such as attestations, since that is wrong: ${fault}`,
  );
  return { images };
}

/** What work comes to, or how it failed if that is of a kind. */
async function orElse<T, E extends AlbaError>(
  work: Promise<T>,
  kind: new (...words: never[]) => E,
): Promise<T | E> {
  try {
    return await work;
  } catch (failure) {
    if (failure instanceof kind) return failure;
    throw failure;
  }
}

function faultOfLayout(
  { images }: FoundImages,
  listed: readonly ListedImage[] | AlbaError,
  { origin }: Members,
): string | undefined {
  if (listed instanceof AlbaError) return images.length > 0 ? undefined : listed.message;
  const missing = listed.find(({ config }) => !images.some((image) => configOf(image) === config));
  if (!missing) return undefined;
  return `${origin} (${indexName}) leads to no image with config ${missing.config}, which ${manifestName} lists`;
}

function faultsOfList(
  { images }: FoundImages,
  listed: readonly ListedImage[] | AlbaError,
  { origin }: Members,
): string[] {
  const passedOver = `${origin} is read by its ${indexName}, since ${manifestName} is wrong`;
  if (listed instanceof AlbaError) return [`${passedOver}: ${listed.message}`];
  const wrong = listed.filter(({ config, layers }) => {
    const image = images.find((found) => configOf(found) === config);
    const [, ...own] = image?.manifest.children.map(({ descriptor }) => descriptor.digest) ?? [];
    return own.join() !== layers.join();
  });
  return wrong.map(({ config }) => `${passedOver}: it lists other layers of the image with config ${config}`);
}

function configOf({ manifest }: ImageWithManifest): string | undefined {
  return manifest.children[0]?.descriptor.digest;
}

/**
 * Whether its manifests were there before the archive was: docker makes them up for what it keeps as uncompressed layers
 * alone, and nobody knows their digests. Those layers are better compressed.
 */
function keepsManifests({ images }: FoundImages): boolean {
  const isBuilt = images.some(({ within, attestations }) => within !== undefined || attestations.length > 0);
  return isBuilt || images.every(isCompressed);
}

function isCompressed({ manifest }: ImageWithManifest): boolean {
  const [, ...layers] = manifest.children;
  return layers.every(({ descriptor }) => compressionOf(descriptor.mediaType) !== 'none');
}
