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
import { readTagManifest } from './published.ts';
import { readObject, writeObject } from './store.ts';

/** Tags that are looked at at once. */
const concurrency = 8;

/** The list of a name's tags, undefined where nothing was published under the name yet. */
export async function readTagList(storage: Storage, name: string): Promise<TagList | undefined> {
  const bytes = await readObject(storage, listKey(name));
  return bytes && parseTagList(bytes, whereIs(storage, listKey(name)));
}

/**
 * Brings the list of tags up to date with a tag that was just published. It is made from what is there and
 * looked at again until it stands, so that two publishers who meet mend what the one overwrote of the other.
 */
export async function publishTagList(storage: Storage, release: Release, progress: Progress): Promise<void> {
  let published: string | undefined = release.tag;
  await untilItStands(whereIs(storage, listKey(release.name)), async () => {
    const present = await readTagList(storage, release.name);
    const found = await findTags(storage, release, present?.tags ?? [], progress);
    const tags = orderTags(found, present?.tags ?? [], published);
    if (present && isSame(tags, present.tags)) return 'stands';
    const list = { ...present, name: release.name, tags };
    await writeObject(storage, listKey(release.name), formatJson(list), 'application/json');
    published = undefined;
    return 'written';
  });
}

/** The tags that are there: what the storage lists, and what only the present list knows of. */
async function findTags(
  storage: Storage,
  release: Release,
  present: readonly string[],
  progress: Progress,
): Promise<PublishedTag[]> {
  const prefix = `${listKey(release.name)}/`;
  const found = new Map<string, PublishedTag>();
  for await (const { key, modified } of storage.list(prefix, { shallow: true })) {
    const tag = key.slice(prefix.length);
    if (isTag(tag) && !isReserved(tag)) found.set(tag, { tag, modified });
  }
  const known = new Set([...present, release.tag]);
  const strangers = [...found.keys()].filter((tag) => !known.has(tag));
  const names = { name: release.name };
  await pMap(
    strangers,
    async (tag) => {
      if (!(await isRelease(storage, { ...names, tag }, progress))) found.delete(tag);
    },
    { concurrency },
  );
  // Some servers list no key below one that is an object itself.
  const unlisted = [...known].filter((tag) => isTag(tag) && !found.has(tag));
  const heads = await pMap(unlisted, (tag) => storage.head(tagKey({ ...names, tag })), { concurrency });
  for (const [index, tag] of unlisted.entries()) {
    const head = heads[index];
    if (head) found.set(tag, { tag, modified: head.modified });
  }
  return [...found.values()];
}

/** Whether a key beside the tags is one: under `org` lies the list of `org/app` as well. */
async function isRelease(storage: Storage, release: Release, progress: Progress): Promise<boolean> {
  try {
    return (await readTagManifest(storage, release)) !== undefined;
  } catch (failure) {
    progress.debug(`not a tag of ${release.name}: ${messageOf(failure)}`);
    return false;
  }
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((tag, index) => tag === b[index]);
}
