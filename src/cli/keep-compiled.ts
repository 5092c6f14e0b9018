import { existsSync, lstatSync, mkdirSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import envPaths from 'env-paths';

/**
 * Keeps the compiled code of what is loaded from now on for the next run (Node ≥ 22.8), in a folder `compiled` where the command
 * line keeps what it learns, once that is there. What lies in it is run as it is: a folder that others can write is not used.
 */
export function keepCompiled(): void {
  const folder = join(envPaths('alba', { suffix: '' }).cache, 'compiled');
  try {
    if (!existsSync(folder)) mkdirSync(folder, { mode: 0o700 });
    if (isOwn(dirname(folder)) && isOwn(folder)) module.enableCompileCache?.(folder);
  } catch {
    // The first run of a user, who may be a runner of CI that has no second one: writing it costs as much as it spares.
  }
}

/** Windows tells no owner, and keeps such a folder in the profile of the user. */
function isOwn(folder: string): boolean {
  const found = lstatSync(folder);
  if (!found.isDirectory()) return false;
  return process.getuid === undefined || (found.uid === process.getuid() && (found.mode & 0o022) === 0);
}
