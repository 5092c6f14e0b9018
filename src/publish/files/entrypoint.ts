import type { NewEntry } from '../../content/tar/write-tar.ts';
import type { ImageTree } from '../../image/rootfs/image-tree.ts';
import { LinkLoop, partsOf } from '../../image/rootfs/image-tree.ts';

/** Where programs are looked for that are named without a path, where no PATH is set. */
const usualPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What decides where a program is looked for. */
export interface ProgramSearch {
  /** `NAME=value`, as the config has them. */
  readonly env: readonly string[];
  readonly workdir: string | undefined;
}

/** Finds the program of this name in an image: where it is in the layers of files (a layer, and an entry of it), or in the base. */
export function findProgram(
  name: string,
  tree: ImageTree,
  search: ProgramSearch,
): { readonly layer: number; readonly entry: number } | undefined {
  for (const path of pathsOf(name, search)) {
    const node = resolve(tree, path);
    if (node?.kind === 'file') return node.place;
  }
  return undefined;
}

function resolve(tree: ImageTree, path: string) {
  try {
    return tree.resolve(partsOf(path))?.node;
  } catch (failure) {
    if (failure instanceof LinkLoop) return undefined;
    throw failure;
  }
}

function pathsOf(name: string, { env, workdir = '/' }: ProgramSearch): string[] {
  if (name.startsWith('/')) return [name];
  if (name.includes('/')) return [`${workdir}/${name}`];
  const path = env.find((text) => text.startsWith('PATH='))?.slice('PATH='.length) ?? usualPath;
  return path.split(':').map((folder) => `${folder}/${name}`);
}

/** The same file, as a program. */
export function asProgram(entry: NewEntry): NewEntry {
  if (entry.kind !== 'file') return entry;
  const modeOf = (head: Buffer): number => {
    const mode = entry.modeOf(head);
    return (mode & 0o111) === 0 ? mode | 0o111 : mode;
  };
  return { ...entry, modeOf };
}
