import type { Node } from '../content/content.ts';
import type { Digest } from '../oci/digest.ts';
import { formatCount } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';
import type { Artifact } from './artifact.ts';
import type { Publication } from './publication.ts';

/**
 * Brings to every target what refers to a manifest of the release where that is published already (signatures, SBOMs),
 * and what refers to that. What refers to an index that is not published as it is has lost its subject, and is left out
 * with a warning.
 */
export async function sendReferrers(
  artifacts: readonly Artifact[],
  index: Node,
  publication: Publication,
  progress: Progress,
): Promise<void> {
  const held = new Set<Digest>();
  addDocuments(index, held);
  for (const artifact of artifacts) {
    if (artifact.kind !== 'published') continue;
    const bySubject = await artifact.referrers();
    const found = follow(bySubject, held);
    for (const referrer of found.values()) await publication.send(referrer);
    const all = new Set([...bySubject.values()].flat().map(({ descriptor }) => descriptor.digest));
    const left = all.size - found.size;
    if (left === 0) continue;
    const { digest } = artifact.root.descriptor;
    const what = `${formatCount(left, 'referrer')} (signatures and the like)`;
    progress.warn(`${what} left out: of index ${digest}, which is not published as it is`);
  }
}

/** What refers to one of these, and to that, each once, after its subject. */
function follow(
  bySubject: ReadonlyMap<Digest, readonly Node[]>,
  subjects: ReadonlySet<Digest>,
): ReadonlyMap<Digest, Node> {
  const found = new Map<Digest, Node>();
  const visit = (subject: Digest): void => {
    for (const referrer of bySubject.get(subject) ?? []) {
      const { digest } = referrer.descriptor;
      if (found.has(digest)) continue;
      found.set(digest, referrer);
      const below = new Set<Digest>();
      addDocuments(referrer, below);
      below.forEach(visit);
    }
  };
  subjects.forEach(visit);
  return found;
}

/** The digests of a node and of all that it leads to. */
function addDocuments({ descriptor, children }: Node, to: Set<Digest>): void {
  if (to.has(descriptor.digest)) return;
  to.add(descriptor.digest);
  for (const child of children) addDocuments(child, to);
}
