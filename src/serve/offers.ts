import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as v from 'valibot';
import { maxManifestSize } from '../oci/manifest.ts';
import { isName, isTag } from '../oci/reference.ts';
import { folders, rootFolder, tagListName } from '../repository/static/keys.ts';
import { selfName } from '../storage/key-path.ts';

/** Both trees list the tags of a name so (distribution-spec, "Listing Tags"; df-dist-v1). */
const tagListSchema = v.object({ tags: v.nullable(v.array(v.string())) });

/** How many folders are looked into, names told, and tags of each. */
const maxFolders = 1000;
const maxNames = 20;
const maxTags = 3;

/** A name in one of the trees; its tags in the order of their list. */
interface Found {
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
const images: Kind = {
  tree: rootFolder,
  list: tagListName,
  folder: folders.manifests,
  isBelow: (entry) => !partsOfRepository.includes(entry),
};
const downloads: Kind = {
  tree: 'df-dist-v1',
  list: selfName,
  folder: undefined,
  isBelow: (entry, tags) => !tags.includes(entry),
};

/** What can be had of a directory that is served at a URL, in lines to copy; `root` is a real path. */
export async function offersOf(root: string, url: string): Promise<string[]> {
  const { host } = new URL(url);
  const pulls = (await findNames(root, images)).map((found) =>
    linesOf(found, (tag) => `docker pull ${host}/${found.name}:${tag}`, `${host}/${found.name}@sha256:…`),
  );
  const links = (await findNames(root, downloads)).map(async (found) => {
    const folder = `${url}/${downloads.tree}/${found.name}`;
    const page = (await isFile(join(root, downloads.tree, found.name, 'index.html'))) ? [`${folder}/`] : [];
    return [...page, ...linesOf(found, (tag) => `${folder}/${tag}/SHA256SUMS`, folder)];
  });
  const all = [...pulls, ...(await Promise.all(links))];
  const shown = all.slice(0, maxNames).flat();
  if (all.length === 0) return ['nothing that a file:// target of alba has made'];
  return all.length > maxNames ? [...shown, `and ${all.length - maxNames} more`] : shown;
}

function linesOf({ tags }: Found, lineOf: (tag: string) => string, untagged: string): string[] {
  if (tags.length === 0) return [untagged];
  const lines = tags.slice(0, maxTags).map(lineOf);
  return tags.length > maxTags ? [...lines, `and ${tags.length - maxTags} more`] : lines;
}

/** A folder is entered once, a link never: the walk ends. */
async function findNames(root: string, kind: Kind): Promise<Found[]> {
  const found: Found[] = [];
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
    waiting.push(...below.map((entry) => (name ? `${name}/${entry}` : entry)));
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
async function readTags(path: string): Promise<string[] | undefined> {
  try {
    if ((await stat(path)).size > maxManifestSize) return undefined;
    const parsed = v.safeParse(tagListSchema, JSON.parse(await readFile(path, 'utf8')));
    return parsed.success ? (parsed.output.tags ?? []).filter(isTag) : undefined;
  } catch {
    return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
