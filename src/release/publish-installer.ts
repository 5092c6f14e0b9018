import { untilItStands } from '../concurrency/converge.ts';
import { AlbaError } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { whereIs } from '../storage/bytes.ts';
import { encodeKey } from '../storage/encode-key.ts';
import type { Storage } from '../storage/storage.ts';
import { formatInstaller, parseInstaller } from './install/installer.ts';
import { installerKey, listKey } from './keys.ts';
import { readObject, writeObject } from './store.ts';
import { readTagList } from './tags.ts';

/**
 * Writes the installer of a name whose files are served below `publicUrl`, and gives the URL of its folder; a script of somebody
 * else's there is an error.
 */
export async function publishInstaller(
  storage: Storage,
  name: string,
  publicUrl: string,
  progress: Progress,
): Promise<string> {
  const key = installerKey(name);
  const present = await readObject(storage, key);
  if (present && !parseInstaller(present)) {
    throw new AlbaError(
      'target',
      `${whereIs(storage, key)} is a script of somebody else's, and stays so: move it first`,
    );
  }
  const folderUrl = `${publicUrl}/${encodeKey(listKey(name))}`;
  await writeInstaller(storage, name, present, folderUrl, progress);
  return folderUrl;
}

/** Brings an installer that an earlier push wrote up to date, and gives the URL of its folder; one of somebody else's stays as it is. */
export async function refreshInstaller(
  storage: Storage,
  name: string,
  progress: Progress,
): Promise<string | undefined> {
  const present = await readObject(storage, installerKey(name));
  const known = present && parseInstaller(present);
  if (known) await writeInstaller(storage, name, present, known.folderUrl, progress);
  return known?.folderUrl;
}

/** Writes the installer unless it is there as it should be, and anew when the tags have changed since they were read. */
async function writeInstaller(
  storage: Storage,
  name: string,
  present: Buffer | undefined,
  folderUrl: string,
  progress: Progress,
): Promise<void> {
  const key = installerKey(name);
  let installer = present;
  await untilItStands(whereIs(storage, key), async () => {
    const [newest] = (await readTagList(storage, name))?.tags ?? [];
    const wanted = formatInstaller({ name, newest, folderUrl });
    if (installer?.equals(wanted)) return 'stands';
    await writeObject(storage, key, wanted, 'text/plain; charset=utf-8');
    installer = wanted;
    return 'written';
  });
  if (installer !== present) progress.line(`installer -> ${key}`);
}
