import { constants, lstatSync, readdirSync } from 'node:fs';
import { copyFile, readFile, realpath, rm, utimes } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileChunks } from '../../content/file-chunks.ts';
import { measure } from '../../content/verify.ts';
import { digestOf } from '../../oci/digest.ts';
import { smallSize } from '../../release/measure.ts';
import type { FileToFetch } from './files-release.ts';

/** Files of the same size that are read for one that is wanted. */
const mostTried = 4;

/** More than any release has; what is behind is fetched. */
const mostFound = 1_000_000;

/** What lies at a destination before it is filled anew: files that are wanted again need not be fetched. */
export class StandingFiles {
  readonly #sizes = new Map<string, number>();
  /** Some paths by their size, and by size and name. */
  readonly #bySize = new Map<string, string[]>();
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

  /** Whether a file with this digest is there, which goes into a folder of the destination. What may be it is read. */
  async has(file: FileToFetch, folder: string): Promise<boolean> {
    for (const path of this.#candidates(file, folder)) {
      if (await isSame(path, file)) return true;
    }
    return false;
  }

  /** Copies a file with this digest to a new place, or clones it there, with its time; false where there is none. The copy is read. */
  async copy(file: FileToFetch, folder: string, location: string): Promise<boolean> {
    for (const path of this.#candidates(file, folder)) {
      const { atimeMs, mtimeMs } = lstatSync(path, { throwIfNoEntry: false }) ?? {};
      const isCopied = await copyFile(
        path,
        location,
        constants.COPYFILE_FICLONE | constants.COPYFILE_EXCL,
      ).then(
        () => isSame(location, file),
        () => false,
      );
      if (isCopied && atimeMs !== undefined && mtimeMs !== undefined) {
        await utimes(location, atimeMs / 1000, mtimeMs / 1000);
      }
      if (isCopied) return true;
      await rm(location, { force: true });
    }
    return false;
  }

  /** The one of that name first, then those of the same size, the ones that are called alike before the others. */
  #candidates({ path, size, digest }: FileToFetch, folder: string): Set<string> {
    if (digest === undefined) return new Set();
    const own = join(this.#root, folder, path);
    const alike = this.#bySize.get(`${size}/${basename(path)}`) ?? [];
    const others = this.#bySize.get(`${size}`) ?? [];
    const first = this.#sizes.get(own) === size ? [own] : [];
    return new Set([...first, ...alike.slice(0, mostTried), ...others.slice(0, mostTried)]);
  }

  #add(path: string, name: string, size: number): void {
    this.#sizes.set(path, size);
    for (const key of [`${size}`, `${size}/${name}`]) {
      const same = this.#bySize.get(key);
      if (!same) this.#bySize.set(key, [path]);
      else if (same.length < mostTried) same.push(path);
    }
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
        if (stats?.isFile()) this.#add(path, name, stats.size);
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

/** Whether a file has these bytes: it is read. */
async function isSame(path: string, { digest, size }: FileToFetch): Promise<boolean> {
  if (size > smallSize) {
    const found = await measure(fileChunks(path, { size: size + 1 })).catch(() => undefined);
    return found?.digest === digest && found?.size === size;
  }
  const bytes = await readFile(path).catch(() => undefined);
  return bytes?.length === size && digestOf(bytes) === digest;
}
