import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import type { Progress } from '../../progress/progress.ts';
import { removeOrWarn } from '../remove-tree.ts';

/** Work in a folder of its own below another one, which is gone when it is done. */
export async function inTemporary<T>(
  parent: string,
  progress: Progress,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(parent, 'alba-'));
  try {
    return await work(folder);
  } finally {
    await removeOrWarn(folder, progress);
  }
}
