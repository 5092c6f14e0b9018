import { existsSync } from 'node:fs';
import { lstat, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AlbaError, systemCode } from '../../errors.ts';
import { shownPath } from '../../progress/format.ts';
import type { DestinationOptions, Pulled } from '../destination.ts';
import { flushFolder, flushTree } from '../flush.ts';
import { removeOrWarn } from '../remove-tree.ts';
import { unsettledNow } from '../settled.ts';
import { readTree } from './compare.ts';
import { rootStats } from './entries.ts';
import { type DestinationLayout, innerFolder } from './layout.ts';
import { type DestinationRecord, formatRecord, readRecord } from './record.ts';
import { swapEntries } from './swap-entries.ts';
import { swapFolder } from './swap-folder.ts';
import { swapLink } from './swap-link.ts';
import { TreeStats } from './tree-stats.ts';

/** Trees of at most so many entries and bytes are on the disk before they are recorded; larger ones are told from lost ones later. */
const flushedEntries = 500;
const flushedBytes = 32 * 1024 * 1024;

/**
 * Lets a staged tree take the place of what is at a destination. The record is written first, under another name: whenever this is
 * cut off, what there is then tells which tree it is of. Throws the system's error.
 */
export async function takePlace(
  layout: DestinationLayout,
  staged: string,
  pulled: Pulled,
  { current, progress, directory }: DestinationOptions,
): Promise<void> {
  const step = (name: string): void => progress.debug(`${layout.path}: ${name}`);
  await refuseInnerName(layout, staged);
  const entries = TreeStats.from(readTree(layout, staged));
  const isSettled =
    isSmall(entries) &&
    (await flushTree(
      staged,
      Array.from(entries, ([path]) => path),
    ));
  const record = { pulled, entries, unsettled: isSettled ? undefined : unsettledNow(staged) };
  await writeRecord(layout, layout.nextRecord, record);
  step('wrote the next record');
  let useless: readonly string[] = [layout.old];
  try {
    if (current) {
      // What was pulled last stays even where somebody let the link lead back by hand: it may be in use, or wanted again.
      const last = (await readRecord(layout.record))?.entries?.get('.');
      const others = await swapLink(layout, staged, labelOf(pulled), step);
      useless = [layout.old, ...others.filter((tree) => rootStats(tree) !== last)];
    } else if (layout.inPlace === undefined) {
      await swapFolderOrEntries(layout, staged, record, shownPath(layout.path, directory), progress, step);
    } else {
      progress.line(`${shownPath(layout.path, directory)} is replaced entry by entry, as ${layout.inPlace}`);
      await swapEntries(layout, staged, step);
    }
  } catch (thrown) {
    // Where not even what was there could be put back, the next pull brings the new tree in.
    if (!existsSync(layout.ready)) await rm(layout.nextRecord, { force: true });
    throw thrown;
  }
  await flushFolder(dirname(layout.path));
  await rename(layout.nextRecord, layout.record);
  step('renamed the record');
  if (layout.otherRecord !== undefined) await rm(layout.otherRecord, { force: true });
  for (const path of [...useless, layout.moved]) removeOrWarn(path, progress);
  step('removed the old tree');
  await rmdir(layout.ready).catch(() => {});
}

/** Writes a record that is on the disk when it has its name. */
export async function writeRecord(
  layout: DestinationLayout,
  path: string,
  record: DestinationRecord,
): Promise<void> {
  const temporary = layout.temporary();
  {
    await using file = await open(temporary, 'wx');
    await file.writeFile(await formatRecord(record));
    await file.sync();
  }
  await rename(temporary, path);
}

/** What cannot be renamed, as a folder of an image in a container, is found out by the attempt. */
async function swapFolderOrEntries(
  layout: DestinationLayout,
  staged: string,
  record: DestinationRecord,
  shown: string,
  progress: DestinationOptions['progress'],
  step: (name: string) => void,
): Promise<void> {
  try {
    await swapFolder(staged, layout.path, layout.old, step);
  } catch (thrown) {
    if (!['EXDEV', 'EBUSY'].includes(systemCode(thrown) ?? '')) throw thrown;
    progress.line(`${shown} cannot be renamed here: it is replaced entry by entry`);
    const entries = new TreeStats();
    for (const [path, text] of record.entries ?? []) if (path !== '.') entries.add(path, text);
    await writeRecord(layout, layout.nextRecord, { ...record, entries });
    await swapEntries(layout, staged, step);
  }
}

async function refuseInnerName({ inPlace, path }: DestinationLayout, staged: string): Promise<void> {
  const inner = inPlace !== undefined && (await lstat(join(staged, innerFolder)).catch(() => undefined));
  if (!inner) return;
  throw new AlbaError(
    'target',
    `${path} is replaced entry by entry, as ${inPlace}, and keeps its record in ${innerFolder}: a tree that has ${innerFolder}, too, cannot be pulled into it`,
  );
}

function isSmall(entries: TreeStats): boolean {
  if (entries.count > flushedEntries) return false;
  const sizes = Array.from(entries, ([, text]) => Number(text.split(' ')[3]));
  return sizes.reduce((all, size) => all + size, 0) <= flushedBytes;
}

/** Twelve digits of a digest. */
function labelOf({ digest }: Pulled): string {
  return (
    digest
      .replace(/^.*:/, '')
      .replace(/[^0-9a-z]/gi, '')
      .slice(0, 12) || 'tree'
  );
}
