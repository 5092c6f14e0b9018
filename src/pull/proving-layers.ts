import process from 'node:process';
import { feed } from '../concurrency/threads/feed.ts';
import { expectBytes } from '../concurrency/threads/in-thread.ts';
import type { Threads } from '../concurrency/threads/threads.ts';
import { type ImageWithManifest, leaf, type Node, type Open, openBytes } from '../content/content.ts';
import { readBeside } from '../content/read-beside.ts';
import { readDocument, sameBytes } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { storedLayersOf } from '../image/rootfs/stored-layers.ts';
import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import type { Digest } from '../oci/digest.ts';
import type { Progress } from '../progress/progress.ts';
import { inflatedDigest } from './inflated-digest.ts';
import { proveTask } from './prove-task.ts';
import { leastForThread } from './unpack-layers.ts';

/** How layers are held to their diffIDs while they are copied. */
export interface ProofOptions {
  /** In bytes: what one layer may inflate to. */
  readonly maxSize: number;
  readonly progress: Progress;
  /** Inflate what is large, where there are any. */
  readonly threads: Threads | undefined;
  /** Aborted: threads leave off. */
  readonly signal?: AbortSignal;
}

/**
 * Reads the configs of images, and gives what makes of a node one whose layers are inflated while they are read: one that is
 * not what the config of its image says is a source error in place of its end, as an engine would refuse it when it starts.
 * Two images that say different things of one layer are one at once.
 */
export async function provingLayers(
  images: readonly ImageWithManifest[],
  options: ProofOptions,
): Promise<(node: Node) => Node> {
  const opens = new Map<Digest, Open>();
  const diffIds = new Map<Digest, Digest>();
  for (const { config, layers } of await Promise.all(images.map(readLayers))) {
    if (config) opens.set(config.digest, openBytes(config.bytes));
    for (const layer of layers) {
      const { digest } = layer.descriptor ?? {};
      if (!digest) continue;
      const known = diffIds.get(digest) ?? layer.diffId;
      if (known !== layer.diffId) throw otherDiffId(layer, known);
      diffIds.set(digest, known);
      // Its digest is its diffID where it is not compressed.
      if (digest !== layer.diffId) opens.set(digest, openProving(layer, options));
    }
  }
  // An index may name a part in many ways.
  const made = new Map<readonly Node[], readonly Node[]>();
  const prove = (node: Node): Node => {
    const { descriptor, children } = node;
    const below = made.get(children) ?? children.map(prove);
    made.set(children, below);
    return { ...node, open: opens.get(descriptor.digest) ?? node.open, children: below };
  };
  return prove;
}

/** The layers of an image that can be read, and its config, which is not asked for again. */
async function readLayers(image: ImageWithManifest) {
  const [config, ...blobs] = image.manifest.children;
  if (!config) return { layers: [] };
  const bytes = await readDocument(config, `${image.origin}: config`);
  const children = [leaf({ ...config, open: openBytes(bytes) }), ...blobs];
  const { layers } = await storedLayersOf({ ...image, manifest: { ...image.manifest, children } });
  const encrypted = new Set(
    blobs.flatMap(({ descriptor }) => (descriptor.mediaType.endsWith('+encrypted') ? descriptor.digest : [])),
  );
  return {
    config: { digest: config.descriptor.digest, bytes },
    layers: layers.filter(({ descriptor }) => descriptor && !encrypted.has(descriptor.digest)),
  };
}

function openProving(layer: StoredLayer, options: ProofOptions): Open {
  return sameBytes(() => heldToDiffId(layer, layer.open, options), layer.open);
}

/** The bytes of a layer, which end in a source error unless they inflate to its diffID. */
export async function* heldToDiffId(
  layer: StoredLayer,
  stored: Open,
  { maxSize, progress, threads, signal }: ProofOptions,
): AsyncGenerator<Uint8Array, void, void> {
  const { origin, descriptor } = layer;
  const check = (found: Digest | undefined): void => {
    if (found === undefined) {
      progress.warn(
        `${origin} was not compared with its config: this Node ${process.versions.node} cannot read zstd, 22.15 can`,
      );
    } else if (found !== layer.diffId) throw otherDiffId(layer, found);
  };
  const size = descriptor?.size ?? 0;
  expectBytes(threads, size);
  if (threads?.isFree && size >= leastForThread) {
    check(yield* feed(threads, proveTask, { origin, maxSize }, stored, signal));
  } else {
    yield* readBeside(stored(), async (chunks) => check(await inflatedDigest(chunks, { origin, maxSize })));
  }
}

/** What is told of a layer that comes to another diffID. */
export function otherDiffId({ origin, diffId }: StoredLayer, found: Digest): AlbaError {
  return new AlbaError('source', `${origin} is damaged: its diffID is ${found}, expected ${diffId}`);
}
