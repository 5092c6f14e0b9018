import type { Node } from '../content/content.ts';
import { readDocument } from '../content/verify.ts';
import { parseManifest } from '../oci/manifest.ts';
import { isIndex, isManifest, mediaTypes } from '../oci/media-type.ts';

/** Configs that say nothing of what their manifest is (image-spec 1.1, "Guidelines for Artifact Usage"). */
const tellNothing: readonly string[] = [
  'application/vnd.oci.empty.v1+json',
  mediaTypes.oci.config,
  mediaTypes.docker.config,
];

/** What something published is that is no image, for people: `application/vnd.cncf.helm.config.v1+json`. */
export async function artifactKind(root: Node): Promise<string> {
  const { mediaType, digest } = root.descriptor;
  if (isIndex(mediaType)) {
    return root.children.length > 0 ? 'an index without images' : 'an index without manifests';
  }
  if (!isManifest(mediaType)) return mediaType;
  const { artifactType, config, layers } = parseManifest(await readDocument(root, digest), digest);
  if (artifactType) return artifactType;
  const [first] = layers;
  return first && tellNothing.includes(config.mediaType) ? first.mediaType : config.mediaType;
}
