import type { Digest } from '../oci/digest.ts';
import { formatReference } from '../oci/reference.ts';
import type { Target } from '../place/target.ts';
import type { DeclaredArtifact } from './declared-artifact.ts';

/** The index under the name of every registry's repository that has it, each once; other places give it no such name. */
export function declaredImages(targets: readonly Target[], digest: Digest): DeclaredArtifact[] {
  const names = targets.flatMap(({ place: { reference } }) => (reference ? formatReference(reference) : []));
  return [...new Set(names)].map((name) => ({ name, digest }));
}
