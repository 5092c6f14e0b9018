import type { FileHandle } from 'node:fs/promises';
import type { Open } from '../content.ts';
import { TarFile } from './tar-file.ts';

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

/** Writes a tar of files in their order; gives where each lies. */
export async function packFiles(
  files: Iterable<FileToPack>,
  to: FileHandle,
): Promise<ReadonlyMap<string, PackedFile>> {
  const tar = new TarFile(to);
  const packed = new Map<string, PackedFile>();
  for (const file of files) packed.set(file.name, await tar.add(file));
  await tar.end();
  return packed;
}
