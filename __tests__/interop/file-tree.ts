import { lstat, readdir, readFile, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../src/oci/digest.ts';

export interface FileTreeOptions {
  /** Modes as they are on disk; else those that an image gets that nobody said more about: 755 or 644. */
  readonly asIs?: boolean;
  /** Whether it is told which names are one file; some tools copy them. */
  readonly hardLinks?: boolean;
}

/** What lies below a folder, by path: kind, mode, owner, content or target; equal for two folders that hold the same. */
export async function fileTree(
  folder: string,
  { asIs = true, hardLinks = false }: FileTreeOptions = {},
): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const inodes = new Map<number, string>();
  const read = async (below: string): Promise<void> => {
    for (const name of (await readdir(join(folder, below))).sort()) {
      const path = join(below, name);
      const stats = await lstat(join(folder, path));
      const mode = asIs ? stats.mode & 0o7777 : stats.mode & 0o111 ? 0o755 : 0o644;
      const owned = `${mode.toString(8)} ${asIs ? `${stats.uid}:${stats.gid}` : '0:0'}`;
      if (stats.isSymbolicLink()) found[path] = `-> ${await readlink(join(folder, path))}`;
      else if (stats.isDirectory()) {
        found[path] = `folder ${owned}`;
        await read(path);
      } else {
        const first = inodes.get(stats.ino) ?? path;
        inodes.set(stats.ino, first);
        const same = hardLinks && first !== path ? ` = ${first}` : '';
        found[path] = `${owned} ${digestOf(await readFile(join(folder, path)))}${same}`;
      }
    }
  };
  await read('');
  return found;
}
