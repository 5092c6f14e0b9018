import { allOrAbort } from '../concurrency/all-or-abort.ts';
import type { Node } from '../content/content.ts';
import type { Digest } from '../oci/digest.ts';
import { formatCount } from '../progress/format.ts';
import type { Artifact, PublishedArtifact } from './artifact.ts';
import type { Publication } from './publication.ts';
import type { PublicationOptions } from './publication-options.ts';

/**
 * Brings to every target what refers to a manifest of the release where that is published already (signatures, SBOMs),
 * and what refers to that. Each goes after its subject, those of the release once that is `sent`; their blobs go at once.
 * What refers to an index that is not published as it is has lost its subject, and is left out with a warning.
 */
export async function sendReferrers(
  artifacts: readonly Artifact[],
  index: Node,
  sent: Promise<unknown>,
  publication: Publication,
  { progress, abort }: Pick<PublicationOptions, 'progress' | 'abort'>,
): Promise<void> {
  const held = new Set<Digest>();
  addDocuments(index, held);
  const send = async (artifact: PublishedArtifact): Promise<void> => {
    const bySubject = await artifact.referrers();
    const found = follow(bySubject, held);
    const all = new Map<Digest, Promise<void>>();
    // Those of one subject are added to one list.
    const last = new Map<Digest, Promise<void>>();
    for (const { referrer, subject, behind } of found.values()) {
      const after = last.get(subject) ?? (behind === undefined ? sent : all.get(behind));
      const sending = publication.send(referrer, undefined, after);
      all.set(referrer.descriptor.digest, sending);
      last.set(subject, sending);
    }
    await allOrAbort([...all.values()], abort);
    const known = new Set([...bySubject.values()].flat().map(({ descriptor }) => descriptor.digest));
    const left = known.size - found.size;
    if (left === 0) return;
    const { digest } = artifact.root.descriptor;
    const what = `${formatCount(left, 'referrer')} (signatures and the like)`;
    progress.warn(`${what} left out: of index ${digest}, which is not published as it is`);
  };
  const published = artifacts.filter((artifact) => artifact.kind === 'published');
  await allOrAbort(published.map(send), abort);
}

interface Following {
  readonly referrer: Node;
  readonly subject: Digest;
  /** The referrer that it refers to, or to a document of which; undefined: it refers to the release. */
  readonly behind: Digest | undefined;
}

/** What refers to one of these, and to that, each once, after its subject. */
function follow(
  bySubject: ReadonlyMap<Digest, readonly Node[]>,
  subjects: ReadonlySet<Digest>,
): ReadonlyMap<Digest, Following> {
  const found = new Map<Digest, Following>();
  const visit = (subject: Digest, behind?: Digest): void => {
    for (const referrer of bySubject.get(subject) ?? []) {
      const { digest } = referrer.descriptor;
      if (found.has(digest)) continue;
      found.set(digest, { referrer, subject, behind });
      const below = new Set<Digest>();
      addDocuments(referrer, below);
      for (const document of below) visit(document, digest);
    }
  };
  for (const subject of subjects) visit(subject);
  return found;
}

/** The digests of a node and of all that it leads to. */
function addDocuments({ descriptor, children }: Node, to: Set<Digest>): void {
  if (to.has(descriptor.digest)) return;
  to.add(descriptor.digest);
  for (const child of children) addDocuments(child, to);
}
