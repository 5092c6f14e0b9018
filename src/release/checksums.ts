import { hexOf } from '../oci/digest.ts';
import { compareFiles, pathOf, type ReleaseFile } from '../source/tree/file.ts';

/** The name of the list beside the platforms of a tag. */
export const checksumsName = 'SHA256SUMS';

/** What `sha256sum -c` reads, by path below the tag. A name with a backslash is escaped as coreutils does. */
export function checksumsOf(files: readonly ReleaseFile[]): Buffer {
  const lines = [...files].sort(compareFiles).map((file) => {
    const path = pathOf(file);
    const escaped = path.replaceAll('\\', '\\\\');
    return `${escaped === path ? '' : '\\'}${hexOf(file.digest)}  ${escaped}\n`;
  });
  return Buffer.from(lines.join(''));
}
