import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AlbaError } from '../errors.ts';

/** In bytes: more than images have, and less than what fills most disks. */
export const usualLimit = 64_000_000_000;

/** Of what is free: who runs it wants to write something else, too. */
const share = 0.9;

const units: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  ...Object.fromEntries(['k', 'm', 'g', 't'].map((letter, at) => [`${letter}b`, 1000 ** (at + 1)])),
  ...Object.fromEntries(['k', 'm', 'g', 't'].map((letter, at) => [`${letter}ib`, 1024 ** (at + 1)])),
};

/** A number of bytes as people write it: `500MiB`, `2GB`, `1000000`; else a usage error. */
export function parseSize(text: string, name: string): number {
  const [, number, unit = ''] = /^(\d{1,15}(?:\.\d+)?)\s*([a-z]*)$/i.exec(text) ?? [];
  const factor = units[unit.toLowerCase()];
  const bytes =
    number === undefined || factor === undefined ? Number.NaN : Math.floor(Number(number) * factor);
  if (Number.isSafeInteger(bytes) && bytes > 0) return bytes;
  throw new AlbaError('usage', `${name} "${text}" is no size: expected bytes such as 2GB, 500MiB or 1000000`);
}

/** What the files of a pull may come to where nobody says it: 64 GB, and nine tenths of what is free where they go. In bytes. */
export async function usualSizeLimit(path: string): Promise<number> {
  const found = await statfs(path).catch(() => undefined);
  if (found) return Math.min(usualLimit, Math.floor(found.bavail * found.bsize * share));
  return dirname(path) === path ? usualLimit : usualSizeLimit(dirname(path));
}
