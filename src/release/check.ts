import type { Problems } from '../errors.ts';
import { type FoundFile, pathOf } from '../source/tree/file.ts';
import { fileKey, keyProblem, type Release } from './keys.ts';

/** Finds what is wrong between files: keys that buckets refuse, and files of several trees in one place. */
export function checkFiles(release: Release, files: readonly FoundFile[], problems: Problems): void {
  const known = new Map<string, FoundFile>();
  for (const file of files) {
    const path = pathOf(file);
    const other = known.get(path);
    const problem = keyProblem(fileKey(release, path));
    if (problem) problems.add(`${file.origin}: ${problem}`);
    if (other) problems.add(`${other.origin} and ${file.origin} are both ${path}: publish one of them`);
    known.set(path, file);
  }
  for (const file of files) {
    const other = foldersOf(pathOf(file))
      .map((folder) => known.get(folder))
      .find(Boolean);
    if (other)
      problems.add(`${other.origin} is a file where ${file.origin} needs a folder: rename one of them`);
  }
}

/** `a/b/c` lies in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}
