import path from 'node:path';
import type { Image } from '../content/content.ts';
import type { Problems } from '../errors.ts';
import { layersOf, type ReadableLayer } from '../image/rootfs/image-layers.ts';
import type { EntryPlace } from '../image/rootfs/image-node.ts';
import { ImageTree } from '../image/rootfs/image-tree.ts';
import { writeFile } from '../image/rootfs/write-file.ts';
import { type Platform, spellPlatform, variants } from '../oci/platform.ts';
import { architectureProblem, type FoundFile, osProblem, type ReleasePlatform } from '../source/tree/file.ts';
import { findInImage, type ImagePath } from './image-files.ts';

/** Variants that a platform without one stands for; 32-bit arm is left out, since builds differ in what they mean. */
const plainVariant: Readonly<Record<string, string>> = { amd64: 'v1', arm64: 'v8' };

/**
 * The files below a path of each image, a folder or one file, as files of its platform. Their bytes are
 * written to `folder`, since an archive can only be read from its start. Of images of one index with one config, which are one
 * image in several compressions, the first is read.
 */
export async function extractFiles(
  images: readonly Image[],
  wanted: string,
  folder: string,
  problems: Problems,
): Promise<FoundFile[]> {
  const files: FoundFile[] = [];
  const seen = new Set<string>();
  for (const [index, image] of images.entries()) {
    const content = contentOf(image);
    if (content && seen.has(content)) continue;
    if (content) seen.add(content);
    const platform = releasePlatformOf(image, problems);
    if (!platform) continue;
    const layers = layersOf(image);
    const found = findInImage(await readTree(layers, image.origin), wanted, image.origin, problems);
    const locate = ({ layer, entry }: EntryPlace): string => path.join(folder, `${index}-${layer}-${entry}`);
    await spool(layers, found, locate);
    for (const { below, source, place, executable } of found) {
      files.push({
        platform,
        path: platform.variant ? `${platform.variant}/${below}` : below,
        origin: `${image.origin}:${source}`,
        location: locate(place),
        executable,
      });
    }
  }
  return files;
}

/** The same for images of one index that have the same files. */
function contentOf(image: Image): string | undefined {
  if (image.kind === 'without-manifest' || !image.within) return undefined;
  const [config] = image.manifest.children;
  return config && `${image.within} ${config.descriptor.digest} ${spellPlatform(image.platform)}`;
}

function releasePlatformOf({ platform, origin }: Image, problems: Problems): ReleasePlatform | undefined {
  const { os, architecture, variant } = platform;
  const problem = osProblem(os) ?? architectureProblem(architecture) ?? variantProblem(platform);
  if (problem) {
    problems.add(`${origin}: ${problem}`);
    return undefined;
  }
  const isPlain = variant === undefined || plainVariant[architecture] === variant;
  return { os, architecture, ...(!isPlain && { variant }) };
}

function variantProblem({ architecture, variant }: Platform): string | undefined {
  if (variant === undefined || variants.get(architecture)?.includes(variant)) return undefined;
  const known = variants.get(architecture)?.join(', ') ?? 'none';
  return `"${variant}" is not a variant of ${architecture}; known: ${known}`;
}

async function readTree(layers: readonly ReadableLayer[], origin: string): Promise<ImageTree> {
  const tree = new ImageTree(origin);
  for (const [layer, readable] of layers.entries()) {
    let entry = 0;
    for await (const header of readable.entries()) {
      tree.apply(header, { layer, entry });
      entry += 1;
    }
  }
  return tree;
}

/** Reads the layers that have wanted files once more, and writes those to disk. */
async function spool(
  layers: readonly ReadableLayer[],
  wanted: readonly ImagePath[],
  locate: (place: EntryPlace) => string,
): Promise<void> {
  const locations = new Set(wanted.map(({ place }) => locate(place)));
  for (const [layer, { entries }] of layers.entries()) {
    if (!wanted.some(({ place }) => place.layer === layer)) continue;
    let entry = 0;
    for await (const { body } of entries()) {
      const location = locate({ layer, entry });
      if (locations.has(location)) await writeFile(location, body);
      entry += 1;
    }
  }
}
