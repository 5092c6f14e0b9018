import { realpath } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import type { Problems } from '../../errors.ts';
import { formatCount } from '../../progress/format.ts';

/** Nix leaves trees of links into it; it holds no secrets, as everybody on a machine may read all of it. */
const nixStore = '/nix/store';

/** Links that are told in a line each. */
const mostTold = 5;

/** The real folders that symbolic links may lead into besides their own tree: those of `follow`, and Nix's store. */
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
      problems.add(`follow names ${folder}, which is not there: correct it or leave it out`);
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

/** Tells which links were followed, as paths from the working directory, and where to: of many, one line says how many. */
export function tellFollowed(
  links: readonly (readonly [path: string, real: string])[],
  tell: (line: string) => void,
  debug: (line: string) => void,
): void {
  const each = links.length > mostTold ? debug : tell;
  for (const [path, real] of links) each(`${path} is a symbolic link, followed to ${real}`);
  const [first] = links;
  if (each === tell || !first) return;
  tell(`${formatCount(links.length, 'symbolic link')} are followed, such as ${first[0]} to ${first[1]}`);
}
