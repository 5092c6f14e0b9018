import { relative } from 'node:path';
import type { Knowledge, KnownImage } from '../cache/knowledge.ts';
import type { Image, Node } from '../content/content.ts';
import { type Labels, labelImage } from '../image/label.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { formatPlatform } from '../oci/platform.ts';
import { formatCount } from '../progress/format-count.ts';
import type { Repository } from '../repository/repository.ts';
import type { ReadOptions } from '../source/archive.ts';
import { fingerprint } from '../source/fingerprint.ts';
import { readArtifact } from '../source/open.ts';
import { resolvePlatforms } from '../source/platform-name.ts';
import { recall, toKnown } from './known-image.ts';

/** The images of one artifact: read and verified, remembered from when they were, or published somewhere. */
export interface Artifact {
  readonly images: readonly Image[];
  /** Whether nothing of it had to be read but its digest. */
  readonly isKnown: boolean;
  /** Why it was read. */
  readonly why?: string;
  /** Of a remembered one: reads it after all. */
  readonly reread?: () => Promise<Artifact>;
  /** Of a published artifact: all of it as it is there. */
  readonly root?: Node;
  /** Of a published artifact: what refers to it (signatures, attestations), and to that. */
  readonly referrers?: () => Promise<readonly Node[]>;
  /** Of a published artifact: where it is, to be closed when the blobs are where they should be. */
  readonly repository?: Repository;
}

/** How an artifact is read, and what its images get. */
export interface ArtifactOptions extends ReadOptions {
  /** For the config of every image whose manifest is ours to write. */
  readonly labels: Labels;
}

/** Hashes an archive; reads it only when no earlier run did. */
export async function openArtifact(
  path: string,
  directory: string,
  knowledge: Knowledge,
  options: ArtifactOptions,
): Promise<Artifact> {
  const { progress, labels } = options;
  const inside = relative(directory, path);
  const origin = inside.startsWith('..') ? path : inside;
  const digest = knowledge.knowsArchives ? await fingerprint(path, progress) : undefined;
  const label = async (image: Image): Promise<Image> =>
    image.kind === 'loose' ? labelImage(image, labels) : image;
  const tell = (images: readonly Image[], remark: string): void => {
    for (const image of images) progress.line(`${origin} -> ${describeImage(image)}${remark}`);
  };
  const resolve = (images: readonly Image[]): Image[] => resolvePlatforms(images, origin, progress, path);
  const read = async (why?: string): Promise<Artifact> => {
    const artifact = await readArtifact(path, options);
    const labelled = await Promise.all(artifact.images.map(label));
    if (artifact.digest) {
      knowledge.learnImages(keyOf(artifact.digest, labels), await Promise.all(labelled.map(toKnown)));
    }
    const images = resolve(labelled);
    tell(images, '');
    return { images, isKnown: false, why: why ?? (artifact.isFolder ? 'a folder' : 'new or changed') };
  };
  const known = digest && recallImages(knowledge.imagesOf(keyOf(digest, labels)), origin, resolve);
  if (!known) return read();
  tell(known, ', unchanged');
  return { images: known, isKnown: true, reread: () => read('not all of it was at every target') };
}

/** What an archive comes to depends on the labels that its images get. */
function keyOf(archive: Digest, labels: Labels): Digest {
  const entries = Object.entries(labels).sort();
  return entries.length > 0 ? digestOf(Buffer.from(JSON.stringify([archive, entries]))) : archive;
}

/** What an earlier run remembered of this archive; undefined, too, where that cannot be right. */
function recallImages(
  known: readonly KnownImage[] | undefined,
  origin: string,
  resolve: (images: readonly Image[]) => Image[],
): readonly Image[] | undefined {
  if (!known || known.length === 0) return undefined;
  try {
    return resolve(known.map((image) => recall(image, origin)));
  } catch {
    return undefined;
  }
}

/** `linux/arm64, 3 layers`: for a line about an image. */
export function describeImage(image: Image): string {
  const count = image.kind === 'loose' ? image.layers.length : image.manifest.children.length - 1;
  return `${formatPlatform(image.platform)}, ${formatCount(count, 'layer')}`;
}
