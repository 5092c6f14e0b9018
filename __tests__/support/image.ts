import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { type Digest, digestOf, hexOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { formatPlatform, type Platform } from '../../src/oci/platform.ts';

export interface WrittenLayout {
  readonly index: Descriptor;
  /** In the order of the platforms that were asked for. */
  readonly images: readonly { readonly platform: Platform; readonly diffIds: readonly Digest[] }[];
}

const { oci } = mediaTypes;

/** An OCI layout with one small image a platform, in one index that is tagged. */
export async function writeLayout(
  directory: string,
  platforms: readonly Platform[],
  tag = 'latest',
): Promise<WrittenLayout> {
  const blobs = join(directory, 'blobs', 'sha256');
  await mkdir(blobs, { recursive: true });
  const store = async (mediaType: string, bytes: Buffer): Promise<Descriptor> => {
    const digest = digestOf(bytes);
    await writeFile(join(blobs, hexOf(digest)), bytes);
    return { mediaType, digest, size: bytes.length };
  };
  const storeJson = (mediaType: string, value: object) =>
    store(mediaType, Buffer.from(JSON.stringify(value)));

  const manifests: Descriptor[] = [];
  const images: WrittenLayout['images'][number][] = [];
  for (const platform of platforms) {
    const tar = await tarOf({ 'etc/platform': `${formatPlatform(platform)}\n` });
    const diffIds = [digestOf(tar)];
    const layer = await store(oci.layer.gzip, gzipSync(tar));
    const rootfs = { type: 'layers', diff_ids: diffIds };
    const config = await storeJson(oci.config, { ...platform, config: {}, rootfs });
    const manifest = { schemaVersion: 2, mediaType: oci.manifest, config, layers: [layer] };
    manifests.push({ ...(await storeJson(oci.manifest, manifest)), platform });
    images.push({ platform, diffIds });
  }
  const index = await storeJson(oci.index, { schemaVersion: 2, mediaType: oci.index, manifests });
  const tagged = { ...index, annotations: { 'org.opencontainers.image.ref.name': tag } };
  await writeFile(join(directory, 'oci-layout'), '{"imageLayoutVersion":"1.0.0"}');
  await writeFile(
    join(directory, 'index.json'),
    JSON.stringify({ schemaVersion: 2, mediaType: oci.index, manifests: [tagged] }),
  );
  return { index, images };
}

async function tarOf(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const tar = pack();
  for (const [name, text] of Object.entries(files)) tar.entry({ name, mtime: new Date(0) }, text);
  tar.finalize();
  return buffer(tar);
}
