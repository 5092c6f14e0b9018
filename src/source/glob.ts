import fs from 'node:fs';
import { resolve, sep } from 'node:path';
import type { GlobOptions } from 'tinyglobby';

/** Whether a line that is no path has letters of a glob. */
export async function isPattern(line: string): Promise<boolean> {
  return (await import('tinyglobby')).isDynamicPattern(line);
}

/**
 * The absolute paths of files, folders and links, dangling ones too, that a pattern matches. `hidden` says whether
 * a `*` stands for names that begin with a dot as well.
 */
export async function globPaths(pattern: string, cwd: string, { hidden = false } = {}): Promise<string[]> {
  const posix = sep === '\\' ? pattern.replaceAll('\\', '/') : pattern;
  const { glob } = await import('tinyglobby');
  const paths = await glob(posix, {
    cwd,
    absolute: true,
    onlyFiles: false,
    expandDirectories: false,
    dot: hidden,
    fs: tolerant,
  });
  return paths.map((path) => resolve(path));
}

/** tinyglobby passes over links that lead nowhere, and a platform would be missing without a word. */
const tolerant = {
  realpath: (path: string, done: (error: Error | null, path: string) => void) =>
    fs.realpath(path, (error, real) => done(null, error ? path : real)),
  stat: (path: string, done: (error: Error | null, stats: fs.Stats) => void) =>
    fs.stat(path, (error, stats) => (error ? fs.lstat(path, done) : done(null, stats))),
} as unknown as NonNullable<GlobOptions['fs']>;
