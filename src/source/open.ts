import { stat } from 'node:fs/promises';
import type { Image, ImageWithManifest } from '../content/content.ts';
import { readFailure } from '../content/file-chunks.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { indexName, layoutName } from '../oci/layout.ts';
import type { Progress } from '../progress/progress.ts';
import { type ReadOptions, readArchive } from './archive.ts';
import { manifestName, readConfigDigests, readDockerArchive } from './docker-archive.ts';
import { openFolder } from './folder.ts';
import type { Members } from './members.ts';
import { readLayout } from './oci-layout.ts';
import { readCompression } from './sniff.ts';

/** What an artifact turned out to be. */
export interface ReadArtifact {
  readonly isFolder: boolean;
  readonly images: readonly Image[];
  /** Of an archive as it lies there, if that was asked for. */
  readonly digest: Digest | undefined;
}

/**
 * The images in a docker archive or an OCI layout, recognised by content. All of it is read and verified
 * here; what the images' `open` gives is read again, and to be verified again by who uses it. Their platforms are as
 * they are written there: {@link resolvePlatforms} is for who publishes them.
 */
export async function readArtifact(path: string, options: ReadOptions): Promise<ReadArtifact> {
  const found = await stat(path).catch((cause: unknown) => {
    throw readFailure(path, cause);
  });
  const artifact = found.isDirectory()
    ? await readFolder(path, options.progress)
    : await readFile(path, found.size, options);
  if (artifact.images.length === 0) throw new AlbaError('source', `${path} holds no image`);
  return artifact;
}

async function readFolder(path: string, progress: Progress): Promise<ReadArtifact> {
  const folder = openFolder(path, progress);
  if (await folder.find(layoutName)) {
    return { isFolder: true, images: await readLayout(folder, progress), digest: undefined };
  }
  throw new AlbaError('source', `${path} is a folder, but no OCI layout: ${layoutName} is not in it`);
}

/** In bytes; a smaller archive is read before a thread has started. */
const leastThreaded = 8 * 1024 * 1024;

async function readFile(path: string, size: number, options: ReadOptions): Promise<ReadArtifact> {
  const { progress, threads } = options;
  if (size === 0) throw new AlbaError('source', `${path} is empty: did the build that makes it fail?`);
  progress.expect(size);
  const archive = await readArchive(path, await readCompression(path), {
    ...options,
    threads: size < leastThreaded ? undefined : threads,
  });
  return { isFolder: false, images: await readImages(archive, progress), digest: archive.digest };
}

async function readImages(archive: Members, progress: Progress): Promise<readonly Image[]> {
  const [docker, layout] = [await archive.find(manifestName), await archive.find(indexName)];
  if (docker && layout && (await archive.find(layoutName))) return readBoth(archive, progress);
  if (docker) return readDockerArchive(archive);
  if (layout) return readLayout(archive, progress);
  throw new AlbaError(
    'source',
    `${archive.origin} is no image archive: it has neither ${manifestName} (docker archive) nor ${indexName} (OCI layout)`,
  );
}

/** What docker 25 and buildx write is both; its manifests are kept if they are of compressed layers. */
async function readBoth(archive: Members, progress: Progress): Promise<readonly Image[]> {
  const images = await readLayout(archive, progress, { partial: true });
  const configs = images.map(({ manifest }) => manifest.children[0]?.descriptor.digest);
  const listed = await readConfigDigests(archive);
  const isWhole = listed.every((digest) => configs.includes(digest));
  return isWhole && images.every(isCompressed) ? images : readDockerArchive(archive);
}

function isCompressed({ manifest }: ImageWithManifest): boolean {
  const [, ...layers] = manifest.children;
  return layers.every(({ descriptor }) => /[.+](gzip|zstd)$/.test(descriptor.mediaType));
}
