import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digestOf } from '../../src/oci/digest.ts';

/** Every file below these folders with its digest: equal for two moments between which nothing was changed. A missing folder is empty. */
export async function snapshot(folders: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const folder of folders) {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        found[path] = digestOf(await readFile(path));
      }
    }
  }
  return found;
}
