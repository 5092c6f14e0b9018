import pMap from 'p-map';
import { untilItStands } from '../concurrency/converge.ts';
import { messageOf } from '../errors.ts';
import { isTag } from '../oci/reference.ts';
import { orderTags, type PublishedTag } from '../oci/tag-order.ts';
import type { Progress } from '../progress/progress.ts';
import { whereIs } from '../storage/bytes.ts';
import type { Storage } from '../storage/storage.ts';
import { formatJson, parseTagList, type TagList } from './documents.ts';
import { isReserved, listKey, type Release, tagKey } from './keys.ts';
import { readTagDocument } from './published.ts';
import { documentType, readObject, writeObject } from './store.ts';

/** A name, and the tag that is being published there, if one is. */
type ListedName = Pick<Release, 'name'> & Partial<Release>;

/** Tags that are looked at at once. */
const concurrency = 8;

/** The list of a name's tags, undefined where nothing was published under the name yet. */
export async function readTagList(storage: Storage, name: string): Promise<TagList | undefined> {
  const bytes = await readObject(storage, listKey(name));
  return bytes && parseTagList(bytes, whereIs(storage, listKey(name)));
}

/**
 * Brings the list of tags up to date with a tag that is there, and says whether it had to be written. It is made
 * from what is there and looked at again until it stands, so that two publishers who meet mend what the one
 * overwrote of the other. A tag that is new, or has new files, moves to the front of those that are no versions.
 */
export async function publishTagList(
  storage: Storage,
  release: Release,
  isNew: boolean,
  progress: Progress,
): Promise<boolean> {
  return rebuildList(storage, release, isNew ? release.tag : undefined, progress);
}

/** The same where tags have gone: the list tells of those that are there. */
export async function bringTagList(storage: Storage, name: string, progress: Progress): Promise<boolean> {
  return rebuildList(storage, { name }, undefined, progress);
}

async function rebuildList(
  storage: Storage,
  release: ListedName,
  newTag: string | undefined,
  progress: Progress,
): Promise<boolean> {
  const { name } = release;
  let published = newTag;
  let isWritten = false;
  await untilItStands(whereIs(storage, listKey(name)), async () => {
    const [present, listed] = await Promise.all([readTagList(storage, name), listTags(storage, name)]);
    const known = present?.tags ?? [];
    const tags = orderTags(await findTags(storage, release, listed, known, progress), known, published);
    if (present && isSame(tags, present.tags)) return 'stands';
    await writeObject(storage, listKey(name), formatJson({ ...present, name, tags }), documentType);
    published = undefined;
    isWritten = true;
    return 'written';
  });
  return isWritten;
}

/** What lies where the tags of a name do. */
async function listTags(storage: Storage, name: string): Promise<PublishedTag[]> {
  const prefix = `${listKey(name)}/`;
  const found: PublishedTag[] = [];
  for await (const { key, modified } of storage.list(prefix, { shallow: true })) {
    const tag = key.slice(prefix.length);
    if (isTag(tag) && !isReserved(tag)) found.push({ tag, modified });
  }
  return found;
}

/** The tags that are there: of what the storage lists, and of what only the present list knows. */
async function findTags(
  storage: Storage,
  { name, tag: own }: ListedName,
  listed: readonly PublishedTag[],
  present: readonly string[],
  progress: Progress,
): Promise<PublishedTag[]> {
  const known = new Set([...present, ...[own ?? []].flat()]);
  const found = await pMap(
    listed,
    async (found) => {
      const isTagThere =
        known.has(found.tag) || (await isRelease(storage, { name, tag: found.tag }, progress));
      return isTagThere ? [found] : [];
    },
    { concurrency },
  );
  const names = new Set(listed.map(({ tag }) => tag));
  // Some servers list no key below one that is an object itself.
  const unlisted = await pMap(
    [...known].filter((tag) => isTag(tag) && !names.has(tag)),
    async (tag) => {
      const head = await storage.head(tagKey({ name, tag }));
      return head ? [{ tag, modified: head.modified }] : [];
    },
    { concurrency },
  );
  return [...found, ...unlisted].flat();
}

/** Whether a key beside the tags is one: under `org` lies the list of `org/app` as well. */
async function isRelease(storage: Storage, release: Release, progress: Progress): Promise<boolean> {
  try {
    return (await readTagDocument(storage, release)) !== undefined;
  } catch (failure) {
    progress.debug(`not a tag of ${release.name}: ${messageOf(failure)}`);
    return false;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}
