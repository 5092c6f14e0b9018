import { inOrder } from '../concurrency/in-order.ts';
import type { ArtifactIndexes, ImageWithManifest, Node } from '../content/content.ts';
import { type Graph, graphLimits, readGraph } from '../content/graph.ts';
import { attestedBy, isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { type Manifest, parseManifest } from '../oci/manifest.ts';
import { isManifest, mediaTypes } from '../oci/media-type.ts';
import { formatPlatform } from '../oci/platform.ts';
import type { Progress } from '../progress/progress.ts';
import type { Blobs } from './members.ts';
import { collectMentions } from './mentions.ts';
import { type FoundManifest, isComplete, readBlob, readImage, readNode } from './read-image.ts';
import { findIndexes } from './source-indexes.ts';

/** Configs of a repository are small, and each takes a way there and back. */
const configsAhead = 31;

/** What descriptors lead to. */
export interface FoundImages {
  readonly images: readonly ImageWithManifest[];
  readonly indexes: ArtifactIndexes;
  /** The documents that were read for them. */
  readonly graph: Graph;
}

/** How images are looked for. */
interface FindImagesOptions {
  /** Whether what is not all there is skipped, with a warning: docker save lists platforms that it does not save. */
  readonly partial?: boolean;
  /** Told of what is no image; a warning if not given. */
  readonly leaveOut?: (text: string) => void;
  /** Whether indexes are believed what their images are for: configs are read only where an index leaves that open. */
  readonly isKnown?: boolean;
}

/**
 * The images that these descriptors lead to, each with the attestations that describe it; nested indexes are
 * flattened, other artifacts left out.
 */
export async function findImages(
  blobs: Blobs,
  descriptors: readonly Descriptor[],
  progress: Progress,
  { partial = false, leaveOut = (text) => progress.warn(text), isKnown = false }: FindImagesOptions = {},
): Promise<FoundImages> {
  const graph = await readGraph(descriptors, {
    origin: blobs.origin,
    fault: 'source',
    limits: graphLimits.release,
    read: async (descriptor, depth) => {
      const isLeftOut = partial && depth > 0 && !(await blobs.find(descriptor));
      return isLeftOut ? undefined : readBlob(blobs, descriptor);
    },
  });
  const manifests: FoundManifest[] = [];
  const missing: Descriptor[] = [];
  for (const mentioned of collectMentions(graph, descriptors)) {
    const { descriptor } = mentioned;
    const document = graph.get(descriptor.digest);
    if (partial && !document && !(await blobs.find(descriptor))) {
      missing.push(descriptor);
      continue;
    }
    if (!document || !isManifest(descriptor.mediaType)) {
      leaveOut(tellOther(blobs, descriptor.digest, descriptor.mediaType));
      continue;
    }
    const { bytes, origin } = document;
    const found = { ...mentioned, bytes, manifest: parseManifest(bytes, origin) };
    if (!partial || (await isComplete(blobs, found))) manifests.push(found);
    else missing.push(descriptor);
  }
  tellMissing(blobs, missing, progress);
  const images = await toImages(blobs, manifests, { progress, leaveOut, isKnown });
  return { images, graph, indexes: findIndexes(graph, descriptors, images) };
}

async function toImages(
  blobs: Blobs,
  manifests: readonly FoundManifest[],
  {
    progress,
    leaveOut,
    isKnown,
  }: Required<Pick<FindImagesOptions, 'leaveOut' | 'isKnown'>> & { readonly progress: Progress },
): Promise<ImageWithManifest[]> {
  const attestations = await attestationsBySubject(blobs, manifests, progress);
  const read = async (found: FoundManifest): Promise<ImageWithManifest | undefined> => {
    const { digest } = found.descriptor;
    const { config, artifactType } = found.manifest;
    if (isImage(found.manifest)) {
      return readImage(blobs, found, attestations.get(digest) ?? [], { progress, isKnown });
    }
    leaveOut(tellOther(blobs, digest, artifactType ?? config.mediaType));
    return undefined;
  };
  const images: ImageWithManifest[] = [];
  const ahead = blobs.areHere ? 0 : configsAhead;
  const wanted = manifests.filter(({ descriptor }) => !isAttestation(descriptor));
  for await (const image of inOrder(wanted, ahead, read)) if (image) images.push(image);
  return images;
}

async function attestationsBySubject(
  blobs: Blobs,
  manifests: readonly FoundManifest[],
  progress: Progress,
): Promise<Map<string, Node[]>> {
  const bySubject = new Map<string, Node[]>();
  for (const attestation of manifests.filter(({ descriptor }) => isAttestation(descriptor))) {
    const subject = attestedBy(attestation.descriptor) ?? '';
    if (manifests.some(({ descriptor }) => descriptor.digest === subject)) {
      bySubject.set(subject, [...(bySubject.get(subject) ?? []), await readNode(blobs, attestation)]);
    } else {
      progress.warn(`${blobs.origin}: left out an attestation of ${subject}, which is not there`);
    }
  }
  return bySubject;
}

/** Whether a manifest is an image's: signatures and the like may have an image's config, but no image's layers. */
export function isImage({ config, layers }: Manifest): boolean {
  const configs: readonly string[] = [mediaTypes.oci.config, mediaTypes.docker.config];
  const layer = /^application\/vnd\.(oci\.image\.layer|docker\.image\.rootfs)\./;
  return configs.includes(config.mediaType) && layers.every(({ mediaType }) => layer.test(mediaType));
}

function tellOther({ origin }: Blobs, digest: Digest, type: string): string {
  return `${origin}: left out ${digest}, which is no image but ${type}`;
}

/** What describes an image that is not there is not missed. */
function tellMissing({ origin }: Blobs, missing: readonly Descriptor[], progress: Progress): void {
  const images = missing.filter((descriptor) => !isAttestation(descriptor));
  if (images.length === 0) return;
  const names = images.map(({ platform, digest }) => (platform ? formatPlatform(platform) : digest));
  progress.warn(
    `${origin}: its index names ${names.join(', ')} as well, which was not saved with it: save that, too, if it is to be published`,
  );
}
