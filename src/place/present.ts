import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AlbaError } from '../errors.ts';
import { fileError } from '../storage/file-error.ts';
import type { Place } from './scheme.ts';

/** Throws a target error where a place is a directory that is not there, or something else; relative ones begin at `base`. */
export async function assertPresent(
  { url, directory }: Pick<Place, 'url' | 'directory'>,
  base: string,
): Promise<void> {
  if (directory === undefined) return;
  const path = resolve(base, directory);
  const stats = await stat(path).catch((cause: unknown) => {
    throw fileError('read', path, cause);
  });
  if (!stats.isDirectory()) throw new AlbaError('target', `${url} is no directory`);
}
