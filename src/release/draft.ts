import { AlbaError, Problems } from '../errors.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import type { Storage } from '../storage/storage.ts';
import { type ReleaseAbout, withAbout } from './about.ts';
import { checksumsName, checksumsOf } from './checksums.ts';
import { planDelivery, type Step } from './delivery.ts';
import { filesIn, formatJson, type TagList, type TagManifest, tagManifestOf } from './documents.ts';
import { openDocuments, tellFolders } from './in-folders.ts';
import { fileKey, type Release } from './keys.ts';
import { findHeld, readTagDocument, type TagDocument } from './published.ts';
import { readObject } from './store.ts';
import { readTagList } from './tags.ts';

/** One release on its way to one storage. */
export interface Draft {
  readonly storage: Storage;
  readonly release: Release;
  readonly files: readonly ReleaseFile[];
  readonly manifest: TagManifest;
  /** The manifest as it is to be stored. */
  readonly document: Buffer;
  /** Of {@link document}. */
  readonly digest: Digest;
  readonly steps: readonly Step[];
  /** What the tag holds; undefined where it is not there, or names no file. */
  readonly published: TagDocument | undefined;
  /** Whether the tag is there with other files. */
  readonly isReplacing: boolean;
  /** Whether the tag is there as it is to be, with all of its files and their checksums. */
  readonly isThere: boolean;
}

/**
 * Compares a release with what a storage holds; nothing is written. An AlbaError where there is no file, or one
 * that the storage cannot hold.
 */
export async function draftRelease(
  storage: Storage,
  release: Release,
  files: readonly ReleaseFile[],
  progress: Progress,
  about?: ReleaseAbout,
): Promise<Draft> {
  assertSomeFiles(release, files);
  const { home, published, list } = await findRelease(storage, release);
  assertKeys(home, release, files);
  if (home !== storage && !storage.isTree) progress.warn(tellFolders(home, release));
  const isReplacing = published !== undefined && hasOtherFiles(published.manifest, files);
  const made = tagManifestOf(files, published?.manifest);
  const manifest = withAbout(made, published?.manifest, about, isReplacing);
  const document = formatJson(manifest);
  const held = published ? await findHeld(home, release, published.manifest, files) : new Set<string>();
  const steps = await planDelivery(home, release, files, held, list?.tags ?? [], progress);
  const isSame = steps.every(({ fate }) => fate === 'skipped') && published?.bytes.equals(document) === true;
  return {
    storage: home,
    release,
    files,
    manifest,
    document,
    digest: digestOf(document),
    steps,
    published,
    isReplacing,
    isThere: isSame && (await hasChecksums(home, release, files)),
  };
}

/** An empty release over a good one takes it away from all who ask for it. */
export function assertSomeFiles({ name, tag }: Release, files: readonly ReleaseFile[]): void {
  if (files.length > 0) return;
  throw new AlbaError('source', `${name}:${tag} has no file: an empty release is not published`);
}

/** Refuses files under keys that the storage cannot hold, all of them at once. */
function assertKeys(storage: Storage, release: Release, files: readonly ReleaseFile[]): void {
  const problems = new Problems();
  for (const file of files) {
    const problem = storage.keyProblem?.(fileKey(release, pathOf(file)));
    if (problem) problems.add(`${file.origin} cannot be kept in ${storage.url}: ${problem}; rename it`);
  }
  problems.throwIfAny('source');
}

interface FoundRelease {
  readonly published: TagDocument | undefined;
  readonly list: TagList | undefined;
}

/** What is there, and the storage through which it is read and written. */
async function findRelease(
  storage: Storage,
  release: Release,
): Promise<FoundRelease & { readonly home: Storage }> {
  const [found, home] = await Promise.all([read(storage, release), openDocuments(storage, release.name)]);
  return found.list || home === storage
    ? { ...found, home: storage }
    : { ...(await read(home, release)), home };
}

async function read(storage: Storage, release: Release): Promise<FoundRelease> {
  const [document, list] = await Promise.all([
    readTagDocument(storage, release),
    readTagList(storage, release.name),
  ]);
  const isNamed = document !== undefined && filesIn(document.manifest).length > 0;
  return { published: isNamed ? document : undefined, list };
}

/** The older tool wrote no digests: there the paths alone count. */
function hasOtherFiles(manifest: TagManifest, files: readonly ReleaseFile[]): boolean {
  const known = new Map(filesIn(manifest).map(({ path, digest }) => [path, digest]));
  const isKnown = (file: ReleaseFile): boolean =>
    known.has(pathOf(file)) && (known.get(pathOf(file)) ?? file.digest) === file.digest;
  return known.size !== files.length || !files.every(isKnown);
}

async function hasChecksums(
  storage: Storage,
  release: Release,
  files: readonly ReleaseFile[],
): Promise<boolean> {
  const checksums = await readObject(storage, fileKey(release, checksumsName));
  return checksums?.equals(checksumsOf(files)) === true;
}
