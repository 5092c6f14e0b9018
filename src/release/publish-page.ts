import pMap from 'p-map';
import { untilItStands } from '../concurrency/converge.ts';
import { messageOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { whereIs } from '../storage/bytes.ts';
import { encodeKey } from '../storage/encode-key.ts';
import type { Storage } from '../storage/storage.ts';
import { parseTagManifest } from './documents.ts';
import { parseInstaller } from './install/installer.ts';
import { installerKey, listKey, pageKey, tagKey } from './keys.ts';
import { formatPage, type PageRelease, parsePage } from './page/page.ts';
import { readObject, writeObject } from './store.ts';
import { readTagList } from './tags.ts';

/** Releases that a page shows with their files; it names all others. */
const maxReleases = 20;

/** Writes the page of a name, which is served below `publicUrl` if that is known. */
export async function publishPage(
  storage: Storage,
  name: string,
  publicUrl: string | undefined,
  progress: Progress,
): Promise<void> {
  const folderUrl = publicUrl && `${publicUrl}/${encodeKey(listKey(name))}`;
  await writePage(storage, name, await readObject(storage, pageKey(name)), folderUrl, progress);
}

/**
 * Brings a page that an earlier push wrote up to date, as it is served; one of somebody else's stays as it is. Gives
 * whether there is one.
 */
export async function refreshPage(storage: Storage, name: string, progress: Progress): Promise<boolean> {
  const present = await readObject(storage, pageKey(name));
  const page = present && parsePage(present);
  if (page) await writePage(storage, name, present, page.folderUrl, progress);
  return page !== undefined;
}

/** Writes the page unless it is there as it should be, and anew when what it shows has changed since it was read. */
async function writePage(
  storage: Storage,
  name: string,
  present: Buffer | undefined,
  folderUrl: string | undefined,
  progress: Progress,
): Promise<void> {
  const key = pageKey(name);
  let page = present;
  const told = new Set<string>();
  const warn = (warning: string): void => {
    if (!told.has(warning)) progress.warn(warning);
    told.add(warning);
  };
  await untilItStands(whereIs(storage, key), async () => {
    const tags = (await readTagList(storage, name))?.tags ?? [];
    const releases = await readReleases(storage, name, tags.slice(0, maxReleases), warn);
    const installer = await readObject(storage, installerKey(name));
    const installerUrl = tags.length > 0 && installer ? parseInstaller(installer)?.folderUrl : undefined;
    const wanted = formatPage({ name, releases, older: tags.slice(maxReleases), folderUrl, installerUrl });
    if (page?.equals(wanted)) return 'stands';
    await writeObject(storage, key, wanted, 'text/html; charset=utf-8');
    page = wanted;
    return 'written';
  });
  if (page !== present) progress.line(`page -> ${key}`);
}

/** A document that somebody has spoilt is left out with a warning: a new release is not to fail for an old one. */
async function readReleases(
  storage: Storage,
  name: string,
  tags: readonly string[],
  warn: (warning: string) => void,
): Promise<PageRelease[]> {
  const read = async (tag: string): Promise<PageRelease[]> => {
    const key = tagKey({ name, tag });
    const bytes = await readObject(storage, key);
    if (!bytes) return [];
    try {
      return [{ tag, manifest: parseTagManifest(bytes, whereIs(storage, key)) }];
    } catch (failure) {
      warn(`not on the page: ${messageOf(failure)}`);
      return [];
    }
  };
  return (await pMap(tags, read, { concurrency: maxReleases })).flat();
}
