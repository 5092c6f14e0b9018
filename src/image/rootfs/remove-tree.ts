import { chmodSync, lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import { systemCode } from '../../errors.ts';
import { diskFailure } from './disk-failure.ts';

const slash = Buffer.from('/');

/**
 * Removes a tree of an image, also one with folders that are closed to their owner, and with names that are no UTF-8, before
 * either of which `rm` of Node gives up. Links are not followed; what is not there is fine. What the disk refuses is a target error.
 */
export function removeTree(folder: string): void {
  try {
    remove(Buffer.from(folder));
  } catch (cause) {
    throw diskFailure(`remove ${folder}`, cause);
  }
}

function remove(path: Buffer): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats) return;
  if (!stats.isDirectory()) {
    unlinkSync(path);
    return;
  }
  for (const name of namesIn(path)) remove(Buffer.concat([path, slash, name]));
  rmdirSync(path);
}

function namesIn(path: Buffer): Buffer[] {
  try {
    const names = readdirSync(path, { encoding: 'buffer' });
    if (names.length > 0) open(path);
    return names;
  } catch (cause) {
    if (systemCode(cause) !== 'EACCES' && systemCode(cause) !== 'EPERM') throw cause;
    open(path);
    return readdirSync(path, { encoding: 'buffer' });
  }
}

/** What is in a folder can be removed by who may write to it and search it. */
function open(path: Buffer): void {
  if ((lstatSync(path).mode & 0o700) !== 0o700) chmodSync(path, 0o700);
}
