import path from 'node:path';

/** The path of what lies in a folder from there, with slashes; undefined for what lies elsewhere, both as real paths. */
export function pathWithin(folder: string, real: string): string | undefined {
  const inside = path.relative(folder, real);
  const isOut = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
  return isOut ? undefined : inside.split(path.sep).join('/');
}
