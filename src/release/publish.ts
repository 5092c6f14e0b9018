import pMap from 'p-map';
import type { Progress } from '../content/progress.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { encodeKey } from '../storage/encode-key.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsName, checksumsOf } from './checksums.ts';
import { type DeliveryOptions, deliver, planDelivery, type Step } from './delivery.ts';
import { formatJson, type TagManifest, tagManifestOf } from './documents.ts';
import type { ReleaseFile } from './file.ts';
import { fileKey, listKey, pageKey, type Release, tagKey } from './keys.ts';
import { formatPage } from './page/page.ts';
import { readPublished, readTagManifest } from './published.ts';
import { writeObject } from './store.ts';
import { publishTagList, readTagList } from './tags.ts';

/** Releases that a page shows with their files; it names all others. */
const maxReleases = 20;

/** How often a page is made when other publishers change the list of tags meanwhile. */
const maxPages = 5;

/** Documents that are read at once. */
const concurrency = 8;

/** One release on its way to one storage. */
export interface Draft {
  readonly storage: Storage;
  readonly release: Release;
  readonly files: readonly ReleaseFile[];
  readonly manifest: TagManifest;
  /** Of the manifest as it is stored. */
  readonly digest: Digest;
  readonly steps: readonly Step[];
}

/** Compares a release with what a storage holds; nothing is written. */
export async function draftRelease(
  storage: Storage,
  release: Release,
  files: readonly ReleaseFile[],
  progress: Progress,
): Promise<Draft> {
  const published = await readPublished(storage, release);
  const tags = (await readTagList(storage, release.name))?.tags ?? [];
  const manifest = tagManifestOf(files, published.manifest);
  const steps = await planDelivery(storage, release, files, published, tags, progress);
  return { storage, release, files, manifest, digest: digestOf(formatJson(manifest)), steps };
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

/** Publishes the tag, all of whose files are there, and brings the list of tags up to date. */
export async function publishTag({ storage, release, manifest }: Draft, progress: Progress): Promise<void> {
  await writeObject(storage, tagKey(release), formatJson(manifest), 'application/json');
  progress.line(`tag -> ${tagKey(release)}`);
  await publishTagList(storage, release, progress);
  progress.line(`tag list -> ${listKey(release.name)}`);
}

/** Writes the page of a name, anew when the list of tags has changed since it was read. */
export async function publishPage(
  { storage, release: { name } }: Draft,
  publicUrl: string | undefined,
  progress: Progress,
): Promise<void> {
  const key = pageKey(name);
  const folderUrl = publicUrl && `${publicUrl}/${encodeKey(listKey(name))}`;
  let shown: readonly string[] | undefined;
  for (let round = 0; round < maxPages; round += 1) {
    const tags = (await readTagList(storage, name))?.tags ?? [];
    if (shown && tags.join(' ') === shown.join(' ')) break;
    const releases = await readReleases(storage, name, tags.slice(0, maxReleases));
    const page = formatPage({ name, releases, older: tags.slice(maxReleases), folderUrl });
    await writeObject(storage, key, page, 'text/html; charset=utf-8');
    shown = tags;
  }
  progress.line(`page -> ${key}`);
}

async function readReleases(storage: Storage, name: string, tags: readonly string[]) {
  const read = async (tag: string) => {
    const manifest = await readTagManifest(storage, { name, tag });
    return manifest ? [{ tag, manifest }] : [];
  };
  return (await pMap(tags, read, { concurrency })).flat();
}
