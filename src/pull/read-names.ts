import { readdirSync } from 'node:fs';
import { decodeName, encodeName } from '../content/tar/tar-name.ts';

/** A path as calls of the file system take it: bytes where a part of it is no UTF-8. */
export type EntryPath = string | Buffer;

/** The names in a folder; a byte of one that is no UTF-8 is a lone surrogate, as in tars. Throws the system's error. */
export function readNamesSync(folder: EntryPath): string[] {
  const path = typeof folder === 'string' ? encodeName(folder) : folder;
  const names = readdirSync(path);
  if (!names.some((name) => name.includes('\ufffd'))) return names;
  return readdirSync(path, { encoding: 'buffer' }).map(decodeName);
}

/** The path of an entry in a folder by such a name. */
export function entryPath(folder: EntryPath, name: string): EntryPath {
  if (typeof folder === 'string') return encodeName(`${folder}/${name}`);
  return Buffer.concat([folder, Buffer.from('/'), Buffer.from(encodeName(name))]);
}
