import { isTag } from '../oci/reference.ts';
import { FolderObjects } from '../storage/folder-objects.ts';
import { selfName } from '../storage/key-path.ts';
import type { Storage } from '../storage/storage.ts';
import { isReserved, listKey, type Release, tagKey } from './keys.ts';

/**
 * The storage through which documents of a name are read and written: itself, or where it could not hold a
 * document whose key is also the folder of files, one that keeps them in those folders, as directories do.
 */
export async function openDocuments(storage: Storage, name: string): Promise<Storage> {
  if (storage.isTree) return documentsInFolders(storage, name);
  const key = `${listKey(name)}/${selfName}`;
  // A directory does this by itself, and refuses the key.
  if (storage.keyProblem?.(key)) return storage;
  return (await storage.head(key)) ? documentsInFolders(storage, name) : storage;
}

/** A storage that keeps the list and the tags of a name in the folders of what they name. */
export function documentsInFolders(storage: Storage, name: string): Storage {
  const list = listKey(name);
  const isDocument = (key: string): boolean => {
    if (key === list) return true;
    const tag = key.startsWith(`${list}/`) ? key.slice(list.length + 1) : '';
    return isTag(tag) && !isReserved(tag);
  };
  return new FolderObjects(storage, isDocument);
}

/** The storage that one for the documents of a name was made of. */
export function outerStorage(storage: Storage): Storage {
  return storage instanceof FolderObjects ? storage.inner : storage;
}

/** Says where the documents of a name are, since nobody finds them under their own keys there. */
export function tellFolders(storage: Storage, release: Release): string {
  const where = storedKey(storage, tagKey(release));
  return `${storage.url} has no objects under keys that are also folders: the documents of ${release.name} lie in theirs, this one at ${where}`;
}

/** The key under which an object of the release lies, which is another one where documents are kept in folders. */
export function storedKey(storage: Storage, key: string): string {
  return storage instanceof FolderObjects ? storage.storedKey(key) : key;
}
