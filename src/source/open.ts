import { stat } from 'node:fs/promises';
import type { ArtifactIndexes, Image } from '../content/content.ts';
import { readFailure } from '../content/file-chunks.ts';
import { AlbaError } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import { indexName, layoutName } from '../oci/layout.ts';
import type { Progress } from '../progress/progress.ts';
import { type ReadOptions, readArchive } from './archive.ts';
import { readBothKinds } from './both-kinds.ts';
import { manifestName, readDockerArchive } from './docker-archive.ts';
import { openFolder } from './folder.ts';
import { leaveOut } from './foreign.ts';
import type { Members } from './members.ts';
import { readLayout } from './oci-layout.ts';
import { readSkopeoFolder, versionName } from './skopeo-folder.ts';
import { readCompression } from './sniff.ts';

/** What an artifact turned out to be. */
export interface ReadArtifact {
  readonly isFolder: boolean;
  readonly images: readonly Image[];
  /** Those that a layout's images came in. */
  readonly indexes?: ArtifactIndexes;
  /** Of an archive as it lies there, if that was asked for. */
  readonly digest: Digest | undefined;
}

/**
 * The images in a docker archive, an OCI layout or a `dir:` folder of skopeo, recognised by content. All of it is read and verified
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
  if (artifact.images.length === 0)
    throw new AlbaError('source', `${path} holds no image: did the build that makes it fail?`);
  return artifact;
}

async function readFolder(path: string, progress: Progress): Promise<ReadArtifact> {
  const folder = openFolder(path, progress);
  const isLayout = (await folder.find(layoutName)) ?? (await folder.find(indexName));
  const found = isLayout
    ? await readLayout(folder, progress)
    : (await folder.find(versionName)) && (await readSkopeoFolder(folder, progress));
  if (found) return { isFolder: true, images: found.images, indexes: found.indexes, digest: undefined };
  throw new AlbaError(
    'source',
    `${path} is a folder, but no OCI layout: ${layoutName} is not in it; was all of it copied?`,
  );
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
  const { images, indexes } = await readImages(archive, archive.names, progress);
  return { isFolder: false, images, ...(indexes && { indexes }), digest: archive.digest };
}

/** Images as they were found. */
export interface ReadImages {
  readonly images: readonly Image[];
  /** Of a layout. */
  readonly indexes?: ArtifactIndexes;
}

async function readImages(
  archive: Members,
  names: readonly string[],
  progress: Progress,
): Promise<ReadImages> {
  const [docker, layout] = [await archive.find(manifestName), await archive.find(indexName)];
  if (docker && layout && (await archive.find(layoutName))) return readBothKinds(archive, progress);
  if (docker && (await archive.find(versionName))) return readSkopeoFolder(archive, progress);
  if (docker) return { images: await readDockerArchive(archive) };
  if (layout) return readLayout(archive, progress);
  const { origin } = archive;
  throw new AlbaError('source', `${origin} is no image archive: ${whyNoImage(names)}; ${leaveOut(origin)}`);
}

/** Files that a root filesystem has, and an image archive has not. */
const ofRootFilesystem =
  /^(?:\.dockerenv|(?:usr\/)?bin\/(?:sh|env|busybox)|etc\/(?:passwd|os-release|ssl\/.+))$/;

function whyNoImage(names: readonly string[]): string {
  const lists = `${manifestName} (docker archive) nor ${indexName} (OCI layout)`;
  if (names.some((name) => ofRootFilesystem.test(name))) {
    return 'it is a root filesystem, as docker export and buildx --output type=tar write it: save the image (docker save), or build with --output type=docker or type=oci';
  }
  const nested = names.find((name) => [layoutName, manifestName].includes(name.split('/')[1] ?? ''));
  if (nested !== undefined) {
    const [folder] = nested.split('/');
    return `it has ${nested} where ${nested.split('/')[1]} should be: pack what is in ${folder}/, not the folder (tar -C ${folder} -cf image.tar .)`;
  }
  return `it has neither ${lists} at its root: expected what docker save writes, or an OCI layout`;
}
