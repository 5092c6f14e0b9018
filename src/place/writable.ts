import { constants } from 'node:fs';
import { access, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { AlbaError, systemCode } from '../errors.ts';
import { fileError } from '../storage/file-error.ts';
import type { Place } from './scheme.ts';

/** The directories that these places are written to, absolute; none for a registry or a bucket. */
export function directoriesOf(places: readonly Pick<Place, 'directory'>[], base: string): string[] {
  return places.flatMap(({ directory }) => (directory === undefined ? [] : resolve(base, directory)));
}

/** Fails where a directory cannot be written to, or made: told before anything is read. Nothing is written. */
export async function assertWritable(directories: readonly string[]): Promise<void> {
  for (const directory of new Set(directories)) {
    await askNearest(directory).catch((cause: unknown) => {
      throw fileError('write', directory, cause);
    });
  }
}

/** Asks the folder, or the nearest one above it that is there. */
async function askNearest(path: string): Promise<void> {
  try {
    if (!(await stat(path)).isDirectory()) throw isFile(path);
    await access(path, constants.W_OK | constants.X_OK);
  } catch (thrown) {
    if (systemCode(thrown) !== 'ENOENT' || dirname(path) === path) throw thrown;
    await askNearest(dirname(path));
  }
}

function isFile(path: string): AlbaError {
  return new AlbaError('target', `cannot write ${path}: there is a file, expected a directory`);
}
