import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compress } from '../../compression/compress.ts';
import { levels } from '../../compression/levels.ts';
import { type SteadyFile, steadyFile } from '../../content/steady-file.ts';
import { type NewEntry, writeTar } from '../../content/tar/write-tar.ts';
import { spellPlatform } from '../../oci/platform.ts';
import type { ReleaseFile } from '../../source/tree/file.ts';
import type { Release } from '../keys.ts';
import { opener } from '../measure.ts';
import { type Asset, assetName } from './asset.ts';

/** How the files of a platform are packed; the ending of the archive's name. */
export type ArchiveFormat = 'tar.gz' | 'zip';

/** A file as it is to lie in an archive. */
export interface FileOfArchive {
  /** Its path, with slashes. */
  readonly name: string;
  readonly content: SteadyFile;
  readonly executable: boolean;
}

/** All files of each platform as one archive, below a folder; the same files give the same bytes on any machine. */
export async function archiveAssets(
  files: readonly ReleaseFile[],
  format: ArchiveFormat,
  template: string,
  release: Release,
  folder: string,
): Promise<Asset[]> {
  const assets: Asset[] = [];
  for (const platform of new Set(files.map((file) => spellPlatform(file.platform)))) {
    const own = files.filter((file) => spellPlatform(file.platform) === platform);
    const [first] = own;
    if (!first) continue;
    const name = `${assetName(template, first, release)}.${format}`;
    const location = join(folder, `${assets.length}.${format}`);
    const written = await writeArchive(own, format, location);
    const file: ReleaseFile = { ...first, ...written, location, origin: name, isReal: false };
    assets.push({
      ...{ name, platform, origin: `the archive of ${platform}`, ...written },
      ...{ executable: false, open: opener(file) },
    });
  }
  return assets;
}

async function writeArchive(
  files: readonly ReleaseFile[],
  format: ArchiveFormat,
  location: string,
): Promise<Pick<ReleaseFile, 'size' | 'digest'>> {
  const entries = await Promise.all(files.map(entryOf));
  const hash = createHash('sha256');
  const handle = await open(location, 'wx', 0o600);
  let size = 0;
  try {
    for await (const chunk of format === 'zip' ? zip(entries) : gzippedTar(entries)) {
      hash.update(chunk);
      await handle.writeFile(chunk);
      size += chunk.length;
    }
  } finally {
    await handle.close();
  }
  return { size, digest: `sha256:${hash.digest('hex')}` };
}

function gzippedTar(entries: readonly FileOfArchive[]): AsyncIterable<Uint8Array> {
  const options = { compressionLevel: levels.gzip.usual, parallelism: 1, threads: undefined };
  const files = entries.map(({ executable, ...entry }): NewEntry => {
    return { kind: 'file', uid: 0, gid: 0, modeOf: () => (executable ? 0o755 : 0o644), ...entry };
  });
  return compress(writeTar(files), 'gzip', options);
}

/** Loaded when it is asked for. */
async function* zip(entries: readonly FileOfArchive[]): AsyncGenerator<Uint8Array, void, void> {
  const { writeZip } = await import('./zip.ts');
  yield* writeZip(entries);
}

/** The folder of a variant says what the name of the archive says. */
async function entryOf({
  platform,
  path,
  location,
  origin,
  executable,
}: ReleaseFile): Promise<FileOfArchive> {
  const { variant } = platform;
  const name = variant && path.startsWith(`${variant}/`) ? path.slice(variant.length + 1) : path;
  return { name, content: steadyFile(location, origin, await stat(location)), executable };
}
