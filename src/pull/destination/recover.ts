import { lstat, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../progress/progress.ts';
import { removeOrWarn } from '../remove-tree.ts';
import { rootStats } from './entries.ts';
import type { DestinationLayout } from './layout.ts';
import { type DestinationRecord, readRecord } from './record.ts';
import { finishEntries } from './swap-entries.ts';
import { uselessTrees } from './useless-trees.ts';

/**
 * Puts right what a pull left that was cut off: an old tree that is away is put back, a new one that is on its way brought in, its
 * record is kept where it is that of what is there, and what is of no use removed. Says what it put back; throws the system's error.
 */
export async function recover(
  layout: DestinationLayout,
  shown: string,
  progress: Pick<Progress, 'line' | 'warn'>,
): Promise<void> {
  const { path, old, moved, ready, nextRecord } = layout;
  const next = await readRecord(nextRecord);
  const came = await finishEntries(layout);
  if (came === 'new')
    progress.line(
      `${shown}: a pull was cut off while its files took their places: the others are in place now`,
    );
  if (came === 'old') progress.line(`${shown}: a pull was cut off: what was there before it is back`);
  if (await isThere(old)) {
    if (!(await isThere(path))) {
      await rename(old, path);
      progress.line(`${shown}: a pull was cut off: what was there before it is back`);
    } else removeOrWarn(old, progress);
  }
  await settleRecord(layout, next, came === 'new');
  if (came === 'new') {
    removeOrWarn(moved, progress);
    await rmdir(ready);
  }
  for (const left of [...(await temporaries(layout)), ...(await uselessTrees(layout, next))])
    removeOrWarn(left, progress);
  // Only if nothing is in it.
  await rmdir(layout.trees).catch(() => {});
}

/** Whether there is something that {@link recover} would see to; the lock of a pull that is at work counts, too. */
export async function isCutOff(layout: DestinationLayout): Promise<boolean> {
  const { lock, nextRecord, old, moved, ready } = layout;
  for (const path of [lock, nextRecord, old, moved, ready]) if (await isThere(path)) return true;
  return (await temporaries(layout)).length > 0;
}

async function temporaries({ home, trees, isTemporary }: DestinationLayout): Promise<string[]> {
  const found: string[] = [];
  for (const folder of [home, trees]) {
    for (const name of await readdir(folder).catch(() => [])) {
      if (isTemporary(name)) found.push(join(folder, name));
    }
  }
  return found;
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

/** The record of a tree is written before the tree is in place: which of the two there is, its root tells. */
async function settleRecord(
  { path, nextRecord, record }: DestinationLayout,
  next: DestinationRecord | undefined,
  isNew: boolean,
): Promise<void> {
  const root = rootStats(path);
  if (next && (isNew || (root !== undefined && next.entries?.get('.') === root)))
    await rename(nextRecord, record);
  else await rm(nextRecord, { force: true });
}
