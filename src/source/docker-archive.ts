import * as v from 'valibot';
import { decompress } from '../compression/decompress.ts';
import { isUnsupported } from '../compression/unsupported.ts';
import { type ImageWithoutManifest, type Layer, openBytes } from '../content/content.ts';
import { assertSame, measure } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { completePlatform } from '../oci/complete-platform.ts';
import { type Digest, digestOf } from '../oci/digest.ts';
import { parseConfig, parseJson } from '../oci/manifest.ts';
import { mediaTypes } from '../oci/media-type.ts';
import type { Platform } from '../oci/platform.ts';
import { formatCount } from '../progress/format.ts';
import { type Member, type Members, readMember } from './members.ts';
import { platformInName } from './platform-name.ts';

/** The list at the root of a docker archive (moby, image/tarexport): an entry an image. */
export const manifestName = 'manifest.json';

/** More than there are platforms; each is read by itself. */
const mostImages = 128;

const manifestSchema = v.pipe(
  v.array(
    v.looseObject({
      Config: v.string(),
      RepoTags: v.nullish(v.array(v.string()), []),
      Layers: v.nullish(v.array(v.string()), []),
    }),
  ),
  v.nonEmpty('it lists no image: save one by its name (docker save -o app.tar name:tag)'),
  v.maxLength(mostImages, `it lists more than ${mostImages} images`),
);

type Entry = v.InferOutput<typeof manifestSchema>[number];

/** The end of a sentence about a config that says too little. */
export const noPlatform =
  'it lacks an "os" or an "architecture"; name the file after its platform, such as linux.arm64.tar';

/** Layers that several images share are verified once. */
type KnownLayers = Map<Member, Layer>;

/** The images of a docker archive; every config and layer is verified. One image under two tags is one. */
export async function readDockerArchive(archive: Members): Promise<ImageWithoutManifest[]> {
  const images = new Map<Digest, ImageWithoutManifest>();
  const layers: KnownLayers = new Map();
  for (const entry of await readEntries(archive)) {
    const image = await readImage(archive, entry, layers);
    images.set(image.config.descriptor.digest, image);
  }
  return [...images.values()];
}

/** An image as the list of a docker archive names it: the digests of the files, undefined for one that is not there. */
export interface ListedImage {
  readonly config: Digest | undefined;
  readonly layers: readonly (Digest | undefined)[];
}

/** What a docker archive lists, unverified. */
export async function readListedImages(archive: Members): Promise<ListedImage[]> {
  const digestOfFile = async (name: string): Promise<Digest | undefined> =>
    (await archive.find(name))?.digest();
  const entries = await readEntries(archive);
  return Promise.all(
    entries.map(async ({ Config, Layers }) => ({
      config: await digestOfFile(Config),
      layers: await Promise.all(Layers.map(digestOfFile)),
    })),
  );
}

async function readEntries(archive: Members): Promise<Entry[]> {
  const manifest = await required(archive, manifestName);
  return parseJson(manifestSchema, await readMember(manifest), manifest.origin);
}

async function readImage(archive: Members, entry: Entry, known: KnownLayers): Promise<ImageWithoutManifest> {
  const member = await required(archive, entry.Config);
  const bytes = await readMember(member);
  const descriptor = { mediaType: mediaTypes.oci.config, digest: digestOf(bytes), size: bytes.length };
  const named = digestInName(entry.Config);
  if (named) assertSame({ ...descriptor, digest: named }, descriptor, member.origin);
  const { platform, diffIds } = parseConfig(bytes, member.origin);
  const [name] = entry.RepoTags;
  return {
    kind: 'without-manifest',
    origin: archive.origin,
    ...(name && { name }),
    platform: requirePlatform(platform, archive.origin, member.origin),
    config: { descriptor, open: openBytes(bytes) },
    layers: await readLayers(archive, entry, diffIds, known),
  };
}

/** Of a config, which the name of the archive completes if it leaves out what nobody can do without. */
function requirePlatform(told: Partial<Platform>, path: string, origin: string): Platform {
  const named = told.os && told.architecture ? undefined : platformInName(path);
  const sources = [
    { platform: told, by: 'its config' },
    ...(named ? [{ platform: named, by: 'its name' }] : []),
  ];
  const platform = completePlatform(sources, path, 'the image');
  if (platform) return platform;
  throw new AlbaError('source', `${origin} names no platform: ${noPlatform}`);
}

async function readLayers(
  archive: Members,
  { Config, Layers }: Entry,
  diffIds: readonly Digest[],
  known: KnownLayers,
): Promise<Layer[]> {
  if (Layers.length !== diffIds.length) {
    throw new AlbaError(
      'source',
      `${archive.origin} lists ${formatCount(Layers.length, 'layer')}, its config ${Config} ${diffIds.length}: build or save it again`,
    );
  }
  const layers: Layer[] = [];
  for (const [index, diffId] of diffIds.entries()) {
    const member = await required(archive, Layers[index] ?? '');
    const layer = known.get(member) ?? (await readLayer(member, diffId));
    if (layer.diffId !== diffId) throw mismatch(member.origin, layer.diffId, diffId);
    known.set(member, layer);
    layers.push(layer);
  }
  return layers;
}

async function readLayer(member: Member, diffId: Digest): Promise<Layer> {
  const digest = await member.digest();
  const { size, open, compression = 'none', unsupported, origin, gzipped, extent } = member;
  const { gzip } = mediaTypes.oci.layer;
  if (digest === diffId) {
    const descriptor = gzipped && { mediaType: gzip, digest: gzipped.digest, size: gzipped.size };
    const layer = { diffId, size, open, ...(extent && { extent }) };
    return { ...layer, ...(descriptor && { ready: { ...gzipped, descriptor } }) };
  }
  if (unsupported) throw new AlbaError('source', `layer ${origin} ${isUnsupported(unsupported)}`);
  if (compression === 'none') throw mismatch(origin, digest, diffId);
  const openInflated = () => decompress(open(), compression, origin);
  const inflated = await measure(openInflated());
  if (inflated.digest !== diffId) throw mismatch(origin, inflated.digest, diffId);
  const mediaType = mediaTypes.oci.layer[compression];
  return {
    diffId,
    size: inflated.size,
    open: openInflated,
    compressed: { descriptor: { mediaType, digest, size }, open },
  };
}

function mismatch(origin: string, found: Digest, diffId: Digest): AlbaError {
  return new AlbaError(
    'source',
    `layer ${origin} is damaged: its diffID is ${found}, its config says ${diffId}; build or save it again`,
  );
}

/** Tools name a config after its digest: `<hex>.json`, `blobs/sha256/<hex>`. */
function digestInName(name: string): Digest | undefined {
  const hex = /(?:^|[/:])([0-9a-f]{64})(?:\.json)?$/.exec(name)?.[1];
  return hex ? `sha256:${hex}` : undefined;
}

async function required(archive: Members, name: string): Promise<Member> {
  const member = await archive.find(name);
  if (member) return member;
  throw new AlbaError(
    'source',
    `${archive.origin} is incomplete: ${name} is not in it; build or save it again`,
  );
}
