import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import { gathered } from '../gathered.ts';
import { tarBlockSize } from './header.ts';
import type { FileToPack, PackedFile } from './pack-files.ts';
import { writeHeader, zerosBehind } from './write-header.ts';

const owned = { uid: 0, gid: 0 } as const;

/**
 * A tar that is written to a file: entries lie in the order in which they were added, each after the folders that it is in, and
 * several may be on their way at once; nothing of this machine is in it.
 */
export class TarFile {
  readonly #file: FileHandle;
  readonly #folders = new Set<string>();
  #end = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Writes a file, whose place is its own from now on, and gives where it lies. Throws where it is not as long as it was said to be. */
  async add({ name, size, open }: FileToPack): Promise<PackedFile> {
    const folders = foldersOf(name).filter((one) => !this.#folders.has(one));
    for (const folder of folders) this.#folders.add(folder);
    const headers = Buffer.concat([
      ...folders.map((folder) =>
        writeHeader({ ...owned, name: folder, kind: 'folder', mode: 0o755, size: 0 }),
      ),
      writeHeader({ ...owned, name, kind: 'file', mode: 0o644, size }),
    ]);
    const start = this.#reserve(headers.length + size + zerosBehind(size));
    const offset = start + headers.length;
    await this.#write(headers, start);
    let done = 0;
    for await (const chunk of gathered(open())) {
      done += chunk.length;
      if (done <= size) await this.#write(chunk, offset + done - chunk.length);
    }
    if (done !== size) throw new Error(`${name} has ${done} bytes, expected ${size}`);
    await this.#write(Buffer.alloc(zerosBehind(size)), offset + size);
    return { offset, size };
  }

  /** To be called when all is there. */
  async end(): Promise<void> {
    const size = 2 * tarBlockSize;
    await this.#write(Buffer.alloc(size), this.#reserve(size));
  }

  /** Gives where so many bytes go. */
  #reserve(size: number): number {
    this.#end += size;
    return this.#end - size;
  }

  async #write(bytes: Uint8Array, position: number): Promise<void> {
    for (let done = 0; done < bytes.length; ) {
      const { bytesWritten } = await this.#file.write(bytes, done, bytes.length - done, position + done);
      done += bytesWritten;
    }
  }
}

/** From the outermost one to the innermost. */
function foldersOf(name: string): string[] {
  const folder = posix.dirname(name);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}
