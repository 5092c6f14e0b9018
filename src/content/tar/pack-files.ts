import type { FileHandle } from 'node:fs/promises';
import { posix } from 'node:path';
import type { Open } from '../content.ts';
import { tarBlockSize } from './header.ts';
import { writeHeader, zerosBehind } from './write-header.ts';

/** A file to be packed. */
export interface FileToPack {
  readonly name: string;
  /** In bytes: what `open` gives has to be as long. */
  readonly size: number;
  readonly open: Open;
}

/** Where the content of a file lies in a tar. */
export interface PackedFile {
  /** Of its first byte. */
  readonly offset: number;
  /** In bytes. */
  readonly size: number;
}

const owned = { uid: 0, gid: 0 } as const;

/**
 * Writes a tar of files in their order, each after the folders that it is in; gives where each lies. Nothing of this machine is
 * in it. Throws where a file is not as long as it was said to be.
 */
export async function packFiles(
  files: Iterable<FileToPack>,
  to: FileHandle,
): Promise<ReadonlyMap<string, PackedFile>> {
  const packed = new Map<string, PackedFile>();
  const folders = new Set<string>();
  let at = 0;
  const write = async (bytes: Uint8Array): Promise<void> => {
    await to.writeFile(bytes);
    at += bytes.length;
  };
  for (const { name, size, open } of files) {
    for (const folder of foldersOf(name).filter((one) => !folders.has(one))) {
      folders.add(folder);
      await write(writeHeader({ ...owned, name: folder, kind: 'folder', mode: 0o755, size: 0 }));
    }
    await write(writeHeader({ ...owned, name, kind: 'file', mode: 0o644, size }));
    const offset = at;
    for await (const chunk of open()) await write(chunk);
    if (at - offset !== size) throw new Error(`${name} has ${at - offset} bytes, expected ${size}`);
    await write(Buffer.alloc(zerosBehind(size)));
    packed.set(name, { offset, size });
  }
  await write(Buffer.alloc(2 * tarBlockSize));
  return packed;
}

/** From the outermost one to the innermost. */
function foldersOf(name: string): string[] {
  const folder = posix.dirname(name);
  return folder === '.' ? [] : [...foldersOf(folder), folder];
}
