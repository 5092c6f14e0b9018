import type { ImageWithManifest, Node } from '../content/content.ts';
import type { Digest } from '../oci/digest.ts';
import { sum } from '../progress/sum.ts';
import type { KnownRelease, StandingRelease } from './standing-release.ts';

/** The release that stood at a target before, as far as a run has read it for other reasons. */
export interface PreviousRelease {
  /** The target, by its number. */
  readonly target: number;
  /** That it was found by. */
  readonly tag: string;
  readonly digest: Digest;
  /** In bytes, of config and layers as they are stored; undefined where that is not known. */
  sizeOf(image: ImageWithManifest): number | undefined;
}

/** What stood at the first target of which something was read; nothing is asked for it, so it may be undefined. */
export async function previousRelease(
  releases: readonly StandingRelease[],
  index: Node,
): Promise<PreviousRelease | undefined> {
  const known = await Promise.all(releases.map((release) => release.known()));
  const [first] = known.flatMap((release, target) => (release ? [{ ...release, target }] : []));
  if (!first) return undefined;
  const { target, tag, digest } = first;
  return { target, tag, digest, sizeOf: (image) => sizeIn(first, image, index) };
}

function sizeIn(release: KnownRelease, { platform, manifest }: ImageWithManifest, index: Node) {
  const isSame = release.digest === index.descriptor.digest || release.lists(manifest.descriptor.digest);
  return isSame ? imageSize(manifest) : release.sizeFor(platform);
}

/** In bytes: config and layers of a manifest, as they are stored. */
export function imageSize({ children }: Node): number {
  return sum(children.map(({ descriptor }) => descriptor.size));
}
