import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { isAttestation } from '../oci/attestation.ts';
import { type Descriptor, descriptorSchema } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseJson, parseSuccessors } from '../oci/manifest.ts';
import { isDocument, isForeign, isIndex } from '../oci/media-type.ts';
import type { InventoryDocument, KnownTime } from './inventory.ts';

const aboutSchema = v.looseObject({
  subject: v.exactOptional(descriptorSchema),
  annotations: v.exactOptional(v.record(v.string(), v.string())),
});
const configSchema = v.looseObject({ created: v.optional(v.string()) });

/** What is to be known of a manifest or an index to decide what it needs. */
export interface ReadDocument {
  readonly mediaType: string;
  /** In bytes. */
  readonly size: number;
  /** All that it points to, foreign layers left out. */
  readonly successors: readonly Descriptor[];
  readonly subject?: Digest | undefined;
  /** What its annotation says. */
  readonly created?: KnownTime | undefined;
}

/** Reads a document; an AlbaError where it is of a kind that is not known, so that what it needs cannot be told. */
export function readInventoryDocument(mediaType: string, bytes: Buffer, where: string): ReadDocument {
  if (!isDocument(mediaType)) {
    throw new AlbaError('target', `${where} is of an unknown kind (${mediaType})`);
  }
  const { subject, annotations } = parseJson(aboutSchema, bytes, where);
  const successors = parseSuccessors(mediaType, bytes, where);
  return {
    mediaType,
    size: bytes.length,
    successors: successors.filter((descriptor) => !isForeign(descriptor.mediaType)),
    subject: subject?.digest,
    created: knownTime(annotations?.['org.opencontainers.image.created'], 'annotation'),
  };
}

/** What an inventory tells of a document, beside what is `there` by digest. */
export function inventoryEntry(
  { mediaType, size, successors, subject }: ReadDocument,
  isThere: (digest: Digest) => boolean,
): InventoryDocument {
  const missing = successors.filter((child) => isDocument(child.mediaType) && !isThere(child.digest));
  const platforms = isIndex(mediaType)
    ? successors.flatMap((child) => (isAttestation(child) ? [] : (child.platform ?? [])))
    : [];
  return {
    mediaType,
    size,
    children: successors.map(({ digest }) => digest),
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
