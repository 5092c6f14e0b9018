import { AlbaError } from '../errors.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsName, checksumsOf } from './checksums.ts';
import { type DeliveryOptions, deliver, planDelivery, type Step } from './delivery.ts';
import { formatJson, type TagManifest, tagManifestOf } from './documents.ts';
import { fileKey, listKey, type Release, tagKey } from './keys.ts';
import { readPublished } from './published.ts';
import { writeObject } from './store.ts';
import { publishTagList, readTagList } from './tags.ts';

/** One release on its way to one storage. */
export interface Draft {
  readonly storage: Storage;
  readonly release: Release;
  readonly files: readonly ReleaseFile[];
  readonly manifest: TagManifest;
  /** Of the manifest as it is stored. */
  readonly digest: Digest;
  readonly steps: readonly Step[];
  /** Whether the tag is there with other files. */
  readonly isReplacing: boolean;
}

/** Compares a release with what a storage holds; nothing is written. Throws where it has no file. */
export async function draftRelease(
  storage: Storage,
  release: Release,
  files: readonly ReleaseFile[],
  progress: Progress,
): Promise<Draft> {
  assertSomeFiles(release, files);
  const published = await readPublished(storage, release);
  const tags = (await readTagList(storage, release.name))?.tags ?? [];
  const manifest = tagManifestOf(files, published.manifest);
  const steps = await planDelivery(storage, release, files, published, tags, progress);
  const isReplacing = published.manifest !== undefined && hasOtherFiles(published.manifest, files);
  return { storage, release, files, manifest, digest: digestOf(formatJson(manifest)), steps, isReplacing };
}

/** The older tool wrote no digests: there the paths alone count. */
function hasOtherFiles({ flavors }: TagManifest, files: readonly ReleaseFile[]): boolean {
  const known = new Map<string, Digest | undefined>(
    flavors.flatMap(({ platform, resources }) =>
      resources.map(
        ({ path, digest }) => [`${platform.os}/${platform.architecture}/${path}`, digest] as const,
      ),
    ),
  );
  const isKnown = (file: ReleaseFile): boolean =>
    known.has(pathOf(file)) && (known.get(pathOf(file)) ?? file.digest) === file.digest;
  return known.size !== files.length || !files.every(isKnown);
}

/**
 * Brings files and their checksums to the storage. Files that the tag held until now and that the release no
 * longer has stay where they are, unlisted.
 */
export async function sendFiles(draft: Draft, options: DeliveryOptions): Promise<Draft> {
  const { storage, release, files } = draft;
  const steps = await deliver(storage, draft.steps, options);
  const checksums = fileKey(release, checksumsName);
  await writeObject(storage, checksums, checksumsOf(files), 'text/plain; charset=utf-8');
  options.progress.line(`checksums -> ${checksums}`);
  return { ...draft, steps };
}

/** Publishes the tag, all of whose files are there, and brings the list of tags up to date. Throws where it has none. */
export async function publishTag(
  { storage, release, files, manifest }: Draft,
  progress: Progress,
): Promise<void> {
  assertSomeFiles(release, files);
  await writeObject(storage, tagKey(release), formatJson(manifest), 'application/json');
  progress.line(`tag -> ${tagKey(release)}`);
  await publishTagList(storage, release, progress);
  progress.line(`tag list -> ${listKey(release.name)}`);
}

/** An empty release over a good one takes it away from all who ask for it. */
function assertSomeFiles({ name, tag }: Release, files: readonly ReleaseFile[]): void {
  if (files.length > 0) return;
  throw new AlbaError('source', `${name}:${tag} has no file: an empty release is not published`);
}
