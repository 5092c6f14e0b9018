import { isIndex } from '../oci/media-type.ts';
import type { Artifact, PublishedArtifact } from './artifact.ts';
import type { Recipe } from './prepare-layer.ts';

/** The one index that is published elsewhere already, if a release is that alone: it is copied as it is, so that its digest stays. */
export function asPublished(
  artifacts: readonly Artifact[],
  { annotations }: Recipe,
): PublishedArtifact | undefined {
  const [only, ...others] = artifacts;
  if (only?.kind !== 'published' || others.length > 0 || annotations.length > 0) return undefined;
  return isIndex(only.root.descriptor.mediaType) ? only : undefined;
}
