import type { ImageWithManifest, Node } from '../content/content.ts';
import { AlbaError } from '../errors.ts';
import { attestedBy, isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Index } from '../oci/manifest.ts';
import { type Format, isIndex, mediaTypes } from '../oci/media-type.ts';
import { comparePlatforms, formatPlatform } from '../oci/platform.ts';
import { type Annotations, mergeAnnotations } from './annotate.ts';
import { documentNode, entriesOf } from './assemble.ts';

/** An index as it is published: its document, and all that this leads to. */
export interface StandingIndex {
  readonly index: Index;
  readonly node: Node;
}

/** What joins it. */
export interface Joining {
  readonly images: readonly ImageWithManifest[];
  readonly format: Format;
  /** Of the index; they win over those that it has. */
  readonly annotations: Annotations;
  /** The descriptors of the images in an index, with what is to be beside them. */
  readonly entries: readonly Descriptor[];
}

/** An index with what joined it. */
export interface JoinedIndex {
  readonly node: Node;
  /** Entries that gave way to an image for their platform. */
  readonly replaced: readonly Descriptor[];
  /** Entries that stayed, but for attestations. */
  readonly kept: readonly Descriptor[];
}

/**
 * The index with these images for their platforms in the place of what it had for them, and their attestations in the
 * place of the others'. All else stays, digest for digest; the index as it is where it says all of that already. Throws a
 * usage error where that is in another format.
 */
export function joinIndex({ index, node }: StandingIndex, joining: Joining): JoinedIndex {
  const { images, format } = joining;
  assertFormat(node.descriptor.mediaType, format);
  const platforms = new Set(images.map(({ platform }) => formatPlatform(platform)));
  const isTaken = ({ platform }: Descriptor) =>
    platform !== undefined && platforms.has(formatPlatform(platform));
  const manifests = index.manifests.filter((entry) => !isAttestation(entry));
  const before = manifests.filter(isTaken);
  const kept = manifests.filter((entry) => !isTaken(entry));
  const named = new Set(joining.entries.map(({ digest }) => digest));
  const replaced = before.filter(({ digest }) => !named.has(digest));
  const attestations = index.manifests.filter(isAttestation).filter(staysBeside(replaced, joining.entries));
  const entries = inOrder([...kept, ...attestations, ...joining.entries.map(beside(before))]);
  const annotations = mergeAnnotations(index.annotations, joining.annotations);
  if (isSame(index, entries, annotations)) return { node, replaced, kept };
  const { artifactType, subject } = index;
  const own = format === 'docker' ? {} : annotations;
  const document = {
    schemaVersion: 2,
    mediaType: mediaTypes[format].index,
    ...(artifactType && { artifactType }),
    manifests: entriesOf(entries),
    ...(subject && { subject }),
    ...(Object.keys(own).length > 0 && { annotations: own }),
  } as const;
  const joined = images.flatMap((image) => [image.manifest, ...image.attestations]);
  const nodes = new Map([...node.children, ...joined].map((child) => [child.descriptor.digest, child]));
  const children = entries.flatMap(({ digest }) => nodes.get(digest) ?? []);
  return { node: documentNode(document, children), replaced, kept };
}

/** All else could not stay as it is: the other format has no annotations, and other manifests. */
function assertFormat(standing: string, format: Format): void {
  if (!isIndex(standing) || standing === mediaTypes[format].index) return;
  const other = format === 'oci' ? 'docker' : 'oci';
  throw new AlbaError(
    'usage',
    `the index that the tag names is in format ${other}: give format ${other} to add to it`,
  );
}

/** An attestation goes with its image; of an image that is pushed again it stays, unless that brings others. */
function staysBeside(replaced: readonly Descriptor[], entries: readonly Descriptor[]) {
  const gone = new Set<string | undefined>([
    ...replaced.map(({ digest }) => digest),
    ...entries.filter(isAttestation).map(attestedBy),
  ]);
  return (attestation: Descriptor): boolean => !gone.has(attestedBy(attestation));
}

/** What the index had beside this very manifest stays there. */
function beside(before: readonly Descriptor[]) {
  return (entry: Descriptor): Descriptor => {
    const annotations = before.find(({ digest }) => digest === entry.digest)?.annotations;
    return annotations
      ? { ...entry, annotations: mergeAnnotations(annotations, entry.annotations ?? {}) }
      : entry;
  };
}

/** Images by platform, then what is for none, then attestations in the order of what they describe. */
function inOrder(entries: readonly Descriptor[]): Descriptor[] {
  const manifests = entries.filter((entry) => !isAttestation(entry));
  const images = manifests.filter(({ platform }) => platform);
  images.sort((a, b) => (a.platform && b.platform ? comparePlatforms(a.platform, b.platform) : 0));
  const sorted = [...images, ...manifests.filter(({ platform }) => !platform)];
  const place = new Map<string, number>(sorted.map(({ digest }, at) => [digest, at]));
  const placeOf = (entry: Descriptor): number => place.get(attestedBy(entry) ?? '') ?? sorted.length;
  const attestations = entries.filter(isAttestation).sort((a, b) => placeOf(a) - placeOf(b));
  return [...sorted, ...attestations];
}

/** Whatever order an index has them in. */
function isSame(index: Index, entries: readonly Descriptor[], annotations: Annotations): boolean {
  const keys = (list: readonly Descriptor[]): string =>
    JSON.stringify(
      entriesOf(list)
        .map((entry) => JSON.stringify(entry))
        .sort(),
    );
  const isAnnotated = JSON.stringify(mergeAnnotations(index.annotations, {})) === JSON.stringify(annotations);
  return isAnnotated && keys(index.manifests) === keys(entries);
}
