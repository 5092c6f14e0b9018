import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { AlbaError } from '../errors.ts';

/**
 * Throws an AlbaError where a folder below `root`, or the nearest one above it that is there, lies behind a symbolic link
 * that leads out of `root`: others may have left that there, in a checkout, say, and what is written has names of theirs.
 */
export async function assertWithin(root: string, folder: string): Promise<void> {
  for (let at = folder; at.length > root.length; at = dirname(at)) {
    const real = await realpathIfThere(at);
    if (real === undefined) continue;
    const realRoot = await realpath(root);
    if (real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return;
    const where = `is behind a symbolic link that leads out of ${root}, to ${real}`;
    throw new AlbaError('target', `${folder} ${where}: nothing is written there`);
  }
}

async function realpathIfThere(path: string): Promise<string | undefined> {
  return realpath(path).catch(() => undefined);
}
