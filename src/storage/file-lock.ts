import { randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { lstat, open, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import { undoOnStop } from '../concurrency/stop.ts';
import { AlbaError } from '../errors.ts';
import { isMade } from './make-file.ts';

/** In ms. Who holds the lock reads and writes one small file. */
const staleAfter = 10_000;
const giveUpAfter = 30_000;

/** In bytes: more than a token has; what lies there may be anything. */
const mostToken = 100;

/** A lock as it lies there. */
interface Lock {
  /** Its maker's; empty until that is written. */
  readonly token: string;
  /** In ms since 1970. */
  readonly made: number;
}

/** Writers of this process wait for each other in a row, and not by looking at the file again and again. */
const rows = new Map<string, LimitFunction>();

/**
 * Keeps writers of one file apart, in this process and in others, by a file that only one can make. What a
 * killed writer left is taken away once it is old.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const row = rows.get(path) ?? pLimit(1);
  rows.set(path, row);
  try {
    return await row(() => locked(path, work));
  } finally {
    if (row.activeCount + row.pendingCount === 0) rows.delete(path);
  }
}

async function locked<T>(path: string, work: () => Promise<T>): Promise<T> {
  const token = await acquire(path);
  const forget = undoOnStop(() => {
    if (readFileSync(path, 'utf8') === token) rmSync(path);
  });
  try {
    return await work();
  } finally {
    forget();
    const lock = await lookAt(path);
    while (lock?.token === token && !(await remove(path, lock))) await wait(2 + Math.random() * 10);
  }
}

/** Takes away what a killed writer left at that path, if anything is there. */
export async function removeStale(path: string): Promise<void> {
  await removeOldClaim(claimOn(path));
  const lock = await lookAt(path);
  if (lock && Date.now() - lock.made > staleAfter) await remove(path, lock);
}

async function acquire(path: string): Promise<string> {
  const token = randomUUID();
  const end = Date.now() + giveUpAfter;
  while (!(await isMade(path, token))) {
    if (Date.now() > end) {
      throw new AlbaError('target', `${path} is held by another writer: delete it if there is none`);
    }
    await refuseOther(path);
    await removeStale(path);
    await wait(2 + Math.random() * 10);
  }
  return token;
}

/** Whoever planted a link there would have us wait for a writer that there is not. */
async function refuseOther(path: string): Promise<void> {
  const found = await lstat(path).catch(() => undefined);
  if (!found || found.isFile()) return;
  const what = 'is no lock of a writer, but something else, such as a symbolic link: delete it';
  throw new AlbaError('target', `${path} ${what}`);
}

async function lookAt(path: string): Promise<Lock | undefined> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostToken));
    const { mtimeMs } = await file.stat();
    return { token: buffer.toString('utf8', 0, bytesRead), made: mtimeMs };
  } catch {
    return undefined;
  }
}

/**
 * Removes this very lock, not one that another has made since: of all who want to remove one here, one may at a time, and looks
 * again. A slow writer meets here who took it for dead. Gives whether it was its turn.
 */
async function remove(path: string, { token, made }: Lock): Promise<boolean> {
  const claim = claimOn(path);
  if (!(await isMade(claim, ''))) {
    await removeOldClaim(claim);
    return false;
  }
  const found = await lookAt(path);
  if (found?.token === token && found.made === made) await rm(path, { force: true });
  await rm(claim, { force: true });
  return true;
}

function claimOn(path: string): string {
  return `${path}-claim`;
}

/** Who was killed while it removed a lock has left its claim, and nobody else could remove a lock here. */
async function removeOldClaim(claim: string): Promise<void> {
  const found = await stat(claim).catch(() => undefined);
  if (found && Date.now() - found.mtimeMs > staleAfter) await rm(claim, { force: true });
}
