import { compareText } from '../oci/compare.ts';
import { type Digest, hexOf } from '../oci/digest.ts';
import { pathOf, type ReleaseFile } from '../source/tree/file.ts';
import { filesIn, type TagManifest } from './documents.ts';

/** The name of the list beside the platforms of a tag. */
export const checksumsName = 'SHA256SUMS';

/** What `sha256sum -c` reads, by path below the tag. A name with a backslash is escaped as coreutils does. */
export function checksumsOf(files: readonly ReleaseFile[]): Buffer {
  return formatChecksums(files.map((file) => ({ path: pathOf(file), digest: file.digest })));
}

/** The checksums beside this document, undefined where the older tool wrote it, without digests. */
export function checksumsIn(manifest: TagManifest): Buffer | undefined {
  const files = filesIn(manifest).flatMap(({ path, digest }) => (digest ? [{ path, digest }] : []));
  return files.length === filesIn(manifest).length ? formatChecksums(files) : undefined;
}

/** The same of files whose paths are those below the tag. */
export function formatChecksums(
  files: readonly { readonly path: string; readonly digest: Digest }[],
): Buffer {
  const lines = [...files]
    .sort((a, b) => compareText(a.path, b.path))
    .map(({ path, digest }) => {
      const escaped = path.replaceAll('\\', '\\\\');
      return `${escaped === path ? '' : '\\'}${hexOf(digest)}  ${escaped}\n`;
    });
  return Buffer.from(lines.join(''));
}
