import pMap from 'p-map';
import type { Progress } from '../progress/progress.ts';
import { encodeKey } from '../storage/encode-key.ts';
import type { Storage } from '../storage/storage.ts';
import { listKey, pageKey } from './keys.ts';
import { formatPage, type PageRelease, parsePage } from './page/page.ts';
import { readTagManifest } from './published.ts';
import { readObject, writeObject } from './store.ts';
import { readTagList } from './tags.ts';

/** Releases that a page shows with their files; it names all others. */
const maxReleases = 20;

/** How often a page is made when other publishers change the list of tags meanwhile. */
const maxPages = 5;

/** Documents that are read at once. */
const concurrency = 8;

/** Writes the page of a name, which is served below `publicUrl` if that is known. */
export async function publishPage(
  storage: Storage,
  name: string,
  publicUrl: string | undefined,
  progress: Progress,
): Promise<void> {
  await writePage(storage, name, publicUrl && `${publicUrl}/${encodeKey(listKey(name))}`, progress);
}

/** Brings a page that an earlier push wrote up to date, as it is served; one of somebody else's stays as it is. */
export async function refreshPage(storage: Storage, name: string, progress: Progress): Promise<void> {
  const bytes = await readObject(storage, pageKey(name));
  const page = bytes && parsePage(bytes);
  if (page) await writePage(storage, name, page.folderUrl, progress);
}

/** Anew when the list of tags has changed since it was read. */
async function writePage(
  storage: Storage,
  name: string,
  folderUrl: string | undefined,
  progress: Progress,
): Promise<void> {
  const key = pageKey(name);
  let shown: readonly string[] | undefined;
  for (let round = 0; round < maxPages; round += 1) {
    const tags = (await readTagList(storage, name))?.tags ?? [];
    if (shown && tags.join(' ') === shown.join(' ')) break;
    const releases = await readReleases(storage, name, tags.slice(0, maxReleases));
    const page = formatPage({ name, releases, older: tags.slice(maxReleases), folderUrl });
    await writeObject(storage, key, page, 'text/html; charset=utf-8');
    shown = tags;
  }
  progress.line(`page -> ${key}`);
}

async function readReleases(storage: Storage, name: string, tags: readonly string[]): Promise<PageRelease[]> {
  const read = async (tag: string): Promise<PageRelease[]> => {
    const manifest = await readTagManifest(storage, { name, tag });
    return manifest ? [{ tag, manifest }] : [];
  };
  return (await pMap(tags, read, { concurrency })).flat();
}
