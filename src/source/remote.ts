import type { Readable } from 'node:stream';
import { type Blob, type Node, openLater, type SealedImage } from '../content/content.ts';
import { graphLimits, nodesOf, readGraph } from '../content/graph.ts';
import { openVerified } from '../content/verify.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import type { Reference } from '../oci/reference.ts';
import type { Progress } from '../progress/progress.ts';
import { findImages } from './find-images.ts';
import { type Blobs, type Member, toBlob } from './members.ts';
import { readBlob } from './sealed-image.ts';

/** A repository to read from. */
export interface Remote {
  /** For messages. */
  readonly origin: string;
  /** Where its blobs can be taken over from, if it is on a registry. */
  readonly heldBy: Reference | undefined;
  fetch(descriptor: Descriptor): Promise<Readable>;
  referrers(digest: Digest): Promise<readonly Descriptor[]>;
}

/** An image or an index as it is published: its manifests were read, blobs are when somebody asks for them. */
export interface RemoteRelease {
  readonly images: readonly SealedImage[];
  /** All of it, to be copied as it is. */
  readonly root: Node;
  /** What refers to a document of it (signatures, attestations), and what refers to that. */
  referrers(): Promise<readonly Node[]>;
}

/** Reads what a descriptor names. Each manifest is fetched once; it is verified, and so is all else on its way. */
export async function readRemote(
  remote: Remote,
  descriptor: Descriptor,
  progress: Progress,
): Promise<RemoteRelease> {
  const { origin } = remote;
  const blobs: Blobs = { origin, find: async (child) => toMember(remote, child) };
  const toLeaf = (child: Descriptor): Blob => toBlob(child, toMember(remote, child));
  const { images, graph } = await findImages(blobs, [descriptor], progress);
  const root = nodesOf(graph, toLeaf)(descriptor);
  const referrers = async (): Promise<readonly Node[]> => {
    const whole = await readGraph([descriptor], {
      origin,
      fault: 'source',
      limits: graphLimits.referrers,
      read: async (document) => graph.get(document.digest) ?? readBlob(blobs, document),
      referrers: (digest) => remote.referrers(digest),
    });
    return [...whole.values()].flatMap((document) => document.referrers).map(nodesOf(whole, toLeaf));
  };
  return { images, root, referrers };
}

function toMember(remote: Remote, descriptor: Descriptor): Member {
  const { digest, size } = descriptor;
  const origin = `${remote.origin} (${digest})`;
  return {
    origin,
    size,
    digest: async () => digest,
    open: openVerified(
      openLater(() => remote.fetch(descriptor)),
      descriptor,
      origin,
    ),
    ...(remote.heldBy && { heldBy: remote.heldBy }),
  };
}
