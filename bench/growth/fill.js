// Tags in a repository `app` without anybody who pushes them: by files where the server keeps files that can be written, else by PUTs.
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import pMap from 'p-map';
import { digestOf, hexOf } from '../../src/oci/digest.ts';

const mediaType = 'application/vnd.oci.image.manifest.v1+json';
const atOnce = 32;

/** The tags from one number up to another, each with a manifest, a config and a layer of its own. */
function* releases(from, to) {
  for (let at = from; at < to; at += 1) {
    const blobs = ['config', 'layer'].map((part) => Buffer.from(`${part} ${at}`));
    const [config, layer] = blobs.map((bytes, part) => ({
      mediaType: `application/vnd.oci.image.${part === 0 ? 'config.v1+json' : 'layer.v1.tar+gzip'}`,
      digest: digestOf(bytes),
      size: bytes.length,
    }));
    const document = { schemaVersion: 2, mediaType, config, layers: [layer] };
    yield { tag: tagOf(at), blobs, manifest: Buffer.from(JSON.stringify(document)) };
  }
}

const tagOf = (at) => `0.${at}.0`;

/** `put` is given each path below `v2/`. */
export async function fillTree(from, to, put) {
  const fill = async ({ tag, blobs, manifest }) => {
    for (const bytes of blobs) await put(`app/blobs/${digestOf(bytes)}`, bytes);
    for (const name of [digestOf(manifest), tag]) await put(`app/manifests/${name}`, manifest);
  };
  await pMap(releases(from, to), fill, { concurrency: atOnce });
  const tags = Array.from({ length: to }, (_, at) => tagOf(at)).sort();
  await put('app/tags/list', Buffer.from(JSON.stringify({ name: 'app', tags })));
}

/** Writes below a folder. */
export const putFile = (root) => async (path, bytes) => {
  const file = join(root, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
};

/** Writes below `v2/` of a bucket. */
export const putObject = (client, bucket) => (path, bytes) =>
  client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: `v2/${path}`,
      Body: bytes,
      ContentType: /manifests/.test(path) ? mediaType : 'application/octet-stream',
    }),
  );

/** Writes what a registry of the distribution project keeps, into the folder where it does; it looks there anew each time. */
export async function fillDistribution(from, to, folder) {
  const put = putFile(join(folder, 'docker/registry/v2'));
  const fill = async ({ tag, blobs, manifest }) => {
    for (const bytes of [...blobs, manifest]) {
      const hex = hexOf(digestOf(bytes));
      await put(`blobs/sha256/${hex.slice(0, 2)}/${hex}/data`, bytes);
    }
    const own = 'repositories/app';
    const linkTo = (path, digest) => put(`${own}/${path}/link`, Buffer.from(digest));
    for (const bytes of blobs) await linkTo(`_layers/sha256/${hexOf(digestOf(bytes))}`, digestOf(bytes));
    const digest = digestOf(manifest);
    await linkTo(`_manifests/revisions/sha256/${hexOf(digest)}`, digest);
    await linkTo(`_manifests/tags/${tag}/index/sha256/${hexOf(digest)}`, digest);
    await linkTo(`_manifests/tags/${tag}/current`, digest);
  };
  await pMap(releases(from, to), fill, { concurrency: atOnce });
}
