import { createHash } from 'node:crypto';
import { type CompressionSettings, compress, settingsOf } from '../compression/compress.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { type Blob, gone, type Layer } from '../content/content.ts';
import { counter } from '../content/count.ts';
import { changedFailure } from '../content/file-chunks.ts';
import type { Spool } from '../content/spool.ts';
import { AlbaError } from '../errors.ts';
import type { Annotation } from '../image/annotate.ts';
import type { Sbom } from '../image/sbom.ts';
import type { Descriptor } from '../oci/descriptor.ts';
import { compressionOf, type Format, isPulled, mediaTypes } from '../oci/media-type.ts';
import type { Progress } from '../progress/progress.ts';

/** What a release comes to besides its images: the same images and the same recipe have the same digest. */
export interface Recipe extends CompressionSettings {
  /** Media types of the index and of manifests that are ours to write. */
  readonly format: Format;
  /** For the index and for manifests that are ours to write; the last one wins. */
  readonly annotations: readonly Annotation[];
  /** What images are made of; the attestations that hold it are ours. */
  readonly sboms?: readonly Sbom[];
  /** Of the index, where it is one of artifacts that are no images. */
  readonly artifactType?: string;
  /** Whether a manifest that is all there is stays without an index. */
  readonly keepsManifest?: true;
}

/** What the making of layers takes. */
export interface PrepareLayerOptions {
  readonly recipe: Recipe;
  /** How many layers, and pieces of each, are compressed at once. */
  readonly parallelism: number;
  /** They compress; undefined: this thread does. */
  readonly threads: Threads | undefined;
  /** Where they wait until they are sent. */
  readonly spool: Spool;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

/** Sends what is being made, if that is possible: then it need not wait. */
export type Receive = (
  source: () => AsyncIterable<Uint8Array>,
  mediaType: string,
) => Promise<Descriptor | undefined>;

/** In bytes: what is smaller may well be there already, which only its digest tells. */
const leastReceived = 8 * 1024 * 1024;

/**
 * A layer of this kind under the media type of a format; other fields of the descriptor are its old place's. Throws where
 * no client would pull that.
 */
export function asLayer(blob: Blob, format: Format): Blob {
  const { mediaType, digest, size } = blob.descriptor;
  const compression = compressionOf(mediaType);
  if (!isPulled(format, compression)) {
    const remedy = 'give format oci, or an image whose layers are not';
    throw new AlbaError(
      'source',
      `layer ${digest} is compressed with ${compression}, which no client pulls in format ${format}: ${remedy}`,
    );
  }
  return { ...blob, descriptor: { mediaType: mediaTypes[format].layer[compression], digest, size } };
}

/**
 * The layer as it lay there, where it was compressed already. That is kept, unless another compression than the
 * usual one is asked for, and that of a base always.
 */
export function asFound({ compressed, isKept }: Layer, { format, compression }: Recipe): Blob | undefined {
  if (!compressed) return undefined;
  const isWanted =
    isKept || compression === 'gzip' || compression === compressionOf(compressed.descriptor.mediaType);
  return isWanted ? asLayer(compressed, format) : undefined;
}

/** The layer as it was compressed while it was read, if that was done as it is asked for. */
export function asMade({ ready }: Layer, { format, compression }: Recipe): Blob | undefined {
  const isWanted = ready && compression === compressionOf(ready.descriptor.mediaType);
  return isWanted ? asLayer(ready, format) : undefined;
}

/**
 * A layer becomes a blob: out of the compression of its archive where that can be reused, else compressed, and sent
 * meanwhile or spooled. It is checked on the way: a stream by its diffID, an extent by its checksum. `origin` is the
 * artifact, for messages.
 */
export async function prepareLayer(
  layer: Layer,
  origin: string,
  { recipe, parallelism, threads, spool, progress, signal }: PrepareLayerOptions,
  receive?: Receive,
): Promise<Blob> {
  const { format, compression, compressionLevel } = recipe;
  const { diffId, size, open, extent } = layer;
  const made = asMade(layer, recipe);
  if (made) {
    progress.debug(`layer ${diffId}: as it was compressed when ${origin} was read`);
    return made;
  }
  const mediaType = mediaTypes[format].layer[compression];
  if (compression === 'none') return { descriptor: { mediaType, digest: diffId, size }, open };
  progress.debug(`layer ${diffId}: ${settingsOf(recipe)}`);
  progress.expect(size);
  const begin = counter(progress.advance);
  const compressed = (): AsyncIterable<Uint8Array> => {
    const count = begin();
    const onBlock = (block: { readonly length: number }): void => {
      signal.throwIfAborted();
      count(block);
    };
    const settings = { compressionLevel, parallelism, threads, onBlock };
    return compress(extent ?? verified(layer, origin), compression, settings);
  };
  const received = size < leastReceived ? undefined : await receive?.(compressed, mediaType);
  if (received) return { descriptor: received, open: gone(received) };
  const spooled = await spool.write(compressed(), signal);
  return { descriptor: { mediaType, digest: spooled.digest, size: spooled.size }, open: spooled.open };
}

async function* verified({ diffId, open }: Layer, origin: string): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  for await (const chunk of open()) {
    hash.update(chunk);
    yield chunk;
  }
  const found = `sha256:${hash.digest('hex')}`;
  if (found !== diffId) throw changedFailure(origin, `its layer ${diffId} is now ${found}`);
}
