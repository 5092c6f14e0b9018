import { lstatSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { contentPath, type LayerEntries } from '../../image/rootfs/unpacked-layer.ts';
import { readPlainFile } from '../read-plain-file.ts';
import { isDoubtful, unsettledNow } from '../settled.ts';
import {
  formatLayerHeaders,
  type KeptHeaders,
  mostHeaderBytes,
  parseLayerHeaders,
} from './layer-headers-file.ts';

/** The file of the headers in the folder of a layer; its time is that of the last use. */
const headersName = 'headers';

/** In ms: file systems keep times by two seconds at worst. */
const timeTolerance = 2000;

/** The path of a layer's headers. */
export function headersPath(folder: string): string {
  return join(folder, headersName);
}

/** Reads a layer that is kept in a folder; a text says what is wrong with it. */
export async function readKeptLayer(folder: string): Promise<KeptHeaders | string> {
  const path = headersPath(folder);
  const packed = await readPlainFile(path, mostHeaderBytes);
  const kept = packed && (await parseLayerHeaders(packed));
  if (!kept) return 'its headers are damaged';
  if (isDoubtful(kept.unsettled, `${lstatSync(path).ino}`))
    return 'it was written before this machine was last started, and may not be whole';
  const wrong = wrongContent(folder, kept.entries);
  return wrong === undefined ? kept : `the content of ${wrong} was changed`;
}

/**
 * The name of the first file whose content is not there, or has another size or time than its entry: who writes through a link into
 * the store changes one of them. Calls that wait: of many files they are the fastest.
 */
export function wrongContent(folder: string, entries: LayerEntries): string | undefined {
  let number = 0;
  for (const { name, type, size, mtime } of entries) {
    const path = contentPath(folder, number);
    number += 1;
    if (type !== 'file') continue;
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (!stats?.isFile() || stats.size !== size) return name;
    if (Math.abs(stats.mtimeMs - mtime * 1000) > timeTolerance) return name;
  }
  return undefined;
}

/** Writes the headers of a layer into its folder, to the disk; false where there are too many of them to be kept. */
export async function writeHeaders(
  path: string,
  entries: LayerEntries,
  isSettled: boolean,
): Promise<boolean> {
  await using file = await open(path, 'wx');
  const inode = `${(await file.stat()).ino}`;
  const unsettled = isSettled ? undefined : unsettledNow(dirname(path), inode);
  const headers = await formatLayerHeaders(entries, unsettled);
  if (!headers) return false;
  await file.writeFile(headers);
  await file.sync();
  return true;
}
