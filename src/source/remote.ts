import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { leaf, type Node, openBytes, type SealedImage } from '../content/content.ts';
import type { Progress } from '../content/progress.ts';
import { openVerified } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { maxManifestSize, parseSuccessors } from '../oci/manifest.ts';
import { isDocument } from '../oci/media-type.ts';
import type { Reference } from '../oci/reference.ts';
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

/** The blobs of a repository: documents are fetched once and kept, all else streams, verified on the way. */
export function remoteBlobs(remote: Remote): Blobs {
  const documents = new Map<Digest, Promise<Buffer>>();
  const { url, heldBy } = remote;
  const find = async (descriptor: Descriptor): Promise<Member> => {
    const { digest, mediaType, size } = descriptor;
    const origin = `${url} (${digest})`;
    const fetch = openVerified(() => remote.fetch(descriptor), descriptor, origin);
    const keep = async (): Promise<Readable> => {
      const document = documents.get(digest) ?? Promise.resolve(fetch()).then(buffer);
      documents.set(digest, document);
      return openBytes(await document)();
    };
    const open = isDocument(mediaType) && size <= maxManifestSize ? keep : fetch;
    return { origin, size, digest: async () => digest, open, ...(heldBy && { heldBy }) };
  };
  return { origin: url, find };
}

/** The images below a descriptor. */
export function readRemoteImages(blobs: Blobs, root: Descriptor, progress: Progress): Promise<SealedImage[]> {
  return readImages(blobs, [root], progress);
}

/** A document with all that it points to, whatever that is. */
export async function readTree(blobs: Blobs, descriptor: Descriptor, depth = 0): Promise<Node> {
  if (depth > maxDepth) {
    throw new AlbaError('source', `${blobs.origin} nests its documents more than ${maxDepth} deep`);
  }
  const member = await findBlob(blobs, descriptor);
  if (!isDocument(descriptor.mediaType)) return leaf(toBlob(descriptor, member));
  const successors = parseSuccessors(descriptor.mediaType, await readMember(member), member.origin);
  const children = await Promise.all(successors.map((child) => readTree(blobs, child, depth + 1)));
  return { ...toBlob(descriptor, member), children };
}
