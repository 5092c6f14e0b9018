import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { downloads, type FoundName, findNames, images } from './names.ts';

/** How many names are told, and tags of each. */
const maxNames = 20;
const maxTags = 3;

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

function linesOf({ tags }: FoundName, lineOf: (tag: string) => string, untagged: string): string[] {
  if (tags.length === 0) return [untagged];
  const lines = tags.slice(0, maxTags).map(lineOf);
  return tags.length > maxTags ? [...lines, `and ${tags.length - maxTags} more`] : lines;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}
