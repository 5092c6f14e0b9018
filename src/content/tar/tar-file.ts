import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import { tarBlockSize } from './header.ts';
import type { FileToPack, PackedFile } from './pack-files.ts';
import { writeHeader, zerosBehind } from './write-header.ts';

const owned = { uid: 0, gid: 0 } as const;

/** A tar that is written to a file, one entry after the other, each after the folders that it is in; nothing of this machine is in it. */
export class TarFile {
  readonly #file: FileHandle;
  readonly #folders = new Set<string>();
  #at = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Writes a file, and gives where it lies. Throws where it is not as long as it was said to be. */
  async add({ name, size, open }: FileToPack): Promise<PackedFile> {
    for (const folder of foldersOf(name).filter((one) => !this.#folders.has(one))) {
      this.#folders.add(folder);
      await this.#write(writeHeader({ ...owned, name: folder, kind: 'folder', mode: 0o755, size: 0 }));
    }
    await this.#write(writeHeader({ ...owned, name, kind: 'file', mode: 0o644, size }));
    const offset = this.#at;
    for await (const chunk of open()) await this.#write(chunk);
    if (this.#at - offset !== size) {
      throw new Error(`${name} has ${this.#at - offset} bytes, expected ${size}`);
    }
    await this.#write(Buffer.alloc(zerosBehind(size)));
    return { offset, size };
  }

  async end(): Promise<void> {
    await this.#write(Buffer.alloc(2 * tarBlockSize));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    await this.#file.writeFile(bytes);
    this.#at += bytes.length;
  }
}

/** From the outermost one to the innermost. */
function foldersOf(name: string): string[] {
  const folder = posix.dirname(name);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}
