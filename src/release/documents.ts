import * as v from 'valibot';
import { AlbaError, messageOf } from '../errors.ts';
import { digestSchema } from '../oci/descriptor.ts';
import type { Digest } from '../oci/digest.ts';
import { parseJson } from '../oci/manifest.ts';
import { comparePlatforms } from '../oci/platform.ts';
import { compareFiles, type ReleaseFile } from '../source/tree/file.ts';

/** A list in JSON as Go writes it: an empty one may be null, which is read as absent. */
const listOf = <S extends v.GenericSchema>(schema: S) => v.optional(v.array(schema), () => []);

/** A field of the other kind of document: the list of `org/app` lies where the tag `app` of `org` would. */
const foreign = v.exactOptional(v.never('belongs to another document'));

/** JSON can write half of a character, which no key, URL or page can. */
const text = v.pipe(v.string(), v.regex(/^\P{Cs}*$/u, 'half of a character is no text'));

const resourceSchema = v.looseObject({
  path: text,
  size: v.exactOptional(v.pipe(v.number(), v.safeInteger(), v.minValue(0))),
  digest: v.exactOptional(digestSchema),
  executable: v.exactOptional(v.boolean()),
});
const flavorSchema = v.looseObject({
  resources: listOf(resourceSchema),
  platform: v.looseObject({
    architecture: text,
    os: text,
    variant: v.exactOptional(text),
  }),
});
const tagListSchema = v.looseObject({ name: text, tags: listOf(text), flavors: foreign });
const tagManifestSchema = v.looseObject({
  flavors: listOf(flavorSchema),
  tags: foreign,
  /** What the release tells of itself: of ours, and read as such where it is shown. */
  about: v.exactOptional(v.unknown()),
});

/** The tags of a name, newest first. */
export type TagList = v.InferOutput<typeof tagListSchema>;

/** What a tag holds, by platform. The older tool wrote neither size nor digest nor executable. */
export type TagManifest = v.InferOutput<typeof tagManifestSchema>;

/** The files of one platform. */
export type Flavor = v.InferOutput<typeof flavorSchema>;

/** A file at `<os>/<architecture>/<path>` below its tag; the folder of a variant is part of the path. */
export type Resource = v.InferOutput<typeof resourceSchema>;

/** A file as the document of its tag names it. */
export interface NamedFile {
  /** Below the tag: `linux/arm/v7/bin/app`. */
  readonly path: string;
  /** In bytes; the older tool wrote neither this nor the digest. */
  readonly size: number | undefined;
  readonly digest: Digest | undefined;
}

/** All files that the document of a tag names. */
export function filesIn({ flavors }: TagManifest): NamedFile[] {
  return flavors.flatMap(({ platform, resources }) =>
    resources.map(({ path, size, digest }) => ({
      path: `${platform.os}/${platform.architecture}/${path}`,
      size,
      digest,
    })),
  );
}

/** The list of tags in these bytes. */
export function parseTagList(bytes: Uint8Array, where: string): TagList {
  return parse(tagListSchema, bytes, `${where}, where the list of tags belongs,`);
}

/** The document of a tag in these bytes. */
export function parseTagManifest(bytes: Uint8Array, where: string): TagManifest {
  return parse(tagManifestSchema, bytes, `${where}, where the manifest of a tag belongs,`);
}

/** The document of a tag. What is not ours in the published one stays, save what was said of other bytes. */
export function tagManifestOf(
  files: readonly ReleaseFile[],
  published: TagManifest | undefined,
): TagManifest {
  const groups = new Map<string, ReleaseFile[]>();
  for (const file of [...files].sort(compareFiles)) {
    const group = groups.get(platformText(file.platform));
    if (group) group.push(file);
    else groups.set(platformText(file.platform), [file]);
  }
  const flavors = [...groups.values()]
    .sort(([a], [b]) => (a && b ? comparePlatforms(a.platform, b.platform) : 0))
    .map((group) => flavorOf(group, published));
  return { ...published, flavors };
}

/** The bytes of a document: compact, keys in the order of those already served. */
export function formatJson(document: TagList | TagManifest): Buffer {
  return Buffer.from(JSON.stringify(document));
}

function flavorOf(files: readonly ReleaseFile[], published: TagManifest | undefined): Flavor {
  const [first] = files;
  if (!first) throw new Error('a platform without files');
  const { os, architecture, variant } = first.platform;
  const known = published?.flavors.find(
    ({ platform }) => platformText(platform) === platformText(first.platform),
  );
  const resources = new Map(known?.resources.map((resource) => [resource.path, resource]));
  return {
    ...known,
    resources: files.map((file) => resourceOf(file, resources.get(file.path))),
    platform: { ...known?.platform, architecture, os, ...(variant && { variant }) },
  };
}

function resourceOf(file: ReleaseFile, known: Resource | undefined): Resource {
  const { executable, ...kept } = known?.digest === file.digest ? known : { path: file.path };
  return {
    ...kept,
    path: file.path,
    size: file.size,
    digest: file.digest,
    ...(file.executable && { executable: true }),
  };
}

function platformText({ os, architecture, variant }: Flavor['platform'] | ReleaseFile['platform']): string {
  return `${os}/${architecture}/${variant ?? ''}`;
}

function parse<S extends v.GenericSchema>(schema: S, bytes: Uint8Array, where: string): v.InferOutput<S> {
  try {
    return parseJson(schema, bytes, where);
  } catch (cause) {
    throw new AlbaError('target', messageOf(cause), { cause });
  }
}
