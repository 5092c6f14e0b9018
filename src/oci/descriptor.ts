import * as v from 'valibot';
import { type Digest, isDigest } from './digest.ts';
import type { Platform } from './platform.ts';

/** A typed pointer to content (image-spec, descriptor.md). Fields we do not know are kept. */
export interface Descriptor {
  readonly mediaType: string;
  readonly digest: Digest;
  /** In bytes, of the content as it is stored. */
  readonly size: number;
  readonly platform?: Platform;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly artifactType?: string;
}

const text = v.pipe(v.string(), v.nonEmpty());

/** A digest in a document from outside. */
export const digestSchema = v.custom<Digest>(
  (input) => typeof input === 'string' && isDigest(input),
  ({ input }) =>
    typeof input === 'string' && input.startsWith('sha512:')
      ? 'it is a digest of sha512, which registries hardly take: build with sha256'
      : 'expected sha256: and 64 hexadecimal digits',
);

/** A part of a platform in a document from outside: slashes stand between them, and logs show them. */
export const platformPart = v.pipe(
  v.string(),
  v.regex(/^[\w.-]*$/, 'expected letters, digits, ".", "_" or "-"'),
);

/** A platform in a document from outside. */
export const platformSchema = v.looseObject({
  os: platformPart,
  architecture: platformPart,
  variant: v.exactOptional(platformPart),
  'os.version': v.exactOptional(platformPart),
  'os.features': v.exactOptional(v.array(v.string())),
});

const partialPlatformSchema = v.looseObject({
  ...platformSchema.entries,
  os: v.exactOptional(platformPart),
  architecture: v.exactOptional(platformPart),
});

/** A descriptor in a document from outside; a platform that names no system or no architecture says nothing. */
export const descriptorSchema = v.pipe(
  v.looseObject({
    mediaType: text,
    digest: digestSchema,
    size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
    platform: v.exactOptional(partialPlatformSchema),
    annotations: v.exactOptional(v.record(v.string(), v.string())),
    artifactType: v.exactOptional(v.string()),
  }),
  v.transform((descriptor): Descriptor => {
    const { platform, ...rest } = descriptor;
    if (!platform) return rest;
    const { os, architecture } = platform;
    return os && architecture ? { ...descriptor, platform: { ...platform, os, architecture } } : rest;
  }),
);
