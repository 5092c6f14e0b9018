import { realpath } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, dirname, sep } from 'node:path';
import { AlbaError } from '../../errors.ts';

/**
 * Throws an AlbaError where a full folder that is to be replaced is, or holds, what the pull itself reads: its source or its store.
 * `path` is without links on the way to it, `needed` are absolute paths.
 */
export async function assertSpares(path: string, shown: string, needed: readonly string[]): Promise<void> {
  for (const one of needed) {
    if (!holds(path, await realpath(one).catch(() => one))) continue;
    throw new AlbaError(
      'target',
      `${shown} cannot be replaced: the pull itself reads ${one}, which would be lost; name another folder`,
    );
  }
}

/**
 * Throws an AlbaError where a folder is one that nobody means by `replace`: the root, the home folder, one that holds it or the
 * working directory, and what git keeps.
 */
export async function assertExpendable(path: string, shown: string, directory: string): Promise<void> {
  const [home, working] = await Promise.all(
    [homedir(), directory].map((one) => realpath(one).catch(() => one)),
  );
  const why =
    dirname(path) === path
      ? 'it is the root'
      : home !== undefined && holds(path, home)
        ? 'it is the home folder, or holds it'
        : working !== undefined && path !== working && holds(path, working)
          ? 'it holds the working directory'
          : basename(path) === '.git' || path.includes(`${sep}.git${sep}`)
            ? 'it is what git keeps of a repository'
            : undefined;
  if (why === undefined) return;
  throw new AlbaError(
    'target',
    `${shown} is not replaced, as ${why} and no pull wrote it: name another folder, or empty it first`,
  );
}

function holds(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
