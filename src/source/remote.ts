import type { Readable } from 'node:stream';
import { leaf, type Node, openBytes, openLater, type SealedImage } from '../content/content.ts';
import { openVerified, readCapped } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { maxManifestSize, parseSuccessors } from '../oci/manifest.ts';
import { isDocument } from '../oci/media-type.ts';
import type { Reference } from '../oci/reference.ts';
import type { Progress } from '../progress/progress.ts';
import { readImages } from './flatten.ts';
import { type Blobs, type Member, readMember, toBlob } from './members.ts';
import { findBlob } from './sealed-image.ts';

/** A repository to read from. */
export interface Remote {
  /** For messages. */
  readonly url: string;
  /** Given for a registry, so that blobs can be mounted from there. */
  readonly heldBy?: Reference;
  fetch(descriptor: Descriptor): Promise<Readable>;
}

/** Documents within documents; an index over indexes over manifests is three. */
const maxDepth = 8;

/** In bytes: of all documents of one release, which are kept while it is copied. */
const maxDocuments = 64 * 1024 * 1024;

/** The blobs of a repository: documents are fetched once and kept, all else streams, verified on the way. */
export function remoteBlobs(remote: Remote): Blobs {
  const documents = new Map<Digest, Promise<Buffer>>();
  const { url, heldBy } = remote;
  let kept = 0;
  const find = async (descriptor: Descriptor): Promise<Member> => {
    const { digest, mediaType, size } = descriptor;
    const origin = `${url} (${digest})`;
    const fetch = openVerified(
      openLater(() => remote.fetch(descriptor)),
      descriptor,
      origin,
    );
    const keep = async (): Promise<Buffer> => {
      if (!documents.has(digest)) {
        kept += size;
        if (kept > maxDocuments)
          throw new AlbaError('source', `${url} leads to manifests of more than ${maxDocuments} bytes`);
      }
      const document = documents.get(digest) ?? readCapped(fetch, origin);
      documents.set(digest, document);
      return document;
    };
    const isKept = isDocument(mediaType) && size <= maxManifestSize;
    const open = isKept ? openLater(async () => openBytes(await keep())()) : fetch;
    return { origin, size, digest: async () => digest, open, ...(heldBy && { heldBy }) };
  };
  return { origin: url, find };
}

/** The images below a descriptor. */
export function readRemoteImages(blobs: Blobs, root: Descriptor, progress: Progress): Promise<SealedImage[]> {
  return readImages(blobs, [root], progress);
}

/** A document with all that it points to, whatever that is. */
export function readTree(blobs: Blobs, root: Descriptor): Promise<Node> {
  return readBelow({ blobs, children: new Map() }, root, 0);
}

interface Walk {
  readonly blobs: Blobs;
  /** Of each document, read once: where many name the same, and so on, there are more ways to it than can be gone. */
  readonly children: Map<string, Promise<readonly Node[]>>;
}

async function readBelow(walk: Walk, descriptor: Descriptor, depth: number): Promise<Node> {
  const { blobs, children } = walk;
  if (depth > maxDepth) {
    throw new AlbaError('source', `${blobs.origin} nests its documents more than ${maxDepth} deep`);
  }
  const member = await findBlob(blobs, descriptor);
  const { mediaType, digest } = descriptor;
  if (!isDocument(mediaType)) return leaf(toBlob(descriptor, member));
  const key = `${digest} ${mediaType}`;
  const below = children.get(key) ?? readChildren(walk, mediaType, member, depth);
  children.set(key, below);
  return { ...toBlob(descriptor, member), children: await below };
}

async function readChildren(
  walk: Walk,
  mediaType: string,
  member: Member,
  depth: number,
): Promise<readonly Node[]> {
  const successors = parseSuccessors(mediaType, await readMember(member), member.origin);
  return Promise.all(successors.map((child) => readBelow(walk, child, depth + 1)));
}
