import type { ImageWithManifest, Node } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { mergeImages } from '../image/assemble.ts';
import { keepAnnotations } from '../image/kept-annotations.ts';
import { attachSboms, sbomsOfIndex } from '../image/sbom.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isIndex, mediaTypes } from '../oci/media-type.ts';
import { formatPlatform, inGoNames, spellPlatform } from '../oci/platform.ts';
import type { Artifact, LocalArtifact, RememberedArtifact } from './artifact.ts';
import type { Recipe } from './prepare-layer.ts';

/** How a release gets its index. */
export interface IndexPlan {
  /** The index over these images: the one that the only artifact holds, as it is, or one that is made of them. */
  readonly make: (images: readonly ImageWithManifest[]) => Node;
  /** For people: why an index does not stay as it is. */
  readonly remarks: readonly string[];
  /** What is lost of the indexes of artifacts. */
  readonly warnings: readonly string[];
}

/**
 * One artifact that holds one complete index is published as it is, so that its digest stays: what else has that digest, as a
 * build has told it, still leads to it. Another one is made only of what an index is not: several artifacts, what has to be
 * changed in it. Then it keeps the annotations that the indexes of layouts have, and given ones win.
 */
export function planIndex(artifacts: readonly Artifact[], recipe: Recipe): IndexPlan {
  const [only, ...others] = artifacts;
  refuseOthers(artifacts, recipe);
  const isSingle = only !== undefined && others.length === 0;
  const sboms = recipe.sboms ?? [];
  if (isSingle && only.kind === 'published') {
    const { root, other, isPart } = only;
    const isKept =
      (other || isIndex(root.descriptor.mediaType)) && !isPart && whatChanges(only, recipe) === undefined;
    if (isKept) return { make: () => root, remarks: [], warnings: [] };
  }
  const kept = isSingle ? keptManifest(only, recipe) : undefined;
  if (kept) return { make: () => kept, remarks: [], warnings: [] };
  const locals = artifacts.filter((artifact) => artifact.kind !== 'published');
  const roots = locals.flatMap(({ indexes }) => indexes?.root ?? []);
  const [root] = roots;
  const reason =
    isSingle && only.kind !== 'published' ? whyChanged(only, recipe) : 'there are several artifacts';
  if (root && reason === undefined) return { make: () => root, remarks: [], warnings: [] };
  const told = locals.flatMap(({ indexes }) => indexes?.annotations ?? []);
  const notes = keepAnnotations(told, recipe.annotations);
  const isDocker = recipe.format === 'docker';
  const annotations = [...(isDocker ? [] : notes.annotations), ...recipe.annotations];
  return {
    make: (images) =>
      mergeImages(attachSboms(images, sboms), recipe.format, annotations, recipe.artifactType),
    remarks: roots.map(
      ({ descriptor }) => `index ${descriptor.digest} is replaced by one that is made anew: ${reason}`,
    ),
    warnings: [
      ...artifacts
        .flatMap((artifact) => (artifact.kind === 'published' ? artifact.others : []))
        .map((other) => `${other}; to keep it, publish the index by itself, without annotations`),
      ...(isDocker && told.length > 0
        ? ['format docker has no annotations: those of the index are left out']
        : notes.warnings),
    ],
  };
}

/** The one manifest that there is, where it is to stay without an index, and nothing describes it that an index would name. */
function keptManifest({ images, ...artifact }: Artifact, recipe: Recipe): Node | undefined {
  const [image, ...others] = images;
  const isAsked =
    recipe.keepsManifest && whatChanges({ images }, recipe) === undefined && others.length === 0;
  if (!isAsked || image?.kind !== 'with-manifest' || image.attestations.length > 0) return undefined;
  const hasIndex = artifact.kind !== 'published' && artifact.indexes?.root !== undefined;
  return hasIndex ? undefined : image.manifest;
}

/** What is no image is not merged with anything, and gets no annotations. */
function refuseOthers(artifacts: readonly Artifact[], { annotations, sboms = [] }: Recipe): void {
  for (const artifact of artifacts) {
    const other = artifact.kind === 'published' ? artifact.other : undefined;
    if (!other || (artifacts.length === 1 && annotations.length === 0 && sboms.length === 0)) continue;
    const why =
      artifacts.length > 1
        ? 'it cannot be merged with other artifacts: publish it by itself'
        : 'it is published as it is, so that it gets no annotations and no SBOM: leave them out';
    throw new AlbaError('source', `${other.origin} is no image but ${other.kind}; ${why}`);
  }
}

/** Why the index of an artifact cannot stay as it is; undefined if it can. */
function whyChanged(
  { indexes, images }: LocalArtifact | RememberedArtifact,
  recipe: Recipe,
): string | undefined {
  const root = indexes?.root;
  if (!root) return undefined;
  const change = whatChanges({ images }, recipe);
  if (change) return change;
  if (recipe.format === 'docker' && root.descriptor.mediaType !== mediaTypes.docker.index) {
    return 'format docker is asked for';
  }
  const platforms = new Map(
    images.flatMap((image) =>
      image.kind === 'with-manifest' ? [[image.manifest.descriptor.digest, image.platform] as const] : [],
    ),
  );
  for (const { digest, platform: written } of manifestsOf(root)) {
    const platform = platforms.get(digest);
    if (!platform) continue;
    if (!written) return `it does not tell that ${digest} is for ${formatPlatform(platform)}`;
    const isGo = spellPlatform(inGoNames(written)) === spellPlatform(written);
    if (!isGo || formatPlatform(written) !== formatPlatform(platform)) {
      return `it says ${spellPlatform(written)} for ${spellPlatform(platform)}`;
    }
  }
  return undefined;
}

/** What was asked for that an index as it is has not; undefined where that is nothing. */
function whatChanges(
  { images }: Pick<Artifact, 'images'>,
  { annotations, sboms = [] }: Recipe,
): string | undefined {
  if (annotations.length > 0) return 'annotations are given';
  return sboms.length > sbomsOfIndex(sboms, images).length ? 'SBOMs of its images are given' : undefined;
}

/** Each index once. */
function manifestsOf(root: Node): Descriptor[] {
  const found: Descriptor[] = [];
  const indexes = new Set<Digest>();
  const visit = ({ descriptor, children }: Node): void => {
    if (!isIndex(descriptor.mediaType)) found.push(descriptor);
    else if (!indexes.has(descriptor.digest)) {
      indexes.add(descriptor.digest);
      children.forEach(visit);
    }
  };
  visit(root);
  return found;
}
