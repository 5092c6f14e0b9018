import { digestOf } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { deleteKeys } from '../storage/delete-keys.ts';
import type { Storage } from '../storage/storage.ts';
import { checksumsName } from './checksums.ts';
import { filesIn, formatJson } from './documents.ts';
import type { LooseFiles, StoredRelease } from './holdings.ts';
import { fileKey, listKey, type Release, tagKey } from './keys.ts';
import { refreshPage } from './publish-page.ts';
import { documentType, readObject, writeObject } from './store.ts';
import { bringTagList, readTagList } from './tags.ts';

/** What was deleted of a name. */
export interface RemovedReleases {
  readonly tags: readonly string[];
  readonly files: number;
}

/**
 * Deletes tags of a name: first they leave the tag list and the page, then go their documents, then their files, so that
 * nobody who follows those meets what is gone. A tag that somebody publishes anew meanwhile stays.
 */
export async function removeReleases(
  storage: Storage,
  name: string,
  releases: readonly StoredRelease[],
  loose: readonly LooseFiles[],
  progress: Progress,
): Promise<RemovedReleases> {
  const going = await stillThere(storage, name, releases);
  const tags = going.map(({ tag }) => tag);
  if (tags.length > 0) {
    await unlist(storage, name, new Set(tags));
    progress.line(`tag list -> ${listKey(name)}`);
    await refreshPage(storage, name, progress);
  }
  let files = 0;
  for (const { tag, manifest } of going) {
    const release = { name, tag };
    const checksums = await readObject(storage, fileKey(release, checksumsName));
    await storage.delete(tagKey(release));
    const named = filesIn(manifest).map(({ path }) => fileKey(release, path));
    files += await removeFiles(storage, release, named, checksums);
  }
  for (const { tag } of loose) {
    const release = { name, tag };
    files += await removeFiles(
      storage,
      release,
      [],
      await readObject(storage, fileKey(release, checksumsName)),
    );
  }
  if (tags.length > 0) {
    await bringTagList(storage, name, progress);
    await refreshPage(storage, name, progress);
  }
  return { tags, files };
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

/**
 * The checksums tell whose turn it is (docs/decisions/replacing-a-static-release.md): where they are others than they were,
 * somebody publishes the tag. They go last, so that a run that is killed leaves what the next one finds.
 */
async function removeFiles(
  storage: Storage,
  release: Release,
  named: readonly string[],
  checksums: Buffer | undefined,
): Promise<number> {
  const last = fileKey(release, checksumsName);
  const keys = new Set(named);
  for await (const { key } of storage.list(fileKey(release, ''))) keys.add(key);
  keys.delete(last);
  const isOurs = async (): Promise<boolean> => {
    const found = await readObject(storage, last);
    return found === undefined ? checksums === undefined : checksums?.equals(found) === true;
  };
  const all = [...keys];
  for (let at = 0; at < all.length; at += 1_000) {
    if (!(await isOurs())) return at;
    await deleteKeys(storage, all.slice(at, at + 1_000));
  }
  if (!(await isOurs())) return all.length;
  await storage.delete(last);
  return all.length + (checksums ? 1 : 0);
}
