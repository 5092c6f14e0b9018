import { createHash } from 'node:crypto';
import { cleanOnStop, unlessStopping } from '../../concurrency/stop.ts';
import type { Blob, Measured, Open } from '../../content/content.ts';
import { HttpError, passesAfter, statusOf } from '../../network/http/error.ts';
import { shownUrl, urlFrom } from '../../network/http/host.ts';
import { discard, type HttpResponse } from '../../network/http/http.ts';
import { type Digest, isDigest } from '../../oci/digest.ts';
import type { Client } from './client.ts';

/** An upload that the registry does not know (any more), perhaps because it was completed. */
const sessionGone = 404;

/** In bytes: of smaller chunks a socket takes several before it asks to wait. */
const leastAlone = 64 * 1024;

/**
 * Uploads a blob: POST, then one PUT (distribution-spec, "Pushing a blob monolithically"). A PUT whose outcome
 * is unclear is never replayed: if the blob is not there after all, another session sends it from its start.
 */
export function uploadBlob(client: Client, blob: Blob, exists: () => Promise<boolean>): Promise<void> {
  return client.retry(async (attempt, moved) => {
    if (attempt > 1 && (await exists())) return;
    const send = async (upload: URL): Promise<void> => {
      const response = await client.attempt({
        method: 'PUT',
        to: withDigest(upload, blob.descriptor.digest),
        headers: { 'content-type': 'application/octet-stream' },
        body: { size: blob.descriptor.size, open: () => forSocket(blob.open(), moved) },
        transient: [sessionGone],
      });
      await discard(response);
      checkDigest(client, response, blob.descriptor.digest);
    };
    await inUpload(client, () => startUpload(client), send);
  });
}

/** Does what an upload is for; a run that is stopped meanwhile has the registry forget it (distribution-spec 1.1, "Cancelling an upload"). */
async function inUpload<T>(
  client: Client,
  start: () => Promise<URL>,
  send: (upload: URL) => Promise<T>,
): Promise<T> {
  await unlessStopping();
  const upload = start();
  using _ = cleanOnStop(async () => {
    await discard(await client.attempt({ method: 'DELETE', to: await upload }));
  });
  return await send(await upload);
}

/**
 * Uploads bytes while they are made: POST, a PATCH of no declared length, and a PUT that tells the digest
 * (distribution-spec, "Pushing a blob in chunks", with one chunk). They come once, so they are sent once.
 */
export function streamBlob(client: Client, source: AsyncIterable<Uint8Array>): Promise<Measured> {
  const start = (): Promise<URL> => client.retry(() => startUpload(client));
  return inUpload(client, start, (upload) => client.once((moved) => streamTo(client, upload, source, moved)));
}

async function streamTo(
  client: Client,
  upload: URL,
  source: AsyncIterable<Uint8Array>,
  moved: () => void,
): Promise<Measured> {
  const hash = createHash('sha256');
  let size = 0;
  let isWhole = false;
  const passing = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      hash.update(chunk);
      size += chunk.length;
      yield chunk;
    }
    isWhole = true;
  };
  const patched = await client.attempt({
    method: 'PATCH',
    to: upload,
    headers: { 'content-type': 'application/octet-stream' },
    body: { open: once(() => forSocket(passing(), moved)) },
  });
  await discard(patched);
  if (!isWhole) throw new HttpError(client.fault, `PATCH ${shownUrl(upload)} was answered before its end`);
  const digest: Digest = `sha256:${hash.digest('hex')}`;
  const response = await client.attempt({
    method: 'PUT',
    to: withDigest(locationOf(client, patched), digest),
    body: new Uint8Array(),
  });
  await discard(response);
  checkDigest(client, response, digest);
  return { digest, size };
}

/** Bytes that cannot be read again: an attempt that was refused and sent them is not made a second time. */
function once(open: Open): Open {
  let isOpened = false;
  return async function* () {
    if (isOpened) throw new Error('what was to be sent is read once');
    isOpened = true;
    yield* open();
  };
}

/** A connection has sent a large chunk before it asks for another; small ones are copied. */
async function* forSocket(
  chunks: AsyncIterable<Uint8Array>,
  moved: () => void = () => {},
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    moved();
    yield chunk.length < leastAlone ? new Uint8Array(chunk) : chunk;
  }
}

/** Asks for a blob of another repository of the same registry; false when it is refused, for whatever reason. */
export async function mountBlob(client: Client, digest: Digest, from: string): Promise<boolean> {
  const query = new URLSearchParams({ mount: digest, from });
  try {
    const response = await client.call({ method: 'POST', to: `blobs/uploads/?${query}`, from });
    await discard(response);
    if (response.status !== 201) return false;
    checkDigest(client, response, digest);
    return true;
  } catch (error) {
    if (statusOf(error) !== undefined && passesAfter(error) === undefined) return false;
    throw error;
  }
}

/** Whether what a registry says that it stored is what was sent. */
export function checkDigest(client: Client, response: HttpResponse, digest: Digest): void {
  const last = response.header('location')?.split(/[?#]/)[0]?.split('/').at(-1) ?? '';
  const told = [response.header('docker-content-digest') ?? '', last.replace(/^sha256%3a/i, 'sha256:')];
  const other = told.find((text) => isDigest(text) && text !== digest);
  if (!other) return;
  const { method, url } = response.request;
  throw new HttpError(
    client.fault,
    `${method} ${shownUrl(url)}: the registry stored ${other}, but ${digest} was sent; is there a proxy before it that changes bytes?`,
  );
}

/** Begins the upload of a blob; gives where it goes on. */
export async function startUpload(client: Client): Promise<URL> {
  const response = await client.attempt({ method: 'POST', to: 'blobs/uploads/' });
  await discard(response);
  return locationOf(client, response);
}

/** Where an upload goes on. */
export function locationOf(client: Client, response: HttpResponse): URL {
  const location = response.header('location');
  const { method, url } = response.request;
  const next = location === undefined ? undefined : urlFrom(url, location);
  if (next) return next;
  throw new HttpError(
    client.fault,
    `${method} ${shownUrl(url)} answered ${response.status} without the Location of an upload: is this a registry, and no proxy before it?`,
  );
}

/** Registries keep state in the query: what is there stays as it is, byte for byte. */
export function withDigest(upload: URL, digest: Digest): URL {
  const url = new URL(upload);
  url.search = `${url.search ? `${url.search}&` : '?'}digest=${encodeURIComponent(digest)}`;
  return url;
}
