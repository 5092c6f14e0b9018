import { constants, lstatSync, readdirSync, type Stats } from 'node:fs';
import { copyFile, realpath, rm, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { fileChunks } from '../../content/file-chunks.ts';
import { measure } from '../../content/verify.ts';
import type { FileToFetch } from './files-release.ts';

/** Files of the same size that are read for one that is wanted. */
const mostTried = 4;

/** More than any release has; what is behind is fetched. */
const mostFound = 1_000_000;

interface Found {
  readonly path: string;
  readonly stats: Stats;
}

/** What lies at a destination before it is filled anew: files that are wanted again need not be fetched. */
export class StandingFiles {
  readonly #bySize = new Map<number, Found[]>();
  readonly #root: string;

  private constructor(root: string) {
    this.#root = root;
  }

  /** Looks at a folder, which may be a link to one, or missing. Links in it are not followed. */
  static async at(path: string): Promise<StandingFiles> {
    const root = await realpath(path).catch(() => undefined);
    const standing = new StandingFiles(root ?? path);
    if (root !== undefined) standing.#look(root);
    return standing;
  }

  /** Whether a file with this digest is there, its own name first. It is read. */
  async has(file: FileToFetch): Promise<boolean> {
    for (const { path } of this.#candidates(file)) {
      if (await isSame(path, file)) return true;
    }
    return false;
  }

  /** Copies a file with this digest to a new place, or clones it there, with its time; false where there is none. The copy is read. */
  async copy(file: FileToFetch, location: string): Promise<boolean> {
    for (const { path, stats } of this.#candidates(file)) {
      const isCopied = await copyFile(
        path,
        location,
        constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL,
      ).then(
        () => isSame(location, file),
        () => false,
      );
      if (isCopied) {
        await utimes(location, stats.atimeMs / 1000, stats.mtimeMs / 1000);
        return true;
      }
      await rm(location, { force: true });
    }
    return false;
  }

  #candidates({ path, size, digest }: FileToFetch): Found[] {
    if (digest === undefined) return [];
    const found = this.#bySize.get(size) ?? [];
    const own = (one: Found): boolean => one.path === join(this.#root, path) || one.path.endsWith(`/${path}`);
    return [...found.filter(own), ...found.filter((one) => !own(one))].slice(0, mostTried);
  }

  #look(root: string): void {
    const ahead = [root];
    let count = 0;
    for (let folder = ahead.pop(); folder !== undefined && count < mostFound; folder = ahead.pop()) {
      for (const name of namesIn(folder)) {
        const path = join(folder, name);
        const stats = lstatSync(path, { throwIfNoEntry: false });
        count += 1;
        if (stats?.isDirectory()) ahead.push(path);
        if (!stats?.isFile()) continue;
        const same = this.#bySize.get(stats.size) ?? [];
        this.#bySize.set(stats.size, [...same, { path, stats }]);
      }
    }
  }
}

/** None of a folder that may not be read. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

async function isSame(path: string, { digest, size }: FileToFetch): Promise<boolean> {
  const found = await measure(fileChunks(path)).catch(() => undefined);
  return found?.digest === digest && found?.size === size;
}
