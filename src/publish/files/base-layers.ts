import pMap from 'p-map';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import type { Image, Layer } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { type BaseConfig, parseBaseConfig } from '../../image/files-config.ts';
import { ImageTree } from '../../image/rootfs/image-tree.ts';
import type { Digest } from '../../oci/digest.ts';
import { parseConfig } from '../../oci/manifest.ts';
import type { Platform } from '../../oci/platform.ts';
import type { BaseHeaders } from './base-headers.ts';

/** What an image gives to one that is built on it. */
export interface BaseImage {
  readonly config: BaseConfig;
  readonly platform: Platform;
  /** They stay as they are. */
  readonly layers: readonly Layer[];
  /** Of the manifest, if it came with one. */
  readonly digest?: Digest;
  /** The names in it, as far as a layer above has to know of them. */
  readonly tree: ImageTree;
}

/** Layers whose headers are read at once. */
const concurrency = 4;

/** Reads what is to be known of a base: its config, and by `headers` what its layers have. */
export async function readBaseImage(image: Image, headers: BaseHeaders): Promise<BaseImage> {
  const { origin, platform } = image;
  const config = image.kind === 'with-manifest' ? image.manifest.children[0] : image.config;
  if (!config) throw new AlbaError('source', `${origin} has no config`);
  const where = `${origin}: config`;
  const bytes = await readDocument(config, where);
  const { diffIds } = parseConfig(bytes, where);
  const layers = image.kind === 'without-manifest' ? image.layers : keptLayers(image, diffIds);
  // Layers of Windows have neither links to follow nor owners to keep.
  const found = await pMap(platform.os === 'windows' ? [] : layers, (layer) => headers.of(layer, origin), {
    concurrency,
  });
  const tree = new ImageTree(origin);
  for (const [layer, entries] of found.entries()) {
    for (const [entry, header] of entries.entries()) tree.apply(header, { layer, entry });
  }
  const digest = image.kind === 'with-manifest' ? image.manifest.descriptor.digest : undefined;
  return { config: parseBaseConfig(bytes, where), platform, layers, ...(digest && { digest }), tree };
}

function keptLayers(
  { manifest, origin }: Extract<Image, { kind: 'with-manifest' }>,
  diffIds: readonly Digest[],
): Layer[] {
  const [, ...blobs] = manifest.children;
  if (blobs.length !== diffIds.length) {
    throw new AlbaError(
      'source',
      `${origin} has layers that are only named by a URL: it cannot be a base; choose another`,
    );
  }
  return blobs.flatMap((blob, index): Layer[] => {
    const diffId = diffIds[index];
    if (!diffId) return [];
    const { descriptor, open, heldBy } = blob;
    const compressed = { descriptor, open, ...(heldBy && { heldBy }) };
    const inflated = () => decompressDetected(open(), `${origin}, layer ${descriptor.digest}`);
    return [{ diffId, size: descriptor.size, open: inflated, compressed, isKept: true }];
  });
}
