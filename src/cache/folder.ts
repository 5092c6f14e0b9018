import { randomUUID } from 'node:crypto';
import { open, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeDirectory } from '../content/make-directory.ts';
import { removedOnStop } from '../content/temporary-folder.ts';
import { AlbaError, reasonOf, systemCode } from '../errors.ts';
import { maxKnowledgeSize } from './knowledge.ts';
import type { Store } from './store.ts';

/** The file's name in a folder of the user's or of a runner's. */
export const fileName = 'alba-knowledge.json';

/** Keeps the file in a folder; two processes that write it at once leave one of the two, whole. */
export function folderStore(folder: string): Store {
  const path = join(folder, fileName);
  return {
    async load() {
      const file = await open(path).catch((failure: unknown) => {
        if (systemCode(failure) === 'ENOENT') return undefined;
        throw named(path, failure);
      });
      if (!file) return undefined;
      await using _ = file;
      // One byte more than may be there tells that it is too large without reading all of it.
      const { buffer, bytesRead } = await file.read(Buffer.alloc(maxKnowledgeSize + 1));
      return buffer.subarray(0, bytesRead);
    },
    async save(bytes) {
      await makeDirectory(folder).catch((failure: unknown) => {
        throw named(folder, failure);
      });
      const temporary = `${path}.${randomUUID()}`;
      const forget = removedOnStop(temporary);
      try {
        // Who can write it can let an archive stand for other images: nobody else, whatever the umask.
        await writeFile(temporary, bytes, { mode: 0o644 });
        await rename(temporary, path);
      } finally {
        await rm(temporary, { force: true });
        forget();
      }
    },
  };
}

function named(path: string, failure: unknown): AlbaError {
  return new AlbaError('target', `${path}: ${reasonOf(failure)}`, { cause: failure });
}
