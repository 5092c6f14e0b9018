import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { decompressDetected } from '../../compression/decompress-detected.ts';
import { openLater } from '../../content/content.ts';
import { fileChunks } from '../../content/file-chunks.ts';
import { measure, openVerified } from '../../content/verify.ts';
import { AlbaError, Problems } from '../../errors.ts';
import type { StoredLayer } from '../../image/rootfs/take-apart.ts';
import { writeFile } from '../../image/rootfs/write-file.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { isDigest } from '../../oci/digest.ts';
import type { Manifest } from '../../oci/manifest.ts';
import type { RepositoryReader } from '../../repository/repository.ts';
import { type FetchOptions, unpackLayers, watched } from '../unpack-layers.ts';
import { filePathProblem, layerOfFiles } from './files-layer.ts';
import type { FileToFetch, OpenedFiles } from './files-release.ts';

const title = 'org.opencontainers.image.title';
/** What oras calls a layer that is a packed folder, and the digest of its tar. */
const unpack = 'io.deis.oras.content.unpack';
const content = 'io.deis.oras.content.digest';

/**
 * The files of one manifest: a layer with a title is a file of that name, or a packed folder, which is fetched and taken apart. A
 * folder that is all there is is the root. Throws a source error where no layer has a title, as of an image.
 */
export async function openArtifactFiles(
  repository: RepositoryReader,
  manifest: Manifest,
  origin: string,
  folder: string,
  options: FetchOptions,
): Promise<OpenedFiles> {
  const titled = titledLayers(manifest, origin);
  const packed = titled.filter(({ annotations }) => isPackedBy(annotations));
  const files = titled.filter((one) => !packed.includes(one)).map((one) => fileOf(repository, one, origin));
  const [plainFolder, packedFolder] = [join(folder, 'files'), join(folder, 'packed')];
  await mkdir(plainFolder);
  const plain = layerOfFiles(files, plainFolder, origin);
  await mkdir(packedFolder);
  const stored: StoredLayer[] = [];
  for (const one of packed) stored.push(await storedLayer(repository, one, origin, packedFolder, options));
  const layers = await unpackLayers(stored, packedFolder, options);
  const [only] = packed.length === 1 && files.length === 0 ? packed : [];
  const root = only?.annotations[title]?.replace(/\/+$/, '') ?? '';
  const isBelow = layers.every(({ entries }) => [...entries].every(({ name }) => isIn(name, root)));
  const rest = files.length > 0 ? { files, layer: plain, at: layers.length } : undefined;
  return { layers: rest ? [...layers, plain] : layers, root: isBelow ? root : '', rest };
}

/** Whether some of the layers of a manifest are packed folders. */
export function isPacked({ layers }: Manifest): boolean {
  return layers.some(({ annotations }) => annotations?.[title] !== undefined && isPackedBy(annotations));
}

function isPackedBy(annotations: Readonly<Record<string, string>>): boolean {
  return annotations[unpack] === 'true';
}

/** Has a title. */
type Titled = Descriptor & { readonly annotations: Readonly<Record<string, string>> };

function titledLayers({ layers }: Manifest, origin: string): Titled[] {
  const problems = new Problems();
  const titled = layers.flatMap((layer): Titled[] => {
    const { annotations = {} } = layer;
    const name = annotations[title];
    if (name === undefined) return [];
    const problem = filePathProblem(name.replace(/\/+$/, ''));
    if (problem) problems.add(`${origin}: the title ${JSON.stringify(name)} ${problem}`);
    return [{ ...layer, annotations }];
  });
  problems.throwIfAny('source');
  if (titled.length > 0) return titled;
  throw new AlbaError(
    'source',
    `${origin} holds no files: none of its layers has a title; if it is an image, alba container pull unpacks it`,
  );
}

function fileOf(repository: RepositoryReader, layer: Titled, origin: string): FileToFetch {
  const { digest, size, annotations } = layer;
  const path = annotations[title] ?? '';
  return {
    ...{ path, size, digest, executable: undefined },
    origin: `${origin}, ${path}`,
    open: openLater(() => repository.fetch(layer)),
  };
}

async function storedLayer(
  repository: RepositoryReader,
  layer: Titled,
  origin: string,
  folder: string,
  options: FetchOptions,
): Promise<StoredLayer> {
  const where = `${origin}, ${layer.annotations[title]}`;
  const open = openLater(() => repository.fetch(layer));
  const told = layer.annotations[content];
  const stored = { open, descriptor: layer, origin: where };
  if (told !== undefined && isDigest(told)) return { ...stored, diffId: told };
  // Nothing tells what it inflates to: it is held to its own digest, and read twice.
  const location = join(folder, `${layer.digest.replace(':', '-')}.tar`);
  const verified = openVerified(watched({ ...stored, diffId: layer.digest }, options).open, layer, where);
  await writeFile(location, buffers(verified()));
  const reopen = () => fileChunks(location);
  const { digest: diffId } = await measure(decompressDetected(reopen(), where));
  return { open: reopen, diffId, origin: where };
}

async function* buffers(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  for await (const chunk of chunks) yield Buffer.from(chunk.buffer, chunk.byteOffset, chunk.length);
}

function isIn(name: string, root: string): boolean {
  const plain = name.replace(/^\.?\/+/, '').replace(/\/+$/, '');
  return plain === '' || plain === root || plain.startsWith(`${root}/`);
}
