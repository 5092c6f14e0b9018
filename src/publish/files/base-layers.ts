import { createHash } from 'node:crypto';
import pMap from 'p-map';
import type { Knowledge } from '../../cache/knowledge.ts';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import type { Image, Layer } from '../../content/content.ts';
import { readTar } from '../../content/tar/read-tar.ts';
import { readDocument } from '../../content/verify.ts';
import { AlbaError } from '../../errors.ts';
import { type BaseConfig, parseBaseConfig } from '../../image/files-config.ts';
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
  // Layers of Windows have neither links to follow nor owners to keep.
  const headers = await pMap(
    platform.os === 'windows' ? [] : diffIds,
    async (diffId, index) => {
      const layer = layers[index];
      const packed = knowledge.headersOf(diffId);
      const known = packed === undefined ? undefined : unpackHeaders(packed);
      if (known) return known;
      progress.debug(`the headers of layer ${diffId} of ${origin} are read`);
      const found: TreeEntry[] = [];
      const entries = layer
        ? readTar(heldTo(layer, origin), origin, { isProvenWhole: true, isBehindIgnored: true })
        : [];
      for await (const { name, type, linkname, mode, uid, gid } of entries) {
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

/** The tar of a layer; fails at its end where it is not what the config says it is. */
async function* heldTo({ diffId, open }: Layer, origin: string): AsyncGenerator<Buffer, void, void> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found === diffId) return;
  throw new AlbaError(
    'source',
    `${origin} is damaged: its config says ${diffId} of a layer that is ${found}`,
  );
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
