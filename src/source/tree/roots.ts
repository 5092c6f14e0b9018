import { sep } from 'node:path';
import { AlbaError, type Problems } from '../../errors.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { type ExpandedPaths, expandPaths, type PathTaker } from '../expand-paths.ts';
import { kindOf } from '../sniff.ts';

/**
 * The folders that these lines name, a path or a glob each, `!` before those to leave out; one that lies in another
 * belongs to that. A file that a glob matches is passed over with a warning, a link that leads nowhere is a problem.
 */
export async function findTrees(
  lines: readonly string[],
  directory: string,
  problems: Problems,
  progress: Progress,
): Promise<ExpandedPaths> {
  const files = new Set<string>();
  const taker: PathTaker = {
    entriesOf: async () => undefined,
    // What is wrong with a folder that somebody named is told by who reads it.
    check: async () => {},
    sift: async (paths) => {
      const folders: string[] = [];
      for (const path of [...paths].sort()) {
        if (liesInAny(path, folders)) continue;
        const kind = await kindOf(path);
        if (kind === 'dangling')
          throw new AlbaError('source', `${path} is a symbolic link to something that is missing`);
        if (kind === 'folder' || kind === 'layout') folders.push(path);
        else files.add(path);
      }
      return folders;
    },
    explain: (line) => `${line} names no folder in ${directory}`,
  };
  const { paths, isExcluded } = await expandPaths(lines, directory, taker, problems, progress);
  const roots = paths.filter((path) => !liesInAny(path, paths));
  for (const path of files) {
    if (!liesInAny(path, roots))
      progress.warn(`${shownPath(path, directory)} is passed over: it is a file, no tree of files`);
  }
  return { paths: roots, isExcluded };
}

function liesInAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder + sep));
}
