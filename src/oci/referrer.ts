import * as v from 'valibot';
import { compareText } from './compare.ts';
import { type Descriptor, descriptorSchema } from './descriptor.ts';
import { type Digest, hexOf } from './digest.ts';
import { formatDocument, type Index, parseJson } from './manifest.ts';
import { mediaTypes } from './media-type.ts';

/** A manifest that is about another one: a signature, an attestation, a bill of materials. */
export interface Referrer {
  readonly subject: Digest;
  /** As a list of referrers names it. */
  readonly descriptor: Descriptor;
}

const schema = v.looseObject({
  artifactType: v.exactOptional(v.string()),
  config: v.exactOptional(v.looseObject({ mediaType: v.string() })),
  subject: v.exactOptional(descriptorSchema),
  annotations: v.exactOptional(v.record(v.string(), v.string())),
});

const listSchema = v.looseObject({
  schemaVersion: v.optional(v.literal(2), 2),
  mediaType: v.exactOptional(v.string()),
  manifests: v.optional(v.array(descriptorSchema), []),
});

/**
 * What the manifest or index in these bytes is about; undefined when it has no subject. The type of an artifact
 * is that of its config where it names none (distribution-spec, "Pushing Manifests with Subject").
 */
export function parseReferrer(
  { mediaType, digest, size }: Descriptor,
  bytes: Uint8Array,
  where: string,
): Referrer | undefined {
  const { subject, config, annotations, ...rest } = parseJson(schema, bytes, where);
  if (!subject) return undefined;
  const artifactType = rest.artifactType || config?.mediaType;
  const descriptor = {
    ...{ mediaType, digest, size },
    ...(artifactType && { artifactType }),
    ...(annotations && { annotations }),
  };
  return { subject: subject.digest, descriptor };
}

/** A list of referrers (distribution-spec 1.1, "Listing Referrers"); one without `manifests` is empty. */
export function parseReferrers(bytes: Uint8Array, where: string): Index {
  return parseJson(listSchema, bytes, where);
}

/** The tag that lists referrers where no API does (distribution-spec, "Referrers Tag Schema"). */
export function referrersTag(subject: Digest): string {
  return `sha256-${hexOf(subject)}`;
}

/** Whether a tag is no release's but lists referrers, or is cosign's (`sha256-<hex>.sig`). */
export function isReferrersTag(tag: string): boolean {
  return /^sha256-[0-9a-f]{64}/.test(tag);
}

/** What a tag that is no release's is about: `sha256-<hex>`, or cosign's `sha256-<hex>.sig`; undefined for any other. */
export function subjectOfTag(tag: string): Digest | undefined {
  const [, hex] = /^sha256-([0-9a-f]{64})(?:$|[._-])/.exec(tag) ?? [];
  return hex === undefined ? undefined : `sha256:${hex}`;
}

/** Referrers of several lists, each once, as the first list has it. */
export function mergeReferrers(...lists: readonly (readonly Descriptor[])[]): Descriptor[] {
  const byDigest = new Map<Digest, Descriptor>();
  for (const descriptor of lists.flat()) {
    if (!byDigest.has(descriptor.digest)) byDigest.set(descriptor.digest, descriptor);
  }
  return [...byDigest.values()];
}

/** The list of these referrers; the same bytes whatever order they came in. */
export function formatReferrers(descriptors: readonly Descriptor[]): Buffer {
  const manifests = [...descriptors].sort((a, b) => compareText(a.digest, b.digest));
  return formatDocument({ schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests });
}
