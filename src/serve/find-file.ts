import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { AlbaError } from '../errors.ts';
import { findObject, statIfThere } from '../storage/file-tree.ts';
import { pathOfKey } from '../storage/key-path.ts';

/** What a path of the server leads to: a file, or the folder that was meant. */
export type Answer = { readonly file: string } | { readonly redirect: string };

const indexName = 'index.html';

/**
 * The file that a request's path names below `root`, a real path: an object, or a folder's index document.
 * Nothing outside of the root, whatever the path or a link says.
 */
export async function findFile(root: string, key: string): Promise<Answer | undefined> {
  const path = pathBelow(root, key);
  if (path === undefined) return undefined;
  if (key !== '' && !key.endsWith('/')) {
    const found = await findObject(path);
    if (found) return fileWithin(root, found.path);
    return (await hasIndex(path)) ? { redirect: `/${key}/` } : undefined;
  }
  return (await hasIndex(path)) ? fileWithin(root, join(path, indexName)) : undefined;
}

async function hasIndex(folder: string): Promise<boolean> {
  return (await statIfThere(join(folder, indexName)))?.isFile() ?? false;
}

async function fileWithin(root: string, path: string): Promise<Answer | undefined> {
  const real = await realpath(path);
  const inside = root.endsWith(sep) ? root : root + sep;
  return real.startsWith(inside) ? { file: real } : undefined;
}

/** Undefined for what is no key: `..`, empty names, our own names on disk. */
function pathBelow(root: string, key: string): string | undefined {
  if (key === '') return root;
  try {
    return join(root, pathOfKey(key, process.platform));
  } catch (thrown) {
    if (thrown instanceof AlbaError) return undefined;
    throw thrown;
  }
}
