import { lstat, mkdir, readdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { systemCode } from '../../errors.ts';
import type { DestinationLayout } from './layout.ts';
import { renameIfThere } from './swap-folder.ts';

const isWindows = process.platform === 'win32';

/**
 * Brings a staged tree among the trees of a destination under a name that begins with `label`, and lets the symbolic link at the
 * destination lead to it, in one step but on Windows. A folder that is there is renamed to `old` first. Gives the trees that are
 * of no use any more: all but the new one and the one before, which programs may still run from.
 */
export async function swapLink(
  layout: DestinationLayout,
  staged: string,
  label: string,
  step: (name: string) => void,
): Promise<string[]> {
  const { path, trees, old } = layout;
  const before = await readlink(path).catch(() => undefined);
  const hadFolder = before === undefined && (await renameIfThere(path, old));
  const tree = join(trees, await freeName(trees, label));
  const link = layout.temporary(trees);
  try {
    await rename(staged, tree);
    step('renamed the new tree');
    await makeLink(tree, link, dirname(path));
    step('made a link');
    await replaceLink(link, path);
  } catch (thrown) {
    await rm(link, { force: true });
    await renameIfThere(tree, staged);
    if (hadFolder) await rename(old, path);
    throw thrown;
  }
  step('renamed the link');
  const kept = new Set([tree, before === undefined ? '' : resolve(dirname(path), before)]);
  return (await readdir(trees)).map((name) => join(trees, name)).filter((other) => !kept.has(other));
}

/** Makes sure of the folder that the trees lie in; throws the system's error, EEXIST where something else is there. */
export async function makeTrees(trees: string): Promise<void> {
  try {
    await mkdir(trees);
  } catch (thrown) {
    const found = await lstat(trees).catch(() => undefined);
    if (!found?.isDirectory()) throw thrown;
  }
}

/** Relative, so that both can be moved together; a junction of Windows, which needs no rights, is absolute. */
function makeLink(tree: string, link: string, folder: string): Promise<void> {
  return isWindows ? symlink(tree, link, 'junction') : symlink(relative(folder, tree), link);
}

async function replaceLink(link: string, path: string): Promise<void> {
  try {
    await rename(link, path);
  } catch (thrown) {
    if (!isWindows || !['EPERM', 'EACCES', 'EEXIST'].includes(systemCode(thrown) ?? '')) throw thrown;
    await rm(path);
    await rename(link, path);
  }
}

async function freeName(trees: string, label: string): Promise<string> {
  const names = new Set((await readdir(trees)).map((name) => basename(name)));
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? label : `${label}-${number}`;
    if (!names.has(name)) return name;
  }
}
