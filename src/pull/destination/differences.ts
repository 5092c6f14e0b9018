import type { TreeStats } from './tree-stats.ts';

type Texts = ReadonlyMap<string, string>;

/**
 * The paths that were changed, added or taken away, sorted; the root counts where both have it, as that of a tree that was swapped
 * entry by entry is none of ours. A folder that came or went stands for all that is in it, and one
 * that merely has the time of what came or went in it is not named.
 */
export function differences(recorded: TreeStats, found: TreeStats): string[] {
  return isSame(recorded, found) ? [] : differingPaths(new Map(recorded), new Map(found));
}

/** Whether all is the same in the same order, as in a tree that nobody has touched: then nothing of it is held. */
function isSame(recorded: TreeStats, found: TreeStats): boolean {
  const others = found[Symbol.iterator]();
  for (const [path, text] of recorded) {
    const { done, value } = others.next();
    if (done || value[0] !== path || value[1] !== text) return false;
  }
  return others.next().done === true;
}

function differingPaths(recorded: Texts, found: Texts): string[] {
  const differing = new Set<string>();
  const isIgnored = (path: string): boolean => path === '.' && !(recorded.has('.') && found.has('.'));
  for (const [path, text] of found) if (recorded.get(path) !== text && !isIgnored(path)) differing.add(path);
  for (const path of recorded.keys()) if (!found.has(path) && !isIgnored(path)) differing.add(path);
  const parents = new Set([...differing].map(parentOf));
  const isShown = (path: string): boolean => {
    const parent = parentOf(path);
    if (parent !== undefined && differing.has(parent) && !isFolderInBoth(parent)) return false;
    return !(parents.has(path) && isFolderInBoth(path) && timeless(recorded, path) === timeless(found, path));
  };
  const isFolderInBoth = (path: string): boolean =>
    [recorded, found].every((tree) => tree.get(path)?.startsWith('d ') === true);
  return [...differing].filter(isShown).sort();
}

function timeless(tree: Texts, path: string): string | undefined {
  return tree.get(path)?.replace(/^(\S+ \S+) \S+/, '$1');
}

function parentOf(path: string): string | undefined {
  if (path === '.') return undefined;
  const end = path.lastIndexOf('/');
  return end < 0 ? '.' : path.slice(0, end);
}
