import { randomUUID } from 'node:crypto';
import { openBytes } from '../../content/content.ts';
import { AlbaError } from '../../errors.ts';
import { discard } from '../../network/http/http.ts';
import { digestOf } from '../../oci/digest.ts';
import { formatDocument } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import type { Checked, Findings } from '../finding.ts';
import type { Client } from './client.ts';
import { putManifest, resolveTag } from './manifest.ts';
import { locationOf, mountBlob, startUpload, uploadBlob, withDigest } from './upload.ts';

/**
 * Tries what a push does. With a client that may delete, a small image is published under a tag that nobody has, and deleted;
 * without one nothing is published: uploads are begun and given up.
 */
export async function examineWrites(
  client: Client,
  deleter: Client | undefined,
  found: Findings,
  repository: string,
): Promise<void> {
  const id = randomUUID();
  if (!deleter) {
    const why = 'not published: what is published here could not be deleted again';
    await found.check('push', async () => giveUp(client, []));
    await found.check('chunked', async () => giveUp(client, [Buffer.from(`${id} `), Buffer.from(id)]));
    found.leave(why, 'mount', 'tags', 'cleanup');
    return;
  }
  const tag = `alba-doctor-${id}`;
  const config = describe(mediaTypes.oci.config, Buffer.from(JSON.stringify({ 'alba-doctor': id })));
  const layer = describe(mediaTypes.oci.layer.none, Buffer.from(`alba doctor ${id}`));
  const bytes = formatDocument({
    schemaVersion: 2,
    mediaType: mediaTypes.oci.manifest,
    config: config.descriptor,
    layers: [layer.descriptor],
  });
  const manifest = describe(mediaTypes.oci.manifest, bytes).descriptor;
  try {
    await found.check('push', async () => {
      await uploadBlob(client, { ...config, open: openBytes(config.bytes) }, async () => false);
      return 'blobs, whole';
    });
    await found.check('chunked', () => sendChunks(client, layer.bytes));
    if (!found.isYes('chunked') && found.isYes('push'))
      await uploadBlob(client, { ...layer, open: openBytes(layer.bytes) }, async () => false);
    await found.check('mount', async () =>
      (await mountBlob(client, config.descriptor.digest, repository))
        ? 'blobs are taken over from other repositories'
        : { outcome: 'no', detail: 'refused', remedy: 'nothing: blobs are sent to each repository' },
    );
    await found.check('tags', async () => {
      await putManifest(client, manifest, bytes, tag);
      const named = await resolveTag(client, tag);
      if (named?.digest === manifest.digest && named.mediaType === manifest.mediaType)
        return 'written and read back';
      throw new AlbaError('target', `the tag names ${named?.digest ?? 'nothing'} right after it was written`);
    });
  } finally {
    await found.check('cleanup', async () => {
      const kept: string[] = [];
      const remove = async (to: string): Promise<void> => {
        const accept = [400, 403, 404, 405, 501];
        const response = await deleter.attempt({ method: 'DELETE', to, accept });
        await discard(response);
        if (response.status >= 300 && response.status !== 404)
          kept.push(`${to} (answered ${response.status})`);
      };
      await remove(`manifests/${manifest.digest}`);
      if (await resolveTag(deleter, tag)) await remove(`manifests/${tag}`);
      const left = kept.length;
      for (const { descriptor } of [config, layer]) await remove(`blobs/${descriptor.digest}`);
      if (left > 0) throw new AlbaError('target', `left: ${kept.join(', ')}; delete it by hand`);
      return kept.length > 0
        ? 'the tag is gone; of two blobs below 100 bytes the garbage collection frees the room'
        : 'all that was written is deleted';
    });
  }
}

function describe(mediaType: string, bytes: Buffer) {
  return { bytes, descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length } };
}

/** Two chunks with their ranges (distribution-spec, "Pushing a blob in chunks"). */
async function sendChunks(client: Client, bytes: Buffer): Promise<Checked> {
  const upload = await patch(client, [bytes.subarray(0, 10), bytes.subarray(10)]);
  const to = withDigest(upload, digestOf(bytes));
  await discard(await client.attempt({ method: 'PUT', to, body: new Uint8Array() }));
  return 'in two chunks, with their ranges';
}

async function patch(client: Client, chunks: readonly Buffer[]): Promise<URL> {
  let upload = await startUpload(client);
  let offset = 0;
  for (const chunk of chunks) {
    const headers = {
      'content-type': 'application/octet-stream',
      'content-range': `${offset}-${offset + chunk.length - 1}`,
    };
    const response = await client.attempt({ method: 'PATCH', to: upload, headers, body: chunk });
    await discard(response);
    upload = locationOf(client, response);
    offset += chunk.length;
  }
  return upload;
}

/** Begins an upload, sends chunks, and cancels it. */
async function giveUp(client: Client, chunks: readonly Buffer[]): Promise<Checked> {
  const upload = await patch(client, chunks);
  const response = await client.attempt({ method: 'DELETE', to: upload, accept: [400, 403, 404, 405, 501] });
  await discard(response);
  const how = response.status < 300 ? 'and given up again' : 'and left to expire, as it cannot be given up';
  return `an upload was begun ${how}`;
}
