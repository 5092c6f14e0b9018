import { realpath } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { isDynamicPattern } from 'tinyglobby';
import { AlbaError, type Problems } from '../../errors.ts';
import { shownPath } from '../../progress/format.ts';
import type { Progress } from '../../progress/progress.ts';
import { type ExpandedPaths, expandPaths, type PathTaker } from '../expand-paths.ts';
import { kindOf } from '../sniff.ts';
import { architectureProblem, osProblem } from './file.ts';
import { platformsInFolderName } from './folder-name.ts';
import { isIn, leadsOut } from './links.ts';

/**
 * The folders that these lines name, a path or a glob each, `!` before those to leave out; one that lies in another
 * belongs to that. A file that a glob matches is passed over with a warning, a link that leads nowhere is a problem. So is
 * a folder that a glob finds through a link, and one named after a platform that is behind one in its tree, unless that
 * leads into another of the folders, or one of `followed`.
 */
export async function findTrees(
  lines: readonly string[],
  directory: string,
  followed: readonly string[],
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
          throw new AlbaError(
            'source',
            `${path} is a symbolic link to something that is missing: copy what it leads to (cp -L) while that is there`,
          );
        if (kind === 'folder' || kind === 'layout') folders.push(path);
        else files.add(path);
      }
      return folders;
    },
    explain: (line) =>
      `${line} names no folder in ${directory}: is the path right, and was it built before this?`,
  };
  const { paths, isExcluded } = await expandPaths(lines, directory, taker, problems, progress);
  const roots = paths.filter((path) => !liesInAny(path, paths));
  for (const path of files) {
    if (!liesInAny(path, roots))
      progress.warn(
        `${shownPath(path, directory)} is passed over: it is a file, no tree of files; if it is to be left out, say so by a line !${shownPath(path, directory)}`,
      );
  }
  await checkLinked(roots, lines, directory, followed, problems);
  return { paths: roots, isExcluded };
}

/**
 * Who names a tree knows it, and what is in it is held to its form; a folder that stands for a platform may be any, and what a
 * glob finds may be anything that a build has left there.
 */
async function checkLinked(
  roots: readonly string[],
  lines: readonly string[],
  directory: string,
  followed: readonly string[],
  problems: Problems,
): Promise<void> {
  const bases = lines.filter((line) => isDynamicPattern(line)).map((line) => baseOf(line, directory));
  const named = new Set(lines.map((line) => resolve(directory, line.trim())));
  const allowed = [...followed];
  const doubtful: [path: string, real: string][] = [];
  for (const root of roots) {
    const real = await realpath(root).catch(() => undefined);
    if (real === undefined) continue;
    const tree = named.has(root) ? treeAround(root) : undefined;
    const isDirect = (named.has(root) && !tree) || (await isBelow(root, real, tree ? [tree] : bases));
    if (isDirect) allowed.push(real);
    else doubtful.push([root, real]);
  }
  for (const [root, real] of doubtful) {
    if (!isIn(real, allowed)) {
      problems.add(`${shownPath(root, directory)} is behind a symbolic link that ${leadsOut(real)}`);
    }
  }
}

/** Of a folder that is called as a platform, or the system of one, the folder that this is in. */
function treeAround(path: string): string | undefined {
  const parent = dirname(path);
  if (osProblem(basename(path)) === undefined || platformsInFolderName(basename(path))) return parent;
  if (basename(path) === 'publish' && platformsInFolderName(basename(parent))) return dirname(parent);
  const isPlatform = !architectureProblem(basename(path)) && !osProblem(basename(parent));
  return isPlatform ? dirname(parent) : undefined;
}

/** What stands before the first sign of a glob. */
function baseOf(line: string, directory: string): string {
  const parts = line.trim().split(/[/\\]/);
  const first = parts.findIndex((part) => isDynamicPattern(part));
  return resolve(directory, parts.slice(0, first).join('/') || (line.startsWith('/') ? '/' : '.'));
}

/** Whether there is no link between a path and what one of the globs that may have found it begins with. */
async function isBelow(path: string, real: string, bases: readonly string[]): Promise<boolean> {
  for (const base of bases) {
    const isWithin = path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);
    const realBase = isWithin && (await realpath(base).catch(() => undefined));
    if (realBase && join(realBase, relative(base, path)) === real) return true;
  }
  return false;
}

function liesInAny(path: string, folders: readonly string[]): boolean {
  return folders.some((folder) => path.startsWith(folder + sep));
}
