import { createHash, randomBytes } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { beginningOf, isThere, thisProcess } from './process-identity.ts';

/** The beginning of a name for what this process has not done yet, and removes when it is done: it tells whose it is, and with a dot it is hidden. */
export function ownTemporaryPrefix(kind = '.alba-'): string {
  const { machine, pid, began } = thisProcess();
  return `${kind}${short(machine)}-${pid}-${short(began)}-`;
}

/** A new name that begins so. */
export function newTemporaryName(): string {
  return `${ownTemporaryPrefix()}${randomBytes(6).toString('hex')}`;
}

/** Removes what processes of this machine left in a folder that were killed; that it cannot be removed is no failure. */
export async function removeDeadTemporaries(folder: string): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter(isOfTheDead)) {
    await rm(join(folder, name), { recursive: true, force: true }).catch(() => {});
  }
}

function isOfTheDead(name: string): boolean {
  const mark = /^\.?alba-([0-9a-f]{8})-(\d{1,10})-([0-9a-f]{8})-/.exec(name);
  const [, machine, pid, began] = mark ?? [];
  if (machine !== short(thisProcess().machine)) return false;
  return !isThere(Number(pid)) || short(beginningOf(Number(pid))) !== began;
}

function short(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 8);
}
