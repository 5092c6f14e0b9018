import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { isAttestation } from '../oci/attestation.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseIndex, parseJson, parseManifest } from '../oci/manifest.ts';
import { commonSpelling, isDocument, isForeign, isIndex } from '../oci/media-type.ts';
import type { InventoryDocument, KnownTime } from './inventory.ts';

const configSchema = v.looseObject({ created: v.optional(v.string()) });

/** What is to be known of a manifest or an index to decide what it needs. */
export interface ReadDocument {
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** All that it points to, foreign layers left out; of blobs no more than kind, digest and size, as there are so many. */
  readonly successors: readonly Descriptor[];
  readonly children: readonly Digest[];
  readonly subject?: Digest | undefined;
  /** What its annotation says. */
  readonly created?: KnownTime | undefined;
}

/** Reads a document; an AlbaError where it is of a kind that is not known, so that what it needs cannot be told. */
export function readInventoryDocument(mediaType: string, bytes: Buffer, where: string): ReadDocument {
  if (!isDocument(mediaType)) {
    throw new AlbaError('target', `${where} is of an unknown kind (${mediaType})`);
  }
  const document = (isIndex(mediaType) ? parseIndex : parseManifest)(bytes, where);
  const { subject, annotations } = document;
  const all = 'manifests' in document ? document.manifests : [document.config, ...document.layers];
  const successors = all.filter((descriptor) => !isForeign(descriptor.mediaType)).map(shortest);
  return {
    mediaType: commonSpelling(mediaType),
    size: bytes.length,
    successors,
    children: successors.map(({ digest }) => digest),
    subject: subject?.digest,
    created: knownTime(annotations?.['org.opencontainers.image.created'], 'annotation'),
  };
}

function shortest(descriptor: Descriptor): Descriptor {
  const { digest, size } = descriptor;
  const mediaType = commonSpelling(descriptor.mediaType);
  return isDocument(mediaType) ? { ...descriptor, mediaType } : { mediaType, digest, size };
}

/** What an inventory tells of a document, beside what is `there` by digest. */
export function inventoryEntry(
  { mediaType, size, successors, children, subject }: ReadDocument,
  isThere: (digest: Digest) => boolean,
): InventoryDocument {
  const missing = successors.filter((child) => isDocument(child.mediaType) && !isThere(child.digest));
  const platforms = isIndex(mediaType)
    ? successors.flatMap((child) => (isAttestation(child) ? [] : (child.platform ?? [])))
    : [];
  return {
    mediaType,
    size,
    children,
    ...(subject && { subject }),
    ...(platforms.length > 0 && { platforms }),
    ...(missing.length > 0 && { missing: missing.map(({ digest }) => digest) }),
  };
}

/** What a config says of when its image was made. */
export function readCreated(bytes: Buffer, where: string): KnownTime | undefined {
  return knownTime(parseJson(configSchema, bytes, where).created, 'config');
}

/** Before it there were no images: reproducible builds write 1970, zip archives cannot say less than 1980. */
const earliest = Date.UTC(1980, 0, 2);

function knownTime(text: string | undefined, from: KnownTime['from']): KnownTime | undefined {
  const at = new Date(text ?? Number.NaN);
  return at.getTime() >= earliest ? { at, from } : undefined;
}
