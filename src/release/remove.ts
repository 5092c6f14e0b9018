import { digestOf } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import { formatJson } from './documents.ts';
import type { LooseFiles, StoredRelease } from './holdings.ts';
import { listKey, tagKey } from './keys.ts';
import { refreshInstaller } from './publish-installer.ts';
import { refreshPage } from './publish-page.ts';
import { removeTag } from './remove-tag.ts';
import { documentType, readObject, writeObject } from './store.ts';
import { bringTagList, readTagList } from './tags.ts';

/** In milliseconds: how long a publisher who was met has to come to the end. */
const usualPatience = 30_000;

/** What was deleted of a name. */
export interface RemovedReleases {
  readonly tags: readonly string[];
  readonly files: number;
  /** What is to be looked at, a sentence each. */
  readonly refusals: readonly string[];
}

/**
 * Deletes tags of a name: first they leave the tag list, the installer and the page, then go their documents, then their files, so that
 * nobody who follows those meets what is gone. A tag that somebody publishes anew meanwhile stays.
 */
export async function removeReleases(
  storage: Storage,
  name: string,
  releases: readonly StoredRelease[],
  loose: readonly LooseFiles[],
  progress: Progress,
  patience = usualPatience,
): Promise<RemovedReleases> {
  await storage.assertDeletes?.();
  const going = await stillThere(storage, name, releases);
  if (going.length > 0) {
    await unlist(storage, name, new Set(going.map(({ tag }) => tag)));
    progress.line(`tag list -> ${listKey(name)}`);
    await refreshFront(storage, name, progress);
  }
  const tags: string[] = [];
  const refusals: string[] = [];
  let files = 0;
  for (const seen of going) {
    const removed = await removeTag(storage, { name, tag: seen.tag }, seen, patience);
    if (removed.isGone) tags.push(seen.tag);
    if (removed.refusal !== undefined) refusals.push(removed.refusal);
    files += removed.files;
  }
  for (const { tag } of loose) files += (await removeTag(storage, { name, tag }, undefined, patience)).files;
  if (going.length > 0) {
    await bringTagList(storage, name, progress);
    await refreshFront(storage, name, progress);
  }
  return { tags, files, refusals };
}

async function refreshFront(storage: Storage, name: string, progress: Progress): Promise<void> {
  await refreshInstaller(storage, name, progress);
  await refreshPage(storage, name, progress);
}

/** Those whose documents are as they were. */
async function stillThere(
  storage: Storage,
  name: string,
  releases: readonly StoredRelease[],
): Promise<StoredRelease[]> {
  const found: StoredRelease[] = [];
  for (const release of releases) {
    const bytes = await readObject(storage, tagKey({ name, tag: release.tag }));
    if (bytes && digestOf(bytes) === release.digest) found.push(release);
  }
  return found;
}

async function unlist(storage: Storage, name: string, going: ReadonlySet<string>): Promise<void> {
  const list = await readTagList(storage, name);
  const tags = (list?.tags ?? []).filter((tag) => !going.has(tag));
  await writeObject(storage, listKey(name), formatJson({ ...list, name, tags }), documentType);
}
