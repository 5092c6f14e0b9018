import { lstat, readdir, readlink } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { rootStats } from './entries.ts';
import type { DestinationLayout } from './layout.ts';
import type { DestinationRecord } from './record.ts';

/**
 * The trees that a pull with current left which was cut off: those that are newer than the one that the link leads to, and of the
 * older ones all but the newest, which programs may still run from. Where a folder stands in place of the link, the tree that `next`
 * tells of.
 */
export async function uselessTrees(
  { path, trees, isTemporary }: Pick<DestinationLayout, 'path' | 'trees' | 'isTemporary'>,
  next: DestinationRecord | undefined,
): Promise<string[]> {
  const names = (await readdir(trees).catch(() => [])).filter((name) => !isTemporary(name));
  const all = names.map((name) => join(trees, name));
  if (all.length === 0) return [];
  const target = await readlink(path).catch(() => undefined);
  const used = target === undefined ? undefined : resolve(dirname(path), target);
  if (used === undefined) {
    const root = next?.entries?.get('.');
    return root === undefined ? [] : all.filter((tree) => rootStats(tree) === root);
  }
  if (!all.includes(used)) return [];
  const made = new Map<string, number>();
  for (const tree of all) {
    const { birthtimeMs, ctimeMs } = await lstat(tree);
    made.set(tree, birthtimeMs || ctimeMs);
  }
  const timeOf = (tree: string): number => made.get(tree) ?? 0;
  const isNewer = (tree: string): boolean => timeOf(tree) > timeOf(used);
  const [, ...older] = all
    .filter((tree) => tree !== used && !isNewer(tree))
    .sort((a, b) => timeOf(b) - timeOf(a));
  return [...all.filter(isNewer), ...older];
}
