import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../progress/progress.ts';
import { removeStale } from '../../storage/file-lock.ts';
import { lookAtLock, makeWholeLock, removeLock } from '../lock/process-lock.ts';
import { removeOrWarn } from '../remove-tree.ts';
import { namesIn, type StoreFolder } from './store-folder.ts';

/** Says that a process uses a store: nothing is removed that it may have found there, nor what it has not finished. */
export interface Lease extends AsyncDisposable {
  readonly name: string;
  /** A new path for something that is not ready, or no longer needed; gone with the lease, if not before. */
  temporary(): string;
}

/** Takes a lease, and removes what dead ones left. */
export async function takeLease(store: StoreFolder, progress: Pick<Progress, 'warn'>): Promise<Lease> {
  const name = randomUUID();
  // Its draft is nobody's, so that who sweeps it sweeps nothing that comes later.
  const lock = makeWholeLock(join(store.leases, name), join(store.temporary, `${randomUUID()}.lease`));
  await sweep(store, progress);
  let number = 0;
  return {
    name,
    temporary() {
      number += 1;
      return join(store.temporary, `${name}.${number}`);
    },
    async [Symbol.asyncDispose]() {
      await removeTemporary(store, (owner) => owner === name, progress);
      await lock[Symbol.asyncDispose]();
    },
  };
}

/** When the first of the others who use a store began, in ms since 1970; undefined where nobody does. */
export async function firstLease(
  { leases }: StoreFolder,
  own: string | undefined,
): Promise<number | undefined> {
  const others = (await namesIn(leases)).filter((name) => name !== own);
  const found = await Promise.all(others.map((name) => lookAtLock(join(leases, name))));
  const begun = found.flatMap((lease) => (lease?.isAlive ? [lease.made] : []));
  return begun.length > 0 ? Math.min(...begun) : undefined;
}

/** A lease is there before anything temporary of it, and goes after all of that. */
async function sweep(store: StoreFolder, progress: Pick<Progress, 'warn'>): Promise<void> {
  const dead = new Set<string>();
  for (const name of await namesIn(store.temporary)) {
    const owner = ownerOf(name);
    if (!(await lookAtLock(join(store.leases, owner)))?.isAlive) dead.add(owner);
  }
  await removeTemporary(store, (owner) => dead.has(owner), progress);
  for (const name of await namesIn(store.leases)) {
    const path = join(store.leases, name);
    if ((await lookAtLock(path))?.isAlive === false) await rm(path, { force: true });
  }
  await removeDeadLocks(store);
  for (const name of await namesIn(store.turns)) await removeStale(join(store.turns, name));
}

async function removeDeadLocks({ locks }: StoreFolder): Promise<void> {
  for (const name of await namesIn(locks)) {
    const path = join(locks, name);
    const found = await lookAtLock(path);
    if (found && !found.isAlive) await removeLock(path, found);
  }
}

async function removeTemporary(
  { temporary }: StoreFolder,
  isMeant: (owner: string) => boolean,
  progress: Pick<Progress, 'warn'>,
): Promise<void> {
  for (const name of await namesIn(temporary)) {
    if (isMeant(ownerOf(name))) removeOrWarn(join(temporary, name), progress);
  }
}

function ownerOf(name: string): string {
  return name.split('.')[0] ?? '';
}
