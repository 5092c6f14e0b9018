import type { Storage } from '../../storage/storage.ts';
import { kindOfKey, rootFolder, tagListName } from './keys.ts';

/** The names of all repositories that have a tag list: one LIST of all that registries have there. */
export async function listNames(storage: Storage): Promise<string[]> {
  const names: string[] = [];
  for await (const { key } of storage.list(`${rootFolder}/`)) {
    if (kindOfKey(key) !== 'tag list') continue;
    names.push(key.slice(rootFolder.length + 1, -tagListName.length - 1));
  }
  return names;
}
