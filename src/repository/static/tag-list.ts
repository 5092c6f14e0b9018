import * as v from 'valibot';
import { untilItStands } from '../../concurrency/converge.ts';
import { parseJson } from '../../oci/manifest.ts';
import { isTag } from '../../oci/reference.ts';
import { isReferrersTag } from '../../oci/referrer.ts';
import { putBytes, readBytes, whereIs } from '../../storage/bytes.ts';
import { listedKeys } from '../../storage/key-range.ts';
import type { KeyRange, Storage } from '../../storage/storage.ts';
import { changing } from './caching.ts';
import type { Tree } from './keys.ts';
import { ensurePing } from './ping.ts';

/** So many tags are asked for at once: fewer than a bucket tells of in one answer, as some may have come since. */
const tagsAtOnce = 900;
/** Of fewer, one answer may well tell of them and of the manifests between them. */
const fewTags = 200;

/** The tags of releases that manifests are stored under; as {@link findAllTags}. */
export async function findTags(storage: Storage, tree: Tree, known?: readonly string[]): Promise<string[]> {
  return (await findAllTags(storage, tree, known)).filter((tag) => !isReferrersTag(tag));
}

/**
 * Every tag that a manifest is stored under, those that stand for referrers, too, in the order that the spec demands of a tag
 * list. `known` are those that were there lately, by default as the present list says: so a long one is read in pieces, beside
 * each other.
 */
export async function findAllTags(
  storage: Storage,
  tree: Tree,
  known?: readonly string[],
): Promise<string[]> {
  const expected = known ?? expectedIn(await readBytes(storage, tree.tagList));
  const all = expected.length < fewTags ? await storage.beginning?.(tree.manifests) : undefined;
  if (all?.isAll) return all.objects.map(({ key }) => key.slice(tree.manifests.length)).filter(isTag);
  const tags: string[] = [];
  for await (const key of listedKeys(storage, tree.manifests, {
    within: rangesOf(tree.manifests, expected),
  })) {
    const tag = key.slice(tree.manifests.length);
    if (isTag(tag)) tags.push(tag);
  }
  return tags;
}

/** Manifests under their digests are most of the keys, and are not listed: tags come before and behind them. */
function rangesOf(folder: string, known: readonly string[]): KeyRange[] {
  const [digests, behind, end] = [`${folder}sha256:`, `${folder}sha256:~`, `${folder}~`];
  // The last key of a piece is in it: behind that comes the same with the least letter.
  const cuts = [...known]
    .sort()
    .flatMap((tag, at) => (at % tagsAtOnce === tagsAtOnce - 1 ? `${folder}${tag}\0` : []));
  const pieces = (from: string, to: string): KeyRange[] => {
    const ends = [...cuts.filter((cut) => cut > from && cut < to), to];
    return ends.map((before, at) => ({ after: (ends[at - 1] ?? from).replace(/\0$/, ''), before }));
  };
  return [...pieces(folder, digests), ...pieces(behind, end)];
}

const tagListSchema = v.looseObject({ tags: v.optional(v.array(v.string()), []) });

/** The tags that `tags/list` tells of, where nothing else can tell; none where it is missing. */
export async function readListedTags(storage: Storage, tree: Tree): Promise<string[]> {
  return listedIn(await readBytes(storage, tree.tagList), whereIs(storage, tree.tagList));
}

/** Whether anything of a repository is stored, its list of tags above all. */
export async function isStored(storage: Storage, tree: Tree): Promise<boolean> {
  if (await storage.head(tree.tagList)) return true;
  if (storage.isUnlisted) return false;
  for (const folder of [tree.manifests, tree.blobs]) {
    for await (const _ of storage.list(folder)) return true;
  }
  return false;
}

/** The tags in a list that may be anything: nothing but how the tags are asked for depends on it. */
function expectedIn(bytes: Buffer | undefined): readonly string[] {
  try {
    return listedIn(bytes, '');
  } catch {
    return [];
  }
}

function listedIn(bytes: Buffer | undefined, where: string): string[] {
  if (!bytes) return [];
  const { tags } = parseJson(tagListSchema, bytes, where);
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

/**
 * Makes `tags/list` tell what is there, whoever else publishes. A list that stands is not written; before one is, `prepare` is
 * waited for.
 */
export async function rebuildTagList(
  storage: Storage,
  tree: Tree,
  name: string,
  prepare: () => Promise<void> = () => ensurePing(storage),
): Promise<void> {
  let known: readonly string[] | undefined;
  await untilItStands(whereIs(storage, tree.tagList), async () => {
    const present = readBytes(storage, tree.tagList);
    known ??= expectedIn(await present);
    const [found, bytes] = await Promise.all([findTags(storage, tree, known), present]);
    known = found;
    const list = Buffer.from(JSON.stringify({ name, tags: found }));
    if (bytes?.equals(list)) return 'stands';
    await prepare();
    await putList(storage, tree, list);
    return 'written';
  });
}

function putList(storage: Storage, tree: Tree, list: Buffer): Promise<void> {
  return putBytes(storage, tree.tagList, list, { contentType: 'application/json', cacheControl: changing });
}
