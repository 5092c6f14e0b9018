import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { maxManifestSize } from '../oci/manifest.ts';
import { isName, isTag } from '../oci/reference.ts';
import { folders, rootFolder, tagListName } from '../repository/static/keys.ts';
import { selfName } from '../storage/key-path.ts';

/** Both trees list the tags of a name so (distribution-spec, "Listing Tags"; df-dist-v1). */
const tagListSchema = v.object({ tags: v.nullable(v.array(v.string())) });

/** How many folders are looked into. */
const maxFolders = 10_000;

/** A name in one of the trees; its tags in the order of their list. */
export interface FoundName {
  readonly name: string;
  readonly tags: readonly string[];
}

/** How a tree is read: where a name's list of tags is, what else makes a name, and what is no name below it. */
interface Kind {
  readonly tree: string;
  readonly list: string;
  readonly folder: string | undefined;
  isBelow(entry: string, tags: readonly string[]): boolean;
}

const partsOfRepository: readonly string[] = Object.values(folders);

/** Repositories of images. */
export const images: Kind = {
  tree: rootFolder,
  list: tagListName,
  folder: folders.manifests,
  isBelow: (entry) => !partsOfRepository.includes(entry),
};

/** Plain files, as df-dist-v1 has them. */
export const downloads: Kind = {
  tree: 'df-dist-v1',
  list: selfName,
  folder: undefined,
  isBelow: (entry, tags) => !tags.includes(entry),
};

/** The names in a tree below a real path. A folder is entered once, a link never: the walk ends. */
export async function findNames(root: string, kind: Kind): Promise<FoundName[]> {
  const found: FoundName[] = [];
  const waiting: string[] = [''];
  for (let looked = 0; looked < maxFolders; looked += 1) {
    const name = waiting.shift();
    if (name === undefined) break;
    const folder = join(root, kind.tree, name);
    const tags = await readTags(join(folder, kind.list));
    const folders = await foldersIn(folder);
    const isHere = tags !== undefined || (kind.folder !== undefined && folders.includes(kind.folder));
    if (isHere && isName(name)) found.push({ name, tags: tags ?? [] });
    const below = folders.filter((entry) => !isHere || kind.isBelow(entry, tags ?? []));
    for (const one of below.map((entry) => (name ? `${name}/${entry}` : entry))) waiting.push(one);
  }
  return found;
}

async function foldersIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** Undefined for what is no list of tags. */
export async function readTags(path: string): Promise<string[] | undefined> {
  try {
    if ((await stat(path)).size > maxManifestSize) return undefined;
    const parsed = v.safeParse(tagListSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? (parsed.output.tags ?? []).filter(isTag) : undefined;
  } catch {
    return undefined;
  }
}
