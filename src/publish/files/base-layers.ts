import pMap from 'p-map';
import type { Knowledge } from '../../cache/knowledge.ts';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import type { Image, Layer } from '../../content/content.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { type BaseConfig, parseBaseConfig } from '../../image/files-config.ts';
import { layersOf } from '../../image/rootfs/image-layers.ts';
import { ImageTree, type TreeEntry } from '../../image/rootfs/image-tree.ts';
import { isWorthKnowing, packHeaders, unpackHeaders } from '../../image/rootfs/layer-headers.ts';
import type { Digest } from '../../oci/digest.ts';
import { parseConfig } from '../../oci/manifest.ts';
import type { Platform } from '../../oci/platform.ts';
import type { Progress } from '../../progress/progress.ts';

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

/**
 * Reads what is to be known of a base: its config, and the tar headers of its layers, each layer once in all runs that share
 * `knowledge`.
 */
export async function readBaseImage(
  image: Image,
  knowledge: Knowledge,
  progress: Progress,
): Promise<BaseImage> {
  const { origin, platform } = image;
  const config = image.kind === 'with-manifest' ? image.manifest.children[0] : image.config;
  if (!config) throw new AlbaError('source', `${origin} has no config`);
  const where = `${origin}: config`;
  const bytes = await readDocument(config, where);
  const { diffIds } = parseConfig(bytes, where);
  const layers = image.kind === 'without-manifest' ? image.layers : keptLayers(image, diffIds);
  const readable = layersOf(image);
  // Layers of Windows have neither links to follow nor owners to keep.
  const headers = await pMap(
    platform.os === 'windows' ? [] : diffIds,
    async (diffId, index) => {
      const packed = knowledge.headersOf(diffId);
      const known = packed === undefined ? undefined : unpackHeaders(packed);
      if (known) return known;
      progress.debug(`the headers of layer ${diffId} of ${origin} are read`);
      const found: TreeEntry[] = [];
      for await (const { name, type, linkname, mode, uid, gid } of readable[index]?.entries() ?? []) {
        const entry = { name, type, ...(linkname && { linkname }), mode, uid, gid };
        if (isWorthKnowing(entry)) found.push(entry);
      }
      knowledge.learnHeaders(diffId, packHeaders(found));
      return found;
    },
    { concurrency },
  );
  const tree = new ImageTree(origin);
  for (const [layer, entries] of headers.entries()) {
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
    throw new AlbaError('source', `${origin} has layers that are only named by a URL: it cannot be a base`);
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
