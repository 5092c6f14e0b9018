import { createHash } from 'node:crypto';
import { decompressDetected } from '../compression/decompress-detected.ts';
import type { Image } from '../content/content.ts';
import { makeTemporaryFolder } from '../content/temporary-folder.ts';
import { openVerified } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { tarNames } from '../image/rootfs/name-rules.ts';
import { sizeBudget, spender } from '../image/rootfs/size-budget.ts';
import { treeTar } from '../image/rootfs/tree-tar.ts';
import { planImage, wantedLayers } from './plan-image.ts';
import { removeOrWarn } from './remove-tree.ts';
import type { KnownLayers, TreeRequest } from './tree-request.ts';
import { watched } from './unpack-layers.ts';
import { writeStream } from './write-stream.ts';

/** A tar to be written to a stream. */
export interface TarRequest extends TreeRequest {
  readonly output: NodeJS.WritableStream;
  /** Where layers lie until the tar is written. */
  readonly temporaryDirectory: string;
  readonly known: KnownLayers | undefined;
}

/** What was written. */
export interface PulledTar {
  readonly files?: number;
  /** In bytes: of the files. */
  readonly size?: number;
}

/** Writes the files of an image as a tar to a stream; of one layer its own tar, as it is. */
export async function pullTar(image: Image, request: TarRequest): Promise<PulledTar> {
  return request.layer !== undefined && request.paths.length === 0
    ? writeLayer(image, request)
    : writeWhole(image, request);
}

async function writeWhole(image: Image, request: TarRequest): Promise<PulledTar> {
  const { temporaryDirectory, output, progress, abort, known } = request;
  await using scratch = makeTemporaryFolder(temporaryDirectory);
  try {
    const stored = await wantedLayers(image, request);
    const { plan, layers } = await planImage(image, stored, scratch.path, tarNames, request, known?.find);
    abort.signal.throwIfAborted();
    await writeStream(treeTar(plan, layers), output);
    return { files: plan.files, size: plan.size };
  } finally {
    // Its folders may be such as nothing can be removed from before they are made writable.
    await removeOrWarn(scratch.path, progress);
  }
}

/** Its bytes leave before they are known to be right: at their end it fails where they are not. */
async function writeLayer(image: Image, request: TarRequest): Promise<PulledTar> {
  const [layer] = await wantedLayers(image, request);
  if (!layer) throw new Error('there is no layer to write');
  const { descriptor, diffId, origin } = layer;
  const { open } = watched(layer, request);
  const stored = descriptor ? openVerified(open, descriptor, origin) : open;
  const budget = spender(sizeBudget(request.maxSize), origin);
  const inflated = async function* (): AsyncGenerator<Uint8Array, void, void> {
    const hash = createHash('sha256');
    for await (const chunk of decompressDetected(stored(), origin)) {
      budget.content(chunk.length);
      hash.update(chunk);
      yield chunk;
    }
    const found = `sha256:${hash.digest('hex')}`;
    if (found !== diffId) {
      throw new AlbaError('source', `${origin} is damaged: its diffID is ${found}, expected ${diffId}`);
    }
  };
  await writeStream(inflated(), request.output);
  return {};
}
