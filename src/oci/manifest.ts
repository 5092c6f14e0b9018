import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { type Descriptor, descriptorSchema, digestSchema, platformPart } from './descriptor.ts';
import type { Digest } from './digest.ts';
import { isIndex, isManifest } from './media-type.ts';
import type { Platform } from './platform.ts';
import { parseShallowJson } from './shallow-json.ts';

/** An image manifest (image-spec, manifest.md). */
export interface Manifest {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly config: Descriptor;
  readonly layers: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** An index of manifests (image-spec, image-index.md). */
export interface Index {
  readonly schemaVersion: 2;
  readonly mediaType?: string;
  readonly artifactType?: string;
  readonly manifests: readonly Descriptor[];
  readonly subject?: Descriptor;
  readonly annotations?: Readonly<Record<string, string>>;
}

/** What we read of an image's config (image-spec, config.md). */
export interface Config {
  /** Without what the config leaves out: an index, or the name of a file, may complete it. */
  readonly platform: Partial<Platform>;
  readonly diffIds: readonly Digest[];
}

/** Registries need not take a larger manifest (distribution-spec, "Pushing Manifests"). In bytes. */
export const maxManifestSize = 4 * 1024 * 1024;

/** In characters. */
const longestMessage = 300;

const annotations = v.exactOptional(v.record(v.string(), v.string()));
const common = {
  schemaVersion: v.optional(v.literal(2), 2),
  mediaType: v.exactOptional(v.string()),
  artifactType: v.exactOptional(v.string()),
  subject: v.exactOptional(descriptorSchema),
  annotations,
};
/** A document that is a manifest to one reader and an index to another is neither (CVE-2021-41190). */
const ambiguous = v.exactOptional(v.never('a document is a manifest or an index, not both'));
const manifestSchema = v.looseObject({
  ...common,
  manifests: ambiguous,
  config: descriptorSchema,
  layers: v.optional(v.array(descriptorSchema), []),
});
const indexSchema = v.looseObject({
  ...common,
  config: ambiguous,
  layers: ambiguous,
  manifests: v.optional(v.array(descriptorSchema), []),
});
const configSchema = v.looseObject({
  os: v.optional(platformPart),
  architecture: v.optional(platformPart),
  variant: v.optional(platformPart),
  'os.version': v.optional(platformPart),
  'os.features': v.optional(v.array(v.string())),
  rootfs: v.looseObject({
    type: v.optional(v.literal('layers')),
    diff_ids: v.optional(v.array(digestSchema), []),
  }),
});

/**
 * JSON from outside, checked against a schema; `where` begins the sentence of an error. A field that is `null` is
 * absent, as encoders of Go and .NET write what they do not know, unless the document is to be written again.
 */
export function parseJson<S extends v.GenericSchema>(
  schema: S,
  bytes: Uint8Array | string,
  where: string,
  { keepsNull = false } = {},
): v.InferOutput<S> {
  let value: unknown;
  try {
    value = parseShallowJson(
      typeof bytes === 'string' ? bytes : new TextDecoder('utf-8', { fatal: true }).decode(bytes),
      keepsNull ? undefined : (_, field) => field ?? undefined,
    );
  } catch (cause) {
    const why = /^\s*</.test(beginningOf(bytes))
      ? ' but a page: does a proxy or a sign-in answer there?'
      : `: ${(cause as Error).message}`;
    throw new AlbaError('source', `${where} is not JSON${why}`, { cause });
  }
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const issue = result.issues[0];
  const path = v.getDotPath(issue);
  // Where a text is all of it, that may be no document but a secret.
  const message = path ? issue.message : issue.message.replace(/ but received ".*"$/s, '');
  throw new AlbaError('source', `${where} is malformed${path ? ` at ${path}` : ''}: ${clip(message)}`);
}

function beginningOf(bytes: Uint8Array | string): string {
  return typeof bytes === 'string'
    ? bytes.slice(0, 64)
    : Buffer.from(bytes.subarray(0, 64)).toString('latin1');
}

/** What was found there may be as long as the document. */
function clip(message: string): string {
  return message.length > longestMessage ? `${message.slice(0, longestMessage)}…` : message;
}

/** The manifest in these bytes. */
export function parseManifest(bytes: Uint8Array, where: string): Manifest {
  return parseJson(manifestSchema, bytes, where);
}

/** The index in these bytes. */
export function parseIndex(bytes: Uint8Array, where: string): Index {
  return parseJson(indexSchema, bytes, where);
}

/** Platform and diffIDs of the config in these bytes. */
export function parseConfig(bytes: Uint8Array, where: string): Config {
  const { os, architecture, variant, rootfs, ...rest } = parseJson(configSchema, bytes, where);
  const platform = {
    ...(os && { os }),
    ...(architecture && { architecture }),
    ...(variant && { variant }),
    ...(rest['os.version'] && { 'os.version': rest['os.version'] }),
    ...(rest['os.features']?.length && { 'os.features': rest['os.features'] }),
  };
  return { platform, diffIds: rootfs.diff_ids };
}

/** What a document of this media type points to, in order; nothing for a blob. A subject is not followed. */
export function parseSuccessors(mediaType: string, bytes: Uint8Array, where: string): readonly Descriptor[] {
  if (isIndex(mediaType)) return parseIndex(bytes, where).manifests;
  if (!isManifest(mediaType)) return [];
  const manifest = parseManifest(bytes, where);
  return [manifest.config, ...manifest.layers];
}

/** The bytes of a document that we make ourselves: compact JSON, keys in the order they were written. */
export function formatDocument(document: Manifest | Index): Buffer {
  return Buffer.from(JSON.stringify(document));
}
