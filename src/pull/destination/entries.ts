import { lstatSync, type Stats, statSync } from 'node:fs';
import { encodeName } from '../../content/tar/tar-name.ts';
import { readNamesSync } from '../read-names.ts';

/**
 * Reads a tree without its contents, path and text of each as a `TreeStats` has them; `without` is a name at its root that is no part of it. Calls that wait: one
 * after the other they are the fastest.
 */
export function* readTreeStats(
  root: string,
  without?: string,
): Generator<readonly [path: string, text: string], void, void> {
  const top = lstatSync(root);
  // The root of a tree that is swapped entry by entry is none of ours.
  if (without === undefined) yield ['.', textOf(top)];
  if (!top.isDirectory()) return;
  const ahead = [''];
  for (let folder = ahead.pop(); folder !== undefined; folder = ahead.pop()) {
    for (const name of namesIn(`${root}/${folder}`)) {
      if (folder === '' && name === without) continue;
      const path = folder === '' ? name : `${folder}/${name}`;
      const stats = lookAt(`${root}/${path}`);
      yield [path, stats ? textOf(stats) : '?'];
      if (stats?.isDirectory()) ahead.push(path);
    }
  }
}

/** What is said of the root of a tree, a link to it followed; undefined where there is none. */
export function rootStats(root: string): string | undefined {
  const stats = statSync(root, { throwIfNoEntry: false });
  return stats && textOf(stats);
}

/** Undefined where the folder may be listed, but not entered. */
function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(encodeName(path));
  } catch {
    return undefined;
  }
}

/** A folder that may not be read, or is gone by now, has nothing that can be compared. */
function namesIn(folder: string): string[] {
  try {
    return readNamesSync(folder).sort();
  } catch {
    return [];
  }
}

function textOf(stats: Stats): string {
  const size = stats.isDirectory() ? '' : stats.size;
  return `${kindOf(stats)} ${(stats.mode & 0o7777).toString(8)} ${stats.mtimeMs} ${size} ${stats.ino}`;
}

/** `d` a folder, `f` a file, `l` a link, `o` anything else. */
function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'd';
  if (stats.isFile()) return 'f';
  return stats.isSymbolicLink() ? 'l' : 'o';
}
