import { compareText } from '../oci/compare.ts';
import { type Digest, hexOf } from '../oci/digest.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import { filesIn, type TagManifest } from './documents.ts';

/** The name of the list beside the platforms of a tag. */
export const checksumsName = 'SHA256SUMS';

/** What `sha256sum -c` reads, by path below the tag. A name with a backslash is escaped as coreutils does. */
export function checksumsOf(files: readonly ReleaseFile[]): Buffer {
  return format(files.map((file) => [pathOf(file), file.digest]));
}

/** The checksums beside this document, undefined where the older tool wrote it, without digests. */
export function checksumsIn(manifest: TagManifest): Buffer | undefined {
  const files = filesIn(manifest).flatMap(({ path, digest }) => (digest ? [[path, digest] as const] : []));
  return files.length === filesIn(manifest).length ? format(files) : undefined;
}

function format(files: readonly (readonly [path: string, digest: Digest])[]): Buffer {
  const lines = [...files]
    .sort(([a], [b]) => compareText(a, b))
    .map(([path, digest]) => {
      const escaped = path.replaceAll('\\', '\\\\');
      return `${escaped === path ? '' : '\\'}${hexOf(digest)}  ${escaped}\n`;
    });
  return Buffer.from(lines.join(''));
}
