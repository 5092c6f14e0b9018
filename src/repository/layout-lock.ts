import { open, rename, rm, stat } from 'node:fs/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { AlbaError, systemCode } from '../errors.ts';

/** In ms. Who holds the lock reads and writes one small file. */
const staleAfter = 10_000;
const giveUpAfter = 30_000;

/**
 * Keeps writers of one file apart, in this process and in others, by a file that only one can make. What a
 * killed writer left is taken away once it is old.
 */
export async function withLock<T>(path: string, work: () => Promise<T>): Promise<T> {
  const end = Date.now() + giveUpAfter;
  while (!(await isMade(path))) {
    if (Date.now() > end) {
      throw new AlbaError('target', `${path} is held by another writer: delete it if there is none`);
    }
    if (await isStale(path)) await takeAway(path);
    await wait(2 + Math.random() * 10);
  }
  try {
    return await work();
  } finally {
    await rm(path, { force: true });
  }
}

async function isMade(path: string): Promise<boolean> {
  try {
    await (await open(path, 'wx')).close();
    return true;
  } catch (thrown) {
    // Windows answers EPERM or EBUSY for a file that is just being deleted.
    if (['EEXIST', 'EPERM', 'EBUSY'].includes(systemCode(thrown) ?? '')) return false;
    throw thrown;
  }
}

async function isStale(path: string): Promise<boolean> {
  const stats = await stat(path).catch(() => undefined);
  return stats !== undefined && Date.now() - stats.mtimeMs > staleAfter;
}

/** Of several who take it away, one succeeds. */
async function takeAway(path: string): Promise<void> {
  const aside = `${path}-${process.pid}`;
  await rename(path, aside).catch(() => {});
  await rm(aside, { force: true });
}
