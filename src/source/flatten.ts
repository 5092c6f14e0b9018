import type { Node, SealedImage } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { attestedBy, isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex } from '../oci/manifest.ts';
import { isDocument, isIndex, isManifest, mediaTypes } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';
import { type Blobs, readMember } from './members.ts';
import {
  type FoundManifest,
  findBlob,
  isComplete,
  readManifest,
  readNode,
  readSealedImage,
} from './sealed-image.ts';

/**
 * The images that these descriptors lead to, each with the attestations that describe it; nested indexes are
 * flattened, other artifacts left out with a warning. `partial` skips what is not all there: docker save lists
 * platforms that it does not save.
 */
export async function readImages(
  blobs: Blobs,
  descriptors: readonly Descriptor[],
  progress: Progress,
  { partial = false } = {},
): Promise<SealedImage[]> {
  const walk: Walk = { blobs, progress, partial, found: new Map(), size: 0 };
  await flatten(walk, descriptors, 0);
  return toImages(walk);
}

/** Indexes within indexes; tools write two at most. */
const maxDepth = 8;
/** In bytes: of all indexes and manifests, which are held until the release is out. */
const maxDocuments = 64 * 1024 * 1024;

interface Walk {
  readonly blobs: Blobs;
  readonly progress: Progress;
  readonly partial: boolean;
  /** Undefined for what was seen and is no manifest. */
  readonly found: Map<Digest, FoundManifest | undefined>;
  /** Of the documents so far, in bytes. */
  size: number;
}

async function flatten(walk: Walk, descriptors: readonly Descriptor[], depth: number): Promise<void> {
  const { blobs, partial, found } = walk;
  if (depth > maxDepth) {
    throw new AlbaError('source', `${blobs.origin} nests its indexes more than ${maxDepth} deep`);
  }
  for (const descriptor of descriptors) {
    const { digest, mediaType } = descriptor;
    if (found.has(digest)) continue;
    found.set(digest, undefined);
    if (partial && depth > 0 && !(await blobs.find(descriptor))) continue;
    if (isDocument(mediaType)) countDocument(walk, descriptor);
    if (isIndex(mediaType)) await flattenIndex(walk, descriptor, depth);
    else if (isManifest(mediaType)) await addManifest(walk, descriptor);
    else leaveOut(walk, digest, mediaType);
  }
}

function countDocument(walk: Walk, { size }: Descriptor): void {
  walk.size += size;
  if (walk.size <= maxDocuments) return;
  throw new AlbaError('source', `${walk.blobs.origin} has manifests of more than ${maxDocuments} bytes`);
}

async function flattenIndex(walk: Walk, descriptor: Descriptor, depth: number): Promise<void> {
  const member = await findBlob(walk.blobs, descriptor);
  const index = parseIndex(await readMember(member), member.origin);
  await flatten(walk, index.manifests, depth + 1);
}

async function addManifest(walk: Walk, descriptor: Descriptor): Promise<void> {
  const manifest = await readManifest(walk.blobs, descriptor);
  if (walk.partial && !(await isComplete(walk.blobs, manifest))) return;
  walk.found.set(descriptor.digest, manifest);
}

async function toImages(walk: Walk): Promise<SealedImage[]> {
  const manifests = [...walk.found.values()].filter((found) => found !== undefined);
  const attestations = await attestationsBySubject(walk, manifests);
  const images: SealedImage[] = [];
  for (const found of manifests) {
    if (isAttestation(found.descriptor)) continue;
    const { digest } = found.descriptor;
    const { mediaType } = found.manifest.config;
    const described = attestations.get(digest) ?? [];
    if (isImage(found)) images.push(await readSealedImage(walk.blobs, found, described));
    else leaveOut(walk, digest, found.manifest.artifactType ?? mediaType);
  }
  return images;
}

async function attestationsBySubject(
  { blobs, found, progress }: Walk,
  manifests: readonly FoundManifest[],
): Promise<Map<string, Node[]>> {
  const bySubject = new Map<string, Node[]>();
  for (const attestation of manifests.filter(({ descriptor }) => isAttestation(descriptor))) {
    const subject = attestedBy(attestation.descriptor) ?? '';
    if (found.get(subject as Digest)) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), await readNode(blobs, attestation)]);
    } else {
      progress.warn(`${blobs.origin}: left out an attestation of ${subject}, which is not there`);
    }
  }
  return bySubject;
}

/** Signatures and the like may have an image's config, but no image's layers. */
function isImage({ manifest: { config, layers } }: FoundManifest): boolean {
  const configs: readonly string[] = [mediaTypes.oci.config, mediaTypes.docker.config];
  const layer = /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./;
  return configs.includes(config.mediaType) && layers.every(({ mediaType }) => layer.test(mediaType));
}

function leaveOut({ blobs, progress }: Walk, digest: Digest, type: string): void {
  progress.warn(`${blobs.origin}: left out ${digest}, which is no image but ${type}`);
}
