import { AlbaError } from '../errors.ts';
import { selfName } from '../storage/key-path.ts';
import type { Storage } from '../storage/storage.ts';
import { openDocuments, outerStorage } from './in-folders.ts';
import { listKey } from './keys.ts';
import { readTagList } from './tags.ts';

/** All names that have a list of tags: one LIST of all that is there, and each list. */
export async function listReleaseNames(storage: Storage): Promise<string[]> {
  const root = listKey('');
  const objects = new Set<string>();
  const folders = new Set<string>();
  for await (const { key } of storage.list(root)) {
    const parts = key.slice(root.length).split('/');
    const last = parts.at(-1) === selfName ? parts.slice(0, -1) : parts;
    objects.add(last.join('/'));
    for (let length = 1; length < last.length; length += 1) folders.add(last.slice(0, length).join('/'));
  }
  const tags = new Set<string>();
  const names: string[] = [];
  // A document that others lie below is a list, or that of a tag, which a list names; `org` comes before `org/app`.
  for (const name of [...objects].filter((one) => folders.has(one) || !one.includes('/')).sort()) {
    if (tags.has(name)) continue;
    const list = await readIfList(storage, name);
    if (!list) continue;
    names.push(name);
    for (const tag of list) tags.add(`${name}/${tag}`);
  }
  return names;
}

/**
 * Documents of other names among the keys below a tag, whether they can be read or not: others lie below them, as below no file
 * of a tree.
 */
export function documentsAmong(keys: readonly string[]): string[] {
  const self = `/${selfName}`;
  const objects = new Set(keys.map((key) => (key.endsWith(self) ? key.slice(0, -self.length) : key)));
  const above = keys.flatMap((key) => {
    const parts = key.split('/');
    return parts.map((_, at) => parts.slice(0, at).join('/')).filter((one) => objects.has(one));
  });
  return [...new Set(above)];
}

async function readIfList(storage: Storage, name: string): Promise<readonly string[] | undefined> {
  try {
    return (await readTagList(await openDocuments(outerStorage(storage), name), name))?.tags;
  } catch (failure) {
    if (failure instanceof AlbaError && failure.code === 'target') return undefined;
    throw failure;
  }
}
