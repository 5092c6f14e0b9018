import path from 'node:path';

/** The path of what lies in a folder from there, with slashes; undefined for what lies elsewhere, both as real paths. */
export function pathWithin(folder: string, real: string): string | undefined {
  const inside = path.relative(folder, real);
  const isOut = inside === '..' || inside.startsWith(`..${path.sep}`) || path.isAbsolute(inside);
  return isOut ? undefined : inside.split(path.sep).join('/');
}

/** Where a relative link at `below` leads as it is written, with slashes; undefined where it leads out of `root`, a path that `below` is in. */
export function targetWithin(root: string, below: string, text: string): string | undefined {
  const depth = root === '' ? 0 : root.split('/').length;
  const parts = path.posix
    .dirname(below)
    .split('/')
    .filter((part) => part !== '.');
  for (const part of text.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.length <= depth) return undefined;
    else parts.pop();
  }
  return parts.join('/');
}
