import type { Knowledge } from '../cache/knowledge.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Platform } from '../oci/platform.ts';
import type { StandingRelease } from './standing-release.ts';

/** What images and layers may have become already. Who may say it of what: docs/architecture.md, "What was learned". */
export interface Hints {
  /** What earlier runs learned; a guess, which the release of every target has to bear out. */
  readonly knowledge: Knowledge;
  /** What stands at each target: each is believed of itself. */
  readonly targets: readonly StandingRelease[];
  /** What stands elsewhere: what that says is proved before it is used. Opened when it is asked for first. */
  others(): Promise<readonly StandingRelease[]>;
}

/** Whether what stands at every target is this index. */
export function isReleased({ targets }: Hints, index: Descriptor): Promise<boolean> {
  return holdsForAll(targets, (release) => release.is(index));
}

/** Whether what stands at every target lists this manifest for this platform. */
export function isListedForPlatform(
  { targets }: Hints,
  manifest: Descriptor,
  platform: Platform,
): Promise<boolean> {
  return holdsForAll(targets, (release) => release.lists(manifest.digest, platform));
}

/** The blob that a layer became in the images for a platform, if that is said at every target. */
export async function releasedBlob(
  { targets }: Hints,
  diffId: Digest,
  platform: Platform,
): Promise<Descriptor | undefined> {
  const layers = await Promise.all(targets.map((release) => release.layersFor(platform)));
  const [blob, ...more] = layers.map((known) => known.get(diffId));
  return more.every((other) => other?.digest === blob?.digest) ? blob : undefined;
}

/** Whether a release that stands at a target, or elsewhere, has a layer for whatever platform. */
export async function isInAnyRelease({ targets, others }: Hints, diffId: Digest): Promise<boolean> {
  const holds = async (releases: readonly StandingRelease[]): Promise<boolean> =>
    (await Promise.all(releases.map((release) => release.holds(diffId)))).some(Boolean);
  return (await holds(targets)) || (await holds(await others()));
}

async function holdsForAll(
  targets: readonly StandingRelease[],
  holds: (release: StandingRelease) => Promise<boolean>,
): Promise<boolean> {
  return targets.length > 0 && (await Promise.all(targets.map(holds))).every(Boolean);
}
