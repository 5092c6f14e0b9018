import { messageOf } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import type { TagManifest } from './documents.ts';
import type { Release } from './keys.ts';
import { heldDigests, readTagManifest } from './published.ts';

/** How many other releases are looked at: what changed little was published lately. */
const maxReleases = 10;

/** Keys of other releases of the name, newest first, under which wanted bytes surely are. */
export async function findElsewhere(
  storage: Storage,
  release: Release,
  tags: readonly string[],
  wanted: ReadonlySet<Digest>,
  progress: Progress,
): Promise<Map<Digest, string>> {
  const found = new Map<Digest, string>();
  const missing = new Set(wanted);
  for (const tag of tags.filter((tag) => tag !== release.tag).slice(0, maxReleases)) {
    if (missing.size === 0) break;
    const held = await heldBy(storage, { name: release.name, tag }, missing, progress);
    for (const [key, digest] of held) {
      if (missing.delete(digest)) found.set(digest, key);
    }
  }
  return found;
}

/** What another release holds; one that cannot be read only means that more is sent. */
async function heldBy(
  storage: Storage,
  release: Release,
  wanted: ReadonlySet<Digest>,
  progress: Progress,
): Promise<ReadonlyMap<string, Digest>> {
  try {
    const manifest = await readTagManifest(storage, release);
    if (manifest && namesAny(manifest, wanted)) return await heldDigests(storage, release, manifest);
  } catch (failure) {
    progress.debug(`nothing is copied from ${release.name}:${release.tag}: ${messageOf(failure)}`);
  }
  return new Map();
}

function namesAny({ flavors }: TagManifest, wanted: ReadonlySet<Digest>): boolean {
  return flavors.some(({ resources }) => resources.some(({ digest }) => digest && wanted.has(digest)));
}
