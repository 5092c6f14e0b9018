import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync, zstdDecompressSync } from 'node:zlib';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import type { Index, Manifest } from '../../src/oci/manifest.ts';
import type { Platform } from '../../src/oci/platform.ts';

/** A layer as it was published. */
export interface PublishedLayer {
  /** The digest of its bytes, which its descriptor has, too. */
  readonly digest: string;
  /** What it inflates to; undefined where that is damaged, as it may have been before. */
  readonly diffId: string | undefined;
}

/** An image as it was published. */
export interface PublishedImage {
  readonly platform: Platform;
  readonly layers: readonly PublishedLayer[];
}

/** The images in a layout that alba wrote; read by hands of our own, that share no mistake with alba's. */
export async function readPublishedLayout(folder: string): Promise<PublishedImage[]> {
  const root: Index = JSON.parse(await readFile(join(folder, 'index.json'), 'utf8'));
  const listed = await manifestsOf(folder, root);
  const images = listed.filter(({ platform }) => platform?.os !== 'unknown');
  await Promise.all(listed.filter((each) => !images.includes(each)).map((each) => readBlob(folder, each)));
  return Promise.all(images.map((descriptor) => readImage(folder, descriptor)));
}

/** Of an index, and of all that it nests. */
async function manifestsOf(folder: string, { manifests }: Index): Promise<Descriptor[]> {
  const found = manifests.map(async (descriptor) => {
    if (!/index|list/.test(descriptor.mediaType)) return [descriptor];
    return manifestsOf(folder, JSON.parse(`${await readBlob(folder, descriptor)}`));
  });
  return (await Promise.all(found)).flat();
}

async function readImage(folder: string, descriptor: Descriptor): Promise<PublishedImage> {
  const { config, layers }: Manifest = JSON.parse(`${await readBlob(folder, descriptor)}`);
  const { os, architecture }: Platform = JSON.parse(`${await readBlob(folder, config)}`);
  return {
    platform: { os, architecture },
    layers: await Promise.all(
      layers.map(async (layer) => {
        const bytes = await readBlob(folder, layer);
        return { digest: layer.digest, diffId: inflate(bytes) };
      }),
    ),
  };
}

/** By its first bytes, as runtimes do it: some media types say something else. */
function inflate(bytes: Buffer): string | undefined {
  try {
    if (bytes.readUInt16BE() === 0x1f8b) return sha256(gunzipSync(bytes));
    return sha256(bytes.readUInt32BE() === 0x28b52ffd ? zstdDecompressSync(bytes) : bytes);
  } catch {
    return undefined;
  }
}

async function readBlob(folder: string, { digest, size }: Descriptor): Promise<Buffer> {
  const bytes = await readFile(join(folder, 'blobs', ...digest.split(':')));
  if (sha256(bytes) !== digest || bytes.length !== size) throw new Error(`${digest} is not what it says`);
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
