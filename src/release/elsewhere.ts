import { messageOf } from '../errors.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import type { Storage } from '../storage/storage.ts';
import { filesIn } from './documents.ts';
import { type Release, tagKey } from './keys.ts';
import { heldDigests, readTagDocument } from './published.ts';
import { readObject } from './store.ts';

/** How many other releases are looked at: what changed little was published lately. */
const maxReleases = 10;

/** Bytes that another release of the name holds. */
export interface Origin {
  readonly key: string;
  readonly release: Release;
  /** The document that says so, as it is stored. */
  readonly document: Buffer;
}

/**
 * For each wanted digest the key of a file with these bytes in one of the ten newest other releases of the name;
 * those that nobody has are missing. A release that cannot be read is passed over.
 */
export async function findElsewhere(
  storage: Storage,
  release: Release,
  tags: readonly string[],
  wanted: ReadonlySet<Digest>,
  progress: Progress,
): Promise<Map<Digest, Origin>> {
  const found = new Map<Digest, Origin>();
  const missing = new Set(wanted);
  for (const tag of tags.filter((tag) => tag !== release.tag).slice(0, maxReleases)) {
    if (missing.size === 0) break;
    const held = await heldBy(storage, { name: release.name, tag }, missing, progress);
    for (const [digest, origin] of held) {
      if (missing.delete(digest)) found.set(digest, origin);
    }
  }
  return found;
}

/**
 * Those of these releases whose documents are others by now: who replaces a release takes its document away first,
 * so what was copied meanwhile may be anything.
 */
export async function findChanged(storage: Storage, origins: readonly Origin[]): Promise<Set<string>> {
  const documents = new Map(origins.map(({ release, document }) => [tagKey(release), document]));
  const changed = new Set<string>();
  for (const [key, document] of documents) {
    if (!(await readObject(storage, key))?.equals(document)) changed.add(key);
  }
  return changed;
}

/** What another release holds; one that cannot be read only means that more is sent. */
async function heldBy(
  storage: Storage,
  release: Release,
  wanted: ReadonlySet<Digest>,
  progress: Progress,
): Promise<Map<Digest, Origin>> {
  const held = new Map<Digest, Origin>();
  try {
    const document = await readTagDocument(storage, release);
    const isNamed = document && filesIn(document.manifest).some(({ digest }) => digest && wanted.has(digest));
    if (!isNamed) return held;
    for (const [key, digest] of await heldDigests(storage, release, document.manifest)) {
      held.set(digest, { key, release, document: document.bytes });
    }
  } catch (failure) {
    progress.debug(`nothing is copied from ${release.name}:${release.tag}: ${messageOf(failure)}`);
  }
  return held;
}
