import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Problems } from '../../errors.ts';

/** Nix leaves links into it in all that it builds. */
const nixStore = '/nix/store';

/** The real folders that links out of a tree may lead into: those of `follow`, relative to `directory`, and Nix's store. */
export async function readFollowed(
  follow: readonly string[],
  directory: string,
  problems: Problems,
): Promise<string[]> {
  const folders: string[] = [await realpath(nixStore).catch(() => nixStore)];
  for (const folder of follow) {
    try {
      folders.push(await realpath(resolve(directory, folder)));
    } catch {
      problems.add(`follow names ${folder}, which is not there`);
    }
  }
  return folders;
}

/** Whether a real path is one of these folders, or lies in one. */
export function isIn(real: string, folders: readonly string[]): boolean {
  return folders.some(
    (folder) => real === folder || real.startsWith(folder.endsWith(sep) ? folder : folder + sep),
  );
}

/** Why a path that leads there is not read. */
export function leadsOut(real: string): string {
  return `leads out of the tree, to ${real}: if that is to be published, name a folder around it by follow`;
}
