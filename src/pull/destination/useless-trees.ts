import { readdir, readlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { rootStats } from './entries.ts';
import type { DestinationLayout } from './layout.ts';
import type { DestinationRecord } from './record.ts';

/**
 * The tree that a pull with current left which was cut off before the link led to it: the one that `next` tells of. Others stay until a
 * pull takes its place, however old they are: somebody may have let the link lead to another one by hand.
 */
export async function uselessTrees(
  { path, trees, isTemporary }: Pick<DestinationLayout, 'path' | 'trees' | 'isTemporary'>,
  next: DestinationRecord | undefined,
): Promise<string[]> {
  const root = next?.entries?.get('.');
  if (root === undefined) return [];
  const target = await readlink(path).catch(() => undefined);
  const used = target === undefined ? undefined : resolve(dirname(path), target);
  const names = (await readdir(trees).catch(() => [])).filter((name) => !isTemporary(name));
  return names.map((name) => join(trees, name)).filter((tree) => tree !== used && rootStats(tree) === root);
}
