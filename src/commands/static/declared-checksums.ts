import { checksumsName, formatChecksums } from '../../release/checksums.ts';
import type { DeclaredArtifact } from '../declared-artifact.ts';
import type { StaticPushResult } from './push-result.ts';

/** File systems take 255 bytes; a name by the grammar of images alone may have as many. */
const longestStem = 200;

/** The SHA256SUMS beside the platforms, byte for byte, under a name that says of which release they are. */
export function declaredChecksums({ name, tag, files }: StaticPushResult): DeclaredArtifact {
  const stem = `${name}_${tag}`.replace(/[^\w.-]+/g, '-').slice(-longestStem);
  return { fileName: `${stem}_${checksumsName}`, content: formatChecksums(files) };
}
