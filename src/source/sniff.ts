import { lstat, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { detectCompression } from '../compression/detect.ts';
import { readFailure } from '../content/file-chunks.ts';
import { systemCode } from '../errors.ts';
import { indexName, layoutName } from '../oci/layout.ts';
import type { Compression } from '../oci/media-type.ts';
import { manifestName } from './docker-archive.ts';
import { type ForeignFile, foreignFile, headSize, isTarHeader, refuseForeign } from './foreign.ts';
import { versionName } from './skopeo-folder.ts';

/** What lies at a path; a link counts as what it leads to, a `dir:` folder of skopeo as a layout. Pipes and devices, which may never end, are `other`. */
export type Kind = 'file' | 'folder' | 'layout' | 'other' | 'dangling' | 'missing';

/** Looks at a path; one that may not be looked at is an error. */
export async function kindOf(path: string): Promise<Kind> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return found.isFile() ? 'file' : 'other';
    return (await isImageFolder(path)) ? 'layout' : 'folder';
  } catch (cause) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(systemCode(cause) ?? '')) throw readFailure(path, cause);
    return (await exists(path)) ? 'dangling' : 'missing';
  }
}

/** What makes a folder one image or index: a layout with its marker or without, a `dir:` folder of skopeo. */
const imageFolders: readonly (readonly string[])[] = [
  [layoutName],
  [indexName, 'blobs'],
  [manifestName, versionName],
];

async function isImageFolder(path: string): Promise<boolean> {
  for (const names of imageFolders) {
    const found = await Promise.all(names.map((name) => exists(join(path, name))));
    if (found.every(Boolean)) return true;
  }
  return false;
}

/** A tar, compressed by whatever; checksums and signatures (`app.tar.sha256`) are named after one, too. */
const archiveName = /\.(tar|tgz|tzst|tar\.(gz|gzip|zst|zstd|xz|lzma|bz2|bzip2|lz4|lz|lzo|z|br|7z))$/i;

/** Whether a file that nobody named is meant as an archive: by its content, or because its name says so. */
export async function looksLikeArchive(path: string): Promise<boolean> {
  if (archiveName.test(path)) return true;
  const head = await readHead(path, headSize);
  return detectCompression(head) !== 'none' || isTarHeader(head);
}

/** How a file is compressed, by its first bytes; an error for one that is surely no archive. */
export async function readCompression(path: string): Promise<Compression> {
  const head = await readHead(path, headSize);
  refuseForeign(head, path);
  return detectCompression(head);
}

/** What a file is, if that is surely no archive and known by sight. */
export async function readForeign(path: string): Promise<ForeignFile | undefined> {
  return foreignFile(await readHead(path, headSize));
}

async function readHead(path: string, size: number): Promise<Buffer> {
  try {
    await using file = await open(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.subarray(0, bytesRead);
  } catch (cause) {
    throw readFailure(path, cause);
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}
