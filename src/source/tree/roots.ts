import { stat } from 'node:fs/promises';
import path from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import type { Problems } from '../../errors.ts';

/** The folders that these lines name, a path or a glob each, `!` before those to leave out; each once. */
export async function findTrees(
  lines: readonly string[],
  directory: string,
  problems: Problems,
): Promise<string[]> {
  const patterns = lines.map((line) => line.trim()).filter((line) => line !== '');
  const ignore = patterns.filter((line) => line.startsWith('!')).map((line) => line.slice(1));
  const found = new Set<string>();
  for (const line of patterns.filter((line) => !line.startsWith('!'))) {
    const roots = await expand(line, directory, ignore);
    if (roots.length === 0) problems.add(`${line} names no folder in ${directory}`);
    for (const root of roots) found.add(root);
  }
  return [...found].sort();
}

async function expand(line: string, directory: string, ignore: readonly string[]): Promise<string[]> {
  const root = path.resolve(directory, line);
  if (!isDynamicPattern(line) || (await isThere(root))) return [root];
  const options = { cwd: directory, ignore: [...ignore], onlyDirectories: true, expandDirectories: false };
  const folders = await glob(line, options);
  return folders.map((folder) => path.resolve(directory, folder));
}

async function isThere(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
