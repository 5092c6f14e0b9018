import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import pLimit from 'p-limit';
import { decompress } from '../compression/decompress.ts';
import { detectCompression } from '../compression/detect.ts';
import { signatureSize } from '../compression/unsupported.ts';
import { allOrAbort } from '../concurrency/all-or-abort.ts';
import { type Image, openBytes } from '../content/content.ts';
import { Spool } from '../content/spool.ts';
import type { FileToPack } from '../content/tar/pack-files.ts';
import { TarFile } from '../content/tar/tar-file.ts';
import { openVerified, readDocument } from '../content/verify.ts';
import { AlbaError } from '../errors.ts';
import { diskFailure } from '../image/rootfs/disk-failure.ts';
import { tooLarge } from '../image/rootfs/size-budget.ts';
import { storedLayersOf } from '../image/rootfs/stored-layers.ts';
import type { StoredLayer } from '../image/rootfs/take-apart.ts';
import { type Digest, hexOf } from '../oci/digest.ts';
import { openTemporary } from '../storage/atomic-write.ts';
import { heldToDiffId, otherDiffId } from './proving-layers.ts';
import { type FetchOptions, watched } from './unpack-layers.ts';

/** What an archive for docker load is made of, and how. */
export interface DockerArchiveRequest extends FetchOptions {
  readonly image: Image;
  /** `app:1.0`; without one the image is found by its ID. */
  readonly name: string | undefined;
  /** Where layers wait whose compression old readers do not know. */
  readonly temporaryDirectory: string;
}

/**
 * Writes an archive that docker load and podman load read (moby, image/tarexport; containers/image, docker-archive): gzip stays
 * as it is, other compression is undone. It takes the place of `path` when all of it is there and verified; the same image and
 * name give the same bytes.
 */
export async function writeDockerArchive(path: string, request: DockerArchiveRequest): Promise<void> {
  const folder = dirname(path);
  try {
    const temporary = await openTemporary(folder, folder);
    try {
      await writeImage(new TarFile(temporary.file), request);
      await temporary.file.close();
      await rename(temporary.path, path);
    } finally {
      await temporary.file.close().catch(() => {});
      await rm(temporary.path, { force: true });
    }
  } catch (cause) {
    throw diskFailure(`write ${path}`, cause);
  }
}

async function writeImage(tar: TarFile, request: DockerArchiveRequest): Promise<void> {
  const { image, name, progress } = request;
  const config = image.kind === 'with-manifest' ? image.manifest.children[0] : image.config;
  if (!config) throw new AlbaError('source', `${image.origin} has no config`);
  const { layers, warnings } = await storedLayersOf(image);
  for (const warning of warnings) progress.warn(warning);
  const configName = `${hexOf(config.descriptor.digest)}.json`;
  const bytes = await readDocument(config, `${image.origin}: config`);
  await tar.add({ name: configName, size: bytes.length, open: openBytes(bytes) });
  const unique = [...new Map(layers.map((layer) => [layer.diffId, layer])).values()];
  const names = await writeLayers(tar, unique, request);
  const list = [
    {
      Config: configName,
      RepoTags: name === undefined ? null : [name],
      Layers: layers.map(({ diffId }) => names.get(diffId)),
    },
  ];
  const document = Buffer.from(`${JSON.stringify(list)}\n`);
  await tar.add({ name: 'manifest.json', size: document.length, open: openBytes(document) });
  await tar.end();
}

/** Layers are fetched several at once, and lie in their order; gives their names. */
async function writeLayers(
  tar: TarFile,
  layers: readonly StoredLayer[],
  request: DockerArchiveRequest,
): Promise<ReadonlyMap<Digest, string>> {
  const { concurrency, abort } = request;
  const limit = pLimit(concurrency);
  const names = new Map<Digest, string>();
  let last = Promise.resolve();
  const write = (layer: StoredLayer): Promise<void> => {
    const before = last;
    let giveTurn = (): void => {};
    last = new Promise((resolve) => {
      giveTurn = resolve;
    });
    const add = async (file: FileToPack): Promise<void> => {
      names.set(layer.diffId, file.name);
      await before;
      const written = tar.add(file);
      giveTurn();
      await written;
    };
    return limit(() => writeLayer(layer, add, request).finally(giveTurn));
  };
  await allOrAbort(layers.map(write), abort);
  return names;
}

/** The tar of a layer as it is stored, where that is gzip or plain, else what it inflates to, which has to be there before its size is known. */
async function writeLayer(
  layer: StoredLayer,
  add: (file: FileToPack) => Promise<void>,
  request: DockerArchiveRequest,
): Promise<void> {
  const { descriptor, open } = watched(layer, request);
  const { diffId, origin } = layer;
  const stored = descriptor ? openVerified(open, descriptor, origin) : open;
  const { beginning, all } = await peek(stored());
  const compression = detectCompression(beginning);
  if (descriptor && compression !== 'zstd') {
    const isPlain = compression === 'none';
    const name = isPlain ? `${hexOf(diffId)}.tar` : `${hexOf(descriptor.digest)}.tar.gz`;
    const proof = { ...request, signal: request.abort.signal };
    await add({ name, size: descriptor.size, open: () => heldToDiffId(layer, () => all, proof) });
    return;
  }
  await using spool = await Spool.create(request.temporaryDirectory);
  const inflated = limited(decompress(all, compression, origin), request.maxSize, origin);
  const spooled = await spool.write(inflated, request.abort.signal);
  if (spooled.digest !== diffId) throw otherDiffId(layer, spooled.digest);
  await add({ name: `${hexOf(diffId)}.tar`, size: spooled.size, open: spooled.open });
}

async function* limited(
  chunks: AsyncIterable<Uint8Array>,
  most: number,
  origin: string,
): AsyncGenerator<Uint8Array, void, void> {
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > most) throw tooLarge(origin, most);
    yield chunk;
  }
}

/** The first bytes of a source, and all of them. */
async function peek(source: AsyncIterable<Uint8Array>) {
  const chunks = source[Symbol.asyncIterator]();
  const head: Uint8Array[] = [];
  for (let size = 0; size < signatureSize; ) {
    const { done, value } = await chunks.next();
    if (done) break;
    size += value.length;
    head.push(Buffer.from(value));
  }
  const all = async function* (): AsyncGenerator<Uint8Array, void, void> {
    try {
      yield* head;
      yield* { [Symbol.asyncIterator]: () => chunks };
    } finally {
      await chunks.return?.();
    }
  };
  return { beginning: Buffer.concat(head), all: all() };
}
