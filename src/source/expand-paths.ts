import { lstat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { messageOf, type Problems } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';
import { globPaths, isPattern } from './glob.ts';

/** What lines are taken for: images are looked for in other ways than trees of files. */
export interface PathTaker {
  /** What lies in a folder that stands for that, to be sifted; undefined for all else. */
  readonly entriesOf: (path: string) => Promise<readonly string[] | undefined>;
  /** Throws where a path that a line names cannot be taken. */
  readonly check: (path: string, line: string) => Promise<void>;
  /** The wanted ones of the paths that a glob matched or a folder holds. */
  readonly sift: (paths: readonly string[]) => Promise<readonly string[]>;
  /** Why none of these paths, which a line led to, is wanted. */
  readonly explain: (line: string, paths: readonly string[], isGlob: boolean) => string;
}

/** Whether a line with `!` leaves out this absolute path. */
export type IsExcluded = (path: string) => boolean;

/** What lines came to. */
export interface ExpandedPaths {
  /** Absolute, in the order of their names, each once; nothing that is excluded. */
  readonly paths: readonly string[];
  /** For what lies further down than paths lead. */
  readonly isExcluded: IsExcluded;
}

/**
 * The paths that lines name, relative to `directory`. A line is a path or, where nothing has that name, a glob.
 * One that begins with `!` leaves out, wherever it stands among the lines, what it names and all below that; hidden
 * files, too; one that leaves out nothing is a warning. A line that names nothing, and one of which nothing is left, is
 * told to `problems`.
 */
export async function expandPaths(
  lines: readonly string[],
  directory: string,
  taker: PathTaker,
  problems: Problems,
  progress: Progress,
): Promise<ExpandedPaths> {
  const texts = lines.map((line) => line.trim()).filter((line) => line !== '');
  const named = texts.filter((line) => !line.startsWith('!'));
  const excludes = texts.filter((line) => line.startsWith('!')).map((line) => line.slice(1).trim());
  const isExcluded = await readExcludes(excludes, directory, progress);
  if (named.length === 0) {
    const others = excludes.map((line) => `!${line}`).join(', ');
    problems.add(
      others
        ? `no file or folder is named, only what to leave out: ${others}; name what to publish as well`
        : 'no artifacts are named: name at least one path or glob',
    );
  }
  const found = new Set<string>();
  for (const line of named) {
    try {
      for (const path of await expandLine(line, directory, taker, isExcluded)) found.add(path);
    } catch (failure) {
      problems.add(messageOf(failure));
    }
  }
  return { paths: [...found].sort(), isExcluded };
}

/** The end of a sentence about a line of which nothing is left. */
export const allExcluded = 'all that it names is left out by a line with !: remove one of the two';

async function readExcludes(
  patterns: readonly string[],
  directory: string,
  progress: Progress,
): Promise<IsExcluded> {
  const excluded = new Set<string>();
  for (const pattern of patterns) {
    const path = resolve(directory, pattern);
    excluded.add(path);
    if (await isThere(path)) continue;
    const matches = (await isPattern(pattern)) ? await globPaths(pattern, directory, { hidden: true }) : [];
    for (const match of matches) excluded.add(match);
    if (matches.length === 0) {
      progress.warn(`!${pattern} leaves out nothing: paths begin at the working directory, ${directory}`);
    }
  }
  return (path) => {
    if (excluded.size === 0) return false;
    for (let at = path; ; at = dirname(at)) {
      if (excluded.has(at)) return true;
      if (at === dirname(at)) return false;
    }
  };
}

async function expandLine(
  line: string,
  directory: string,
  taker: PathTaker,
  isExcluded: IsExcluded,
): Promise<readonly string[]> {
  const path = resolve(directory, line);
  const isGlob = !(await isThere(path)) && (await isPattern(line));
  const entries = isGlob ? await globPaths(line, directory) : await taker.entriesOf(path);
  const candidates = entries ?? [path];
  const left = candidates.filter((candidate) => !isExcluded(candidate));
  const isLeftOut = left.length < candidates.length;
  if (!entries && !isLeftOut) {
    await taker.check(path, line);
    return left;
  }
  const wanted = await taker.sift(left);
  if (wanted.length > 0) return wanted;
  throw new Error(isLeftOut ? `${line}: ${allExcluded}` : taker.explain(line, left, isGlob));
}

async function isThere(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
