import * as v from 'valibot';
import { untilItStands } from '../../concurrency/converge.ts';
import { parseJson } from '../../oci/manifest.ts';
import { isTag } from '../../oci/reference.ts';
import { isReferrersTag } from '../../oci/referrer.ts';
import { putBytes, readBytes, whereIs } from '../../storage/bytes.ts';
import type { Storage } from '../../storage/storage.ts';
import { changing } from './caching.ts';
import type { Tree } from './keys.ts';
import { ensurePing } from './ping.ts';

/** The tags of releases that manifests are stored under, in the order that the spec demands of a tag list. */
export async function findTags(storage: Storage, tree: Tree): Promise<string[]> {
  return (await findAllTags(storage, tree)).filter((tag) => !isReferrersTag(tag));
}

/** Every tag that a manifest is stored under, those that stand for referrers, too. */
export async function findAllTags(storage: Storage, tree: Tree): Promise<string[]> {
  const tags: string[] = [];
  for await (const { key } of storage.list(tree.manifests)) {
    const tag = key.slice(tree.manifests.length);
    if (isTag(tag)) tags.push(tag);
  }
  return tags;
}

const tagListSchema = v.looseObject({ tags: v.optional(v.array(v.string()), []) });

/** The tags that `tags/list` tells of, where nothing else can tell; none where it is missing. */
export async function readListedTags(storage: Storage, tree: Tree): Promise<string[]> {
  const bytes = await readBytes(storage, tree.tagList);
  if (!bytes) return [];
  const { tags } = parseJson(tagListSchema, bytes, whereIs(storage, tree.tagList));
  return tags.filter((tag) => isTag(tag) && !isReferrersTag(tag));
}

/** Writes the tag list without tags that are about to be deleted, so that nobody is told of one that is gone. */
export async function writeTagList(
  storage: Storage,
  tree: Tree,
  name: string,
  without: ReadonlySet<string>,
): Promise<void> {
  const tags = (await findTags(storage, tree)).filter((tag) => !without.has(tag));
  await putList(storage, tree, Buffer.from(JSON.stringify({ name, tags })));
}

/** Makes `tags/list` tell what is there, whoever else publishes. A list that stands is not written. */
export async function rebuildTagList(storage: Storage, tree: Tree, name: string): Promise<void> {
  await untilItStands(whereIs(storage, tree.tagList), async () => {
    const list = Buffer.from(JSON.stringify({ name, tags: await findTags(storage, tree) }));
    if ((await readBytes(storage, tree.tagList))?.equals(list)) return 'stands';
    await ensurePing(storage);
    await putList(storage, tree, list);
    return 'written';
  });
}

function putList(storage: Storage, tree: Tree, list: Buffer): Promise<void> {
  return putBytes(storage, tree.tagList, list, { contentType: 'application/json', cacheControl: changing });
}
