import { isAbsolute, relative } from 'node:path';

/** A path as people and later steps are told of it: from the working directory if it is below that, else as it is. */
export function shownPath(path: string, directory: string): string {
  if (!isAbsolute(path)) return path;
  const inside = relative(directory, path);
  return inside === '' || inside.startsWith('..') || isAbsolute(inside) ? path : inside;
}
