import { messageOf } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import type { Release } from './keys.ts';
import { claimsOf, readTagDocument } from './published.ts';

/** How many other releases are looked at: what changed little was published lately. */
const maxReleases = 10;

/**
 * For each wanted digest the key of a file that has these bytes, as one of the ten newest other releases of the name says;
 * those that nobody has are missing. A release that cannot be read is passed over. Others may have written what is said
 * there: who copies from a key looks at what came.
 */
export async function findElsewhere(
  storage: Storage,
  release: Release,
  tags: readonly string[],
  wanted: ReadonlySet<Digest>,
  progress: Progress,
): Promise<Map<Digest, string>> {
  const found = new Map<Digest, string>();
  for (const tag of tags.filter((tag) => tag !== release.tag).slice(0, maxReleases)) {
    if (found.size === wanted.size) break;
    for (const [key, digest] of await readClaims(storage, { name: release.name, tag }, progress)) {
      if (wanted.has(digest) && !found.has(digest)) found.set(digest, key);
    }
  }
  return found;
}

/** One that cannot be read only means that more is sent. */
async function readClaims(
  storage: Storage,
  release: Release,
  progress: Progress,
): Promise<ReadonlyMap<string, Digest>> {
  try {
    const document = await readTagDocument(storage, release);
    return document ? claimsOf(release, document.manifest) : new Map();
  } catch (failure) {
    progress.debug(`nothing is copied from ${release.name}:${release.tag}: ${messageOf(failure)}`);
    return new Map();
  }
}
