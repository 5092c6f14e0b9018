import { Problems } from '../../errors.ts';
import type { LayerEntry, UnpackedLayer } from '../../image/rootfs/unpacked-layer.ts';
import { unpackedLayer } from '../../image/rootfs/unpacked-layer.ts';
import { digestOf } from '../../oci/digest.ts';
import { printable } from '../../progress/format.ts';
import type { FileToFetch } from './files-release.ts';

/** In seconds since 1970: of files in a tar, as layers of files have it, so that the same files make the same bytes. */
const mtime = 1;

/** Of programs, and of all else. */
export const fileModes = { program: 0o755, other: 0o644 } as const;

/** A layer whose contents are files that are to be fetched, with the modes that they get, once those are known. */
export interface FilesLayer extends UnpackedLayer {
  readonly entries: LayerEntry[];
}

/**
 * Files as a layer of a tree: what is the matter with names there is found out as for layers of images. Throws one source error for all
 * that no layer could say: names that lead elsewhere, and two files in one place.
 */
export function layerOfFiles(files: readonly FileToFetch[], folder: string, origin: string): FilesLayer {
  assertPaths(files, origin);
  const entries = files.map(
    ({ path, size, executable }): LayerEntry => ({
      name: path,
      type: 'file',
      mode: executable ? fileModes.program : fileModes.other,
      ...{ uid: 0, gid: 0, size, mtime },
    }),
  );
  const { locate } = unpackedLayer(digestOf(Buffer.alloc(0)), entries, folder);
  return { diffId: digestOf(Buffer.alloc(0)), entries, locate };
}

function assertPaths(files: readonly FileToFetch[], origin: string): void {
  const problems = new Problems();
  const seen = new Set<string>();
  for (const { path } of files) {
    const problem = filePathProblem(path) ?? (seen.has(path) ? 'is named twice' : undefined);
    if (problem) problems.add(`${origin}: ${JSON.stringify(printable(path))} ${problem}`);
    seen.add(path);
  }
  for (const path of seen) {
    for (let slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
      const above = path.slice(0, slash);
      if (seen.has(above))
        problems.add(`${origin}: ${printable(above)} is a file, and has ${printable(path)} in it`);
    }
  }
  problems.throwIfAny('source');
}

/** Why a name in a document is none of a file below a folder, as the end of a sentence; undefined where it is one. */
export function filePathProblem(path: string): string | undefined {
  const names = path.split('/');
  if (names.some((name) => name === '..')) return 'leads out of its folder';
  if (names.some((name) => name === '' || name === '.')) return 'is no path of names between single slashes';
  if (/\p{Cc}/u.test(path)) return 'has a control character in its name';
  // To a layer that is a file which hides another one (image-spec 1.1, layer.md, "Whiteouts").
  return names.some((name) => name.startsWith('.wh.')) ? 'has a name that begins with .wh.' : undefined;
}
