import { type Graph, graphLimits, readGraph } from '../content/graph.ts';
import { readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { attestedBy, isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { type Manifest, parseIndex, parseManifest } from '../oci/manifest.ts';
import { isIndex, isManifest } from '../oci/media-type.ts';
import { formatPlatform, isSamePlatform, type Platform } from '../oci/platform.ts';
import { formatNames } from '../progress/format.ts';
import { isImage } from '../source/find-images.ts';
import type { FoundArtifact, FoundAttestation, FoundContent, FoundImage, FoundIndex } from './content.ts';
import { ImageReader } from './image-reader.ts';
import type { Subject } from './subject.ts';

/** Documents of one release: more than there are platforms, each with an attestation. */
const mostDocuments = 1000;

/** Predicates of one attestation that are told, and in characters: one manifest may be named as often as an index has room. */
const mostTypes = 20;
const longestType = 300;

/** A manifest as indexes name it: once, with all platforms that they offer it for. */
interface NamedManifest {
  readonly descriptor: Descriptor;
  readonly platforms: readonly Platform[];
}

/**
 * Reads manifests and configs of a subject, of these platforms if any are named; layers are read by who wants to. A config that
 * cannot be read is a problem of its image, a manifest that cannot is an AlbaError, and so is a platform that is not there.
 */
export async function findContent(subject: Subject, platforms: readonly Platform[]): Promise<FoundContent> {
  const graph = await readDocuments(subject);
  const named = [...namedManifests(graph, subject.roots)];
  const reader = new ImageReader(subject);
  const images: FoundImage[] = [];
  const artifacts: FoundArtifact[] = [];
  const attestations: FoundAttestation[] = [];
  const missing: Descriptor[] = [];
  const manifests = new Map<string, Manifest>();
  for (const one of named) {
    const { descriptor } = one;
    const document = graph.get(descriptor.digest);
    if (!document || !isManifest(descriptor.mediaType)) {
      missing.push(descriptor);
      continue;
    }
    // A hostile index may name one of them very often.
    const manifest = manifests.get(descriptor.digest) ?? parseManifest(document.bytes, document.origin);
    manifests.set(descriptor.digest, manifest);
    if (isAttestation(descriptor)) attestations.push(attestationOf(descriptor, manifest));
    else if (isImage(manifest)) images.push(await reader.read(one, manifest));
    else if (!manifest.subject || !graph.has(manifest.subject.digest))
      artifacts.push(artifactOf(descriptor, manifest));
  }
  for (const image of subject.loose) images.push(await reader.readLoose(image));
  const indexes = indexesOf(graph);
  return { indexes, artifacts, attestations, missing, ...narrowed(images, platforms, subject) };
}

async function readDocuments({ origin, roots, find }: Subject): Promise<Graph> {
  let count = 0;
  return readGraph(roots, {
    origin,
    fault: 'source',
    limits: graphLimits.release,
    read: async (descriptor, depth) => {
      count += 1;
      if (count > mostDocuments) {
        throw new AlbaError('source', `${origin} leads to more than ${mostDocuments} manifests`);
      }
      const open = await find(descriptor);
      const where = `${origin} (${descriptor.digest})`;
      if (open) return { bytes: await readDocument({ descriptor, open }, where), origin: where };
      if (depth > 0) return undefined;
      throw new AlbaError(
        'source',
        `${origin} is incomplete: ${descriptor.digest} is not in it; build or copy it again`,
      );
    },
  });
}

function namedManifests(graph: Graph, roots: readonly Descriptor[]): Iterable<NamedManifest> {
  const found = new Map<string, NamedManifest & { readonly platforms: Platform[] }>();
  const seen = new Set<string>();
  const visit = (descriptors: readonly Descriptor[]): void => {
    for (const descriptor of descriptors) {
      const { digest, mediaType, platform } = descriptor;
      if (isIndex(mediaType) && graph.has(digest)) {
        if (!seen.has(digest)) visit(graph.get(digest)?.successors ?? []);
        seen.add(digest);
        continue;
      }
      const key = `${digest} ${attestedBy(descriptor) ?? ''}`;
      const known = found.get(key) ?? { descriptor, platforms: [] };
      if (platform) known.platforms.push(platform);
      found.set(key, known);
    }
  };
  visit(roots);
  return found.values();
}

function indexesOf(graph: Graph): FoundIndex[] {
  return [...graph.values()]
    .filter(({ descriptor }) => isIndex(descriptor.mediaType))
    .map(({ descriptor, bytes, origin }) => {
      const { artifactType, annotations } = parseIndex(bytes, origin);
      return { descriptor, ...(artifactType && { artifactType }), ...(annotations && { annotations }) };
    });
}

function attestationOf(descriptor: Descriptor, { layers }: Manifest): FoundAttestation {
  const types = layers.flatMap(({ annotations }) => annotations?.['in-toto.io/predicate-type'] ?? []);
  const told = [...new Set(types)].filter(({ length }) => length <= longestType).slice(0, mostTypes);
  return { descriptor, subject: attestedBy(descriptor) ?? '', predicateTypes: told };
}

function artifactOf(descriptor: Descriptor, manifest: Manifest): FoundArtifact {
  const { artifactType, annotations, subject, config, layers } = manifest;
  return {
    descriptor,
    config,
    layers,
    ...(artifactType && { artifactType }),
    ...(annotations && { annotations }),
    ...(subject && { subject: subject.digest }),
  };
}

function narrowed(
  images: readonly FoundImage[],
  platforms: readonly Platform[],
  { origin }: Subject,
): Pick<FoundContent, 'images'> {
  if (platforms.length === 0) return { images };
  const fits = (wanted: Platform, { platform, alsoFor }: FoundImage): boolean =>
    [platform ?? [], alsoFor].flat().some((found) => isSamePlatform(wanted, found));
  const lost = platforms.filter((wanted) => !images.some((image) => fits(wanted, image)));
  if (lost.length === 0) {
    return { images: images.filter((image) => platforms.some((wanted) => fits(wanted, image))) };
  }
  const there = images.flatMap(({ platform }) => (platform ? [formatPlatform(platform)] : []));
  const instead = there.length > 0 ? `it has ${formatNames(there)}` : 'it holds no image';
  throw new AlbaError('source', `${origin} has no ${lost.map(formatPlatform).join(', ')}: ${instead}`);
}
