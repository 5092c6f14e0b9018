import { lstatSync } from 'node:fs';
import { mkdir, rename, rmdir } from 'node:fs/promises';
import { entryPath, readNamesSync } from '../read-names.ts';
import { type DestinationLayout, innerFolder } from './layout.ts';
import { moveEntry } from './move-entry.ts';

/**
 * Lets a staged tree take the place of what is in a folder, entry by entry: all of the old away, then the new in. After a failure
 * the old is back, and the staged tree where it was. Who is killed in between leaves it to {@link finishEntries}.
 */
export async function swapEntries(
  layout: DestinationLayout,
  staged: string,
  step: (name: string) => void,
): Promise<void> {
  const { path, moved, ready } = layout;
  await mkdir(moved);
  try {
    for (const name of entriesOf(layout)) {
      await moveEntry(entryPath(path, name), entryPath(moved, name));
      step('moved an entry of the old tree away');
    }
    await rename(staged, ready);
  } catch (thrown) {
    await moveAll(moved, path);
    await rmdir(moved);
    throw thrown;
  }
  step('moved the old tree away');
  try {
    await moveAll(ready, path, () => step('moved an entry of the new tree in'));
  } catch (thrown) {
    for (const name of entriesOf(layout)) await moveEntry(entryPath(path, name), entryPath(ready, name));
    await rename(ready, staged);
    await moveAll(moved, path);
    await rmdir(moved);
    throw thrown;
  }
}

/** What is left to do when a swap by entries was cut off; which of the two trees it came to, undefined if there was none. */
export async function finishEntries({
  path,
  moved,
  ready,
}: DestinationLayout): Promise<'old' | 'new' | undefined> {
  if (await moveAll(ready, path)) return 'new';
  if (!(await moveAll(moved, path))) return undefined;
  await rmdir(moved);
  return 'old';
}

/** Gives false where there is no such folder. */
async function moveAll(from: string, to: string, step = (): void => {}): Promise<boolean> {
  if (!lstatSync(from, { throwIfNoEntry: false })) return false;
  for (const name of readNamesSync(from)) {
    await moveEntry(entryPath(from, name), entryPath(to, name));
    step();
  }
  return true;
}

function entriesOf({ path, inPlace }: DestinationLayout): string[] {
  const names = readNamesSync(path);
  return inPlace === undefined ? names : names.filter((name) => name !== innerFolder);
}
