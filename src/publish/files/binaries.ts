import { stat } from 'node:fs/promises';
import { type ImageWithoutManifest, type Layer, openBytes } from '../../content/content.ts';
import { readSteady, steadyFile } from '../../content/steady-file.ts';
import type { NewEntry } from '../../content/tar/write-tar.ts';
import { AlbaError } from '../../errors.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { digestOf } from '../../oci/digest.ts';
import { maxManifestSize } from '../../oci/manifest.ts';
import { spellPlatform } from '../../oci/platform.ts';
import { formatBytes, formatCount } from '../../progress/format.ts';
import type { ReleaseFile } from '../../source/tree/file.ts';
import type { LocalArtifact } from '../artifact.ts';
import { type MeasureLayerOptions, measureLayer } from './files-image.ts';

/** How files by platform become manifests of an artifact. */
export interface BinariesRecipe {
  /** Whether each platform has one layer, a tar of all its files, or each file is a layer. */
  readonly as: 'packed' | 'files';
  /** Of each manifest. */
  readonly artifactType: string;
  /** Of each layer; undefined: that of a compressed tar, or of bytes of no known kind. */
  readonly mediaType: string | undefined;
  /** The folder that a packed layer is unpacked into. */
  readonly folder: string;
}

/** The config of what is no image (image-spec 1.1, manifest.md, "Guidance for an Empty Descriptor"). */
const nothing = Buffer.from('{}');
const config = {
  descriptor: {
    mediaType: 'application/vnd.oci.empty.v1+json',
    digest: digestOf(nothing),
    size: nothing.length,
  },
  open: openBytes(nothing),
};

const title = 'org.opencontainers.image.title';

/** One manifest a platform, in the form that oras takes. Throws a source error where a title would be there twice. */
export async function packBinaries(
  files: readonly ReleaseFile[],
  recipe: BinariesRecipe,
  options: MeasureLayerOptions,
): Promise<LocalArtifact> {
  const platforms = new Map<string, ReleaseFile[]>();
  for (const file of files) {
    const name = spellPlatform(file.platform);
    const own = platforms.get(name) ?? [];
    own.push(file);
    platforms.set(name, own);
  }
  const images: ImageWithoutManifest[] = [];
  for (const own of platforms.values()) {
    const [first] = own;
    if (!first) continue;
    const { platform, origin } = first;
    assertTitles(own);
    const layers =
      recipe.as === 'files' ? await titledLayers(own, recipe) : [await packedLayer(own, recipe, options)];
    images.push({
      kind: 'without-manifest',
      origin,
      platform,
      config,
      layers,
      artifactType: recipe.artifactType,
    });
  }
  return { kind: 'local', images, why: 'files' };
}

async function packedLayer(
  files: readonly ReleaseFile[],
  { folder, mediaType }: BinariesRecipe,
  options: MeasureLayerOptions,
): Promise<Layer> {
  const owned = { uid: 0, gid: 0 } as const;
  const entries: NewEntry[] = [];
  const folders = new Set<string>();
  for (const file of files) {
    const name = `${folder}/${titleOf(file)}`;
    for (const parent of parentsOf(name).filter((one) => !folders.has(one))) {
      folders.add(parent);
      entries.push({ ...owned, kind: 'folder', name: parent, mode: 0o755 });
    }
    const mode = file.executable ? 0o755 : 0o644;
    entries.push({ ...owned, kind: 'file', name, content: await steadyOf(file), modeOf: () => mode });
  }
  const layer = await measureLayer(entries, options);
  const annotations = {
    'io.deis.oras.content.digest': layer.diffId,
    'io.deis.oras.content.unpack': 'true',
    [title]: folder,
  };
  return { ...layer, named: { ...(mediaType && { mediaType }), annotations } };
}

async function titledLayers(files: readonly ReleaseFile[], { mediaType }: BinariesRecipe): Promise<Layer[]> {
  const layers = await Promise.all(
    files.map(async (file) => {
      const { size, digest } = file;
      const steady = await steadyOf(file);
      const open = () => readSteady(steady);
      const named = {
        mediaType: mediaType ?? 'application/octet-stream',
        annotations: { [title]: titleOf(file) },
      };
      const descriptor = { mediaType: named.mediaType, digest, size };
      return { diffId: digest, size, open, compressed: { descriptor, open }, isKept: true, named } as const;
    }),
  );
  assertListable(
    layers.map(({ compressed, named }) => ({ ...compressed.descriptor, ...named })),
    files,
  );
  return layers;
}

/** A manifest that no registry has to take is known before any of its files is sent. */
function assertListable(
  descriptors: readonly Descriptor[],
  [first, ...others]: readonly ReleaseFile[],
): void {
  const size = Buffer.byteLength(JSON.stringify(descriptors));
  if (!first || size <= maxManifestSize) return;
  throw new AlbaError(
    'source',
    `${spellPlatform(first.platform)} has ${formatCount(others.length + 1, 'file')}, and a manifest that names each of them would have ${formatBytes(size)}, more than the ${formatBytes(maxManifestSize)} that registries take: leave them packed (give "as" artifact), or publish fewer`,
  );
}

async function steadyOf({ location, origin, size }: ReleaseFile) {
  const found = steadyFile(location, origin, await stat(location));
  if (found.size === size) return found;
  throw new AlbaError(
    'source',
    `${origin} changed while it was read: it had ${size} bytes, and has ${found.size}`,
  );
}

/** The folder of a variant is one of ours. */
function titleOf({ platform: { variant }, path }: ReleaseFile): string {
  return variant !== undefined && path.startsWith(`${variant}/`) ? path.slice(variant.length + 1) : path;
}

/** Clients refuse to write a file twice, and one outside of where they are. */
function assertTitles(files: readonly ReleaseFile[]): void {
  const seen = new Map<string, ReleaseFile>();
  for (const file of files) {
    const name = titleOf(file);
    const other = seen.get(name);
    if (other)
      throw new AlbaError('source', `${other.origin} and ${file.origin} are both ${name}: leave one out`);
    if (name.split('/').includes('..'))
      throw new AlbaError('source', `${file.origin} leads out of its platform`);
    seen.set(name, file);
  }
}

/** From the outermost one to the innermost. */
function parentsOf(name: string): string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, depth) => parts.slice(0, depth + 1).join('/'));
}
