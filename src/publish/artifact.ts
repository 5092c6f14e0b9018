import type { Knowledge, KnownArchive } from '../cache/knowledge.ts';
import { decodeImage, encodeImage } from '../cache/known-image.ts';
import { decodeIndexes, encodeIndexes } from '../cache/known-indexes.ts';
import type { ArtifactIndexes, Image, Node } from '../content/content.ts';
import { type Labels, labelImage } from '../image/label.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { formatPlatform } from '../oci/platform.ts';
import { formatCount, shownPath } from '../progress/format.ts';
import { withhold } from '../progress/withheld.ts';
import type { ReadOptions } from '../source/archive.ts';
import { fingerprint } from '../source/fingerprint.ts';
import { resolvePlatforms } from '../source/platform-name.ts';

/** Something that images come from. */
export type Artifact = LocalArtifact | RememberedArtifact | PublishedArtifact;

/** An archive or a layout that was read, and with it verified, in this run. */
export interface LocalArtifact {
  readonly kind: 'local';
  readonly images: readonly Image[];
  /** Those that the images of a layout came in. */
  readonly indexes?: ArtifactIndexes;
  /** Why it was read, for people: `a folder`, `new or changed`. */
  readonly why: string;
}

/** An archive that an earlier run read: nothing of it was but its digest, so that its images have no bytes. */
export interface RememberedArtifact {
  readonly kind: 'remembered';
  readonly images: readonly Image[];
  readonly indexes?: ArtifactIndexes;
  /** Tells of its images: called when it is known that it need not be read, as reading tells by itself. */
  readonly tell: () => void;
  /** Reads it after all. */
  readonly reread: () => Promise<LocalArtifact>;
}

/** An image or an index that is published somewhere already, or something else that is. */
export interface PublishedArtifact {
  readonly kind: 'published';
  readonly images: readonly Image[];
  /** Given where it holds no image: it is published as it is, or not at all. For people. */
  readonly other?: { readonly origin: string; readonly kind: string };
  /** For people: what of it is no image, and so is in no index that is made anew. */
  readonly others: readonly string[];
  /** All of it as it is there. */
  readonly root: Node;
  /** Given where images of it are left out: it is not published as it is. */
  readonly isPart?: true;
  /** What refers to a document of it (signatures, attestations), and to that: by the subject. Asked for once. */
  readonly referrers: () => Promise<ReadonlyMap<Digest, readonly Node[]>>;
  /** Lets its repository go: when the blobs are where they should be. */
  readonly close: () => Promise<void>;
}

/** How an archive or a layout is read, and what its images get. */
export interface ArtifactOptions extends ReadOptions {
  /** What paths are told from. */
  readonly directory: string;
  /** For the config of every image without a manifest. */
  readonly labels: Labels;
  /** What earlier runs learned, and this one learns. */
  readonly knowledge: Knowledge;
}

/** Hashes an archive, and reads it only when no earlier run did; reads a layout. */
export async function openArtifact(
  path: string,
  options: ArtifactOptions,
): Promise<LocalArtifact | RememberedArtifact> {
  const { directory, progress, labels, knowledge } = options;
  const origin = shownPath(path, directory);
  const digest = knowledge.knowsArchives ? await fingerprint(path, progress) : undefined;
  const tell = (images: readonly Image[], remark: string): void => {
    for (const image of images) progress.line(`${origin} -> ${describeImage(image)}${remark}`);
  };
  const read = async (why?: string): Promise<LocalArtifact> => {
    const { readArtifact } = await import('../source/open.ts');
    const artifact = await readArtifact(path, options);
    const { indexes } = artifact;
    const labelled = await Promise.all(
      artifact.images.map((image) => (image.kind === 'without-manifest' ? labelImage(image, labels) : image)),
    );
    if (artifact.digest) {
      const known = await Promise.all(labelled.map(encodeImage));
      knowledge.learnArchive(keyOf(artifact.digest, labels), {
        images: known,
        ...(indexes && { indexes: await encodeIndexes(indexes) }),
      });
    }
    const images = resolvePlatforms(labelled, origin, progress, path);
    tell(images, why ? `, read again, as ${why}` : '');
    return {
      kind: 'local',
      images,
      ...(indexes && { indexes }),
      why: why ?? (artifact.isFolder ? 'a folder' : 'new or changed'),
    };
  };
  const withheld = withhold(progress);
  const known =
    digest &&
    decodeArchive(knowledge.archiveOf(keyOf(digest, labels)), origin, (images) =>
      resolvePlatforms(images, origin, withheld, path),
    );
  if (!known) return read();
  const tellKnown = (): void => {
    withheld.release();
    tell(known.images, ', unchanged');
  };
  const reread = () => read('a target lacks some of it');
  return { kind: 'remembered', ...known, tell: tellKnown, reread };
}

/** What an archive comes to depends on the labels that its images get. */
function keyOf(archive: Digest, labels: Labels): Digest {
  const entries = Object.entries(labels).sort();
  return entries.length > 0 ? digestOf(Buffer.from(JSON.stringify([archive, entries]))) : archive;
}

/** What an earlier run remembered of this archive; undefined, too, where that cannot be right. */
function decodeArchive(
  known: KnownArchive | undefined,
  origin: string,
  resolve: (images: readonly Image[]) => Image[],
): Pick<RememberedArtifact, 'images' | 'indexes'> | undefined {
  if (!known || known.images.length === 0) return undefined;
  try {
    const found = known.images.map((image) => decodeImage(image, origin));
    const indexes = known.indexes && decodeIndexes(known.indexes, found);
    const within = indexes?.root?.descriptor.digest;
    const images = found.map((image) =>
      within && image.kind === 'with-manifest' ? { ...image, within } : image,
    );
    return { images: resolve(images), ...(indexes && { indexes }) };
  } catch {
    return undefined;
  }
}

/** `linux/arm64, 3 layers`: for a line about an image. */
export function describeImage(image: Image): string {
  const count = image.kind === 'without-manifest' ? image.layers.length : image.manifest.children.length - 1;
  return `${formatPlatform(image.platform)}, ${formatCount(count, 'layer')}`;
}

/** Some images of an artifact, and not what it was besides: the indexes that they came in name others, too. */
export function partOf(artifact: Artifact, images: readonly Image[]): Artifact {
  if (artifact.kind === 'published') return { ...artifact, images, isPart: true };
  const { indexes: _, ...rest } = artifact;
  return { ...rest, images };
}
