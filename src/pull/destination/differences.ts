import type { TreeStats } from './tree-stats.ts';

type Texts = ReadonlyMap<string, string>;

/**
 * The paths that were changed, added or taken away, sorted; the root counts where both have it, as that of a tree that was swapped
 * entry by entry is none of ours. A folder that came or went stands for all that is in it, and one
 * that merely has the time of what came or went in it is not named. Of a tree that nobody has touched nothing is held: it has all in the same
 * order.
 */
export function differences(recorded: TreeStats, found: Iterable<readonly [string, string]>): string[] {
  const [known, others] = [recorded[Symbol.iterator](), found[Symbol.iterator]()];
  let [expected, next] = [known.next(), others.next()];
  let alike = 0;
  for (; !expected.done && !next.done; [expected, next] = [known.next(), others.next()]) {
    if (expected.value[0] !== next.value[0] || expected.value[1] !== next.value[1]) break;
    alike += 1;
  }
  if (expected.done && next.done) return [];
  const all = new Map(recorded);
  const seen = new Map<string, string>();
  for (const [path, text] of all) {
    if (seen.size === alike) break;
    seen.set(path, text);
  }
  for (; !next.done; next = others.next()) seen.set(next.value[0], next.value[1]);
  return differingPaths(all, seen);
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
