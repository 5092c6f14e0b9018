import { Readable } from 'node:stream';
import { once } from '../concurrency/once.ts';
import { type Blob, type ImageWithManifest, type Node, openLater } from '../content/content.ts';
import { graphLimits, nodesOf, readGraph } from '../content/graph.ts';
import { openVerified, readCapped } from '../content/verify.ts';
import { AlbaError, messageOf } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { isDocument } from '../oci/media-type.ts';
import type { Reference } from '../oci/reference.ts';
import type { Progress } from '../progress/progress.ts';
import { findImages } from './find-images.ts';
import { type Blobs, type Member, toBlob } from './members.ts';
import { readBlob } from './read-image.ts';

/** What is read of a repository. */
export interface Remote {
  /** The bytes of content, unverified. */
  fetch(descriptor: Descriptor): Promise<Readable>;
  /** What has this subject. */
  referrers(digest: Digest): Promise<readonly Descriptor[]>;
}

/** How a repository is read. */
export interface RemoteOptions {
  /** What is read, for messages. */
  readonly origin: string;
  /** The repository, where others of its registry can take its blobs over. */
  readonly heldBy: Reference | undefined;
  readonly progress: Progress;
  /** Whether what refers to it is asked for at once, as it will be wanted. */
  readonly wantsReferrers?: boolean;
  /** Where its documents are as well, and are better read: what is missing or wrong there is read here. */
  readonly nearer?: Pick<Remote, 'fetch'>;
  /** Whether indexes are believed what their images are for, as all of it was looked at before: their configs are not read. */
  readonly isKnown?: boolean;
}

/** An image or an index as it is published: its manifests were read, blobs are when somebody asks for them. */
export interface RemoteRelease {
  readonly images: readonly ImageWithManifest[];
  /** For people: what of it is no image. */
  readonly others: readonly string[];
  /** All of it, to be copied as it is. */
  readonly root: Node;
  /** What refers to a document of it (signatures, attestations), and what refers to that: by the subject. */
  referrers(): Promise<ReadonlyMap<Digest, readonly Node[]>>;
}

/** Reads what a descriptor names. Each document is fetched once; it is verified, and so is all else on its way. */
export async function readRemote(
  remote: Remote,
  descriptor: Descriptor,
  { origin, heldBy, progress, wantsReferrers = false, nearer, isKnown = false }: RemoteOptions,
): Promise<RemoteRelease> {
  const documents = new Map<Digest, Promise<Buffer>>();
  const toMember = (child: Descriptor): Member => {
    const { digest, size } = child;
    const where = `${origin} (${digest})`;
    const verified = openVerified(
      openLater(() => remote.fetch(child)),
      child,
      where,
    );
    const readNearer = async (from: Pick<Remote, 'fetch'>): Promise<Buffer> => {
      try {
        const open = openLater(() => from.fetch(child));
        return await readCapped(openVerified(open, child, where), where);
      } catch (failure) {
        if (!(failure instanceof AlbaError)) throw failure;
        progress.debug(`read at the source, as at the target: ${messageOf(failure)}`);
        return readCapped(verified, where);
      }
    };
    const read = (): Promise<Buffer> => {
      const document = documents.get(digest) ?? (nearer ? readNearer(nearer) : readCapped(verified, where));
      documents.set(digest, document);
      return document;
    };
    const open = isDocument(child.mediaType)
      ? openLater(async () => Readable.from([await read()], { objectMode: false }))
      : verified;
    return { origin: where, size, digest: async () => digest, open, ...(heldBy && { heldBy }) };
  };
  const blobs: Blobs = { origin, areHere: false, find: async (child) => toMember(child) };
  const toLeaf = (child: Descriptor): Blob => toBlob(child, toMember(child));
  const others: string[] = [];
  const leaveOut = (text: string): void => void others.push(text);
  const referrers = once(async (): Promise<ReadonlyMap<Digest, readonly Node[]>> => {
    const whole = await readGraph([descriptor], {
      origin,
      fault: 'source',
      limits: graphLimits.referrers,
      read: (document) => readBlob(blobs, document),
      referrers: (digest) => remote.referrers(digest),
    });
    const toNode = nodesOf(whole, toLeaf);
    return new Map([...whole].map(([digest, document]) => [digest, document.referrers.map(toNode)]));
  });
  // Who wants them is told of a failure.
  if (wantsReferrers) referrers().catch(() => {});
  const { images, graph } = await findImages(blobs, [descriptor], progress, { leaveOut, isKnown });
  const root = nodesOf(graph, toLeaf)(descriptor);
  return { images, others, root, referrers };
}
