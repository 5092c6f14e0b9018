import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { digestsIn, type Node } from '../content/content.ts';
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
  const held = digestsIn([index]);
  const send = async (artifact: PublishedArtifact): Promise<void> => {
    const bySubject = await artifact.referrers();
    const found = follow(bySubject, held);
    const sending = sendAfterSubjects(found, sent, (node, after) => publication.send(node, undefined, after));
    await allOrAbort(sending, abort);
    const known = new Set([...bySubject.values()].flat().map(({ descriptor }) => descriptor.digest));
    const left = known.size - found.length;
    if (left === 0) return;
    const { digest } = artifact.root.descriptor;
    const what = `${formatCount(left, 'referrer')} (signatures and the like)`;
    progress.warn(`${what} left out: of index ${digest}, which is not published as it is`);
  };
  const published = artifacts.filter((artifact) => artifact.kind === 'published');
  await allOrAbort(published.map(send), abort);
}

/** Something that refers to a document by its subject. */
export interface SentReferrer {
  readonly subject: Digest;
  readonly node: Node;
}

/**
 * Sends each after its subject, which is `sent` or in one of those before it, as registries may refuse what refers to nothing; those of
 * one subject are added to one list, one after the other. What a referrer leads to may go before.
 */
export function sendAfterSubjects(
  referrers: readonly SentReferrer[],
  sent: Promise<unknown>,
  send: (referrer: Node, after: Promise<unknown>) => Promise<void>,
): readonly Promise<void>[] {
  const within = new Map<Digest, Promise<void>>();
  const last = new Map<Digest, Promise<void>>();
  return referrers.map(({ subject, node }) => {
    const sending = send(node, last.get(subject) ?? within.get(subject) ?? sent);
    last.set(subject, sending);
    for (const digest of digestsIn([node])) within.set(digest, within.get(digest) ?? sending);
    return sending;
  });
}

/** What refers to one of these, and to that, each once, after its subject. */
function follow(
  bySubject: ReadonlyMap<Digest, readonly Node[]>,
  subjects: ReadonlySet<Digest>,
): readonly SentReferrer[] {
  const found = new Map<Digest, SentReferrer>();
  const visit = (subject: Digest): void => {
    for (const node of bySubject.get(subject) ?? []) {
      const { digest } = node.descriptor;
      if (found.has(digest)) continue;
      found.set(digest, { subject, node });
      for (const below of digestsIn([node])) visit(below);
    }
  };
  for (const subject of subjects) visit(subject);
  return [...found.values()];
}
