import { setTimeout as wait } from 'node:timers/promises';
import { readCapped } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { isTag } from '../oci/reference.ts';
import type { Storage } from '../storage/storage.ts';
import { changing, ensurePing, putBytes, type Tree } from './static-tree.ts';

/** Each round that does not stand was lost to another publisher who has won one; some 10 s in all. */
const rounds = 40;

/** A fallback tag of the referrers API is no tag of a release (distribution-spec, "Referrers tag schema"). */
const referrersTag = /^sha256-[0-9a-f]{64}/;

/** The tags that manifests are stored under, in the order that the spec demands of a tag list. */
export async function findTags(storage: Storage, tree: Tree): Promise<string[]> {
  const tags: string[] = [];
  for await (const { key } of storage.list(tree.manifests)) {
    const tag = key.slice(tree.manifests.length);
    if (isTag(tag) && !referrersTag.test(tag)) tags.push(tag);
  }
  return tags;
}

/**
 * Makes `tags/list` tell what is there. Whoever writes it looks again afterwards, so the last writer of
 * several leaves it right, also where conditional writes are ignored. A list that stands is not written.
 */
export async function rebuildTagList(storage: Storage, tree: Tree, name: string): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const list = Buffer.from(JSON.stringify({ name, tags: await findTags(storage, tree) }));
    if (list.equals(await readList(storage, tree))) return;
    if (round === 0) await ensurePing(storage);
    else await wait(Math.random() * Math.min(20 * round, 500));
    await putBytes(storage, tree.tagList, list, 'application/json', changing);
  }
  const remedy = 'other publishers keep changing it; publish again';
  throw new AlbaError(
    'target',
    `${storage.url}: ${tree.tagList} did not settle in ${rounds} rounds: ${remedy}`,
  );
}

async function readList(storage: Storage, tree: Tree): Promise<Buffer> {
  const stream = await storage.get(tree.tagList);
  return stream ? readCapped(() => stream, `${storage.url}/${tree.tagList}`, 'target') : Buffer.alloc(0);
}
