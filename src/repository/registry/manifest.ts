import { HttpError, lacksParts } from '../../network/http/error.ts';
import { shownUrl } from '../../network/http/host.ts';
import { contentLength, discard, type HttpResponse } from '../../network/http/http.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Digest, digestOf, isDigest } from '../../oci/digest.ts';
import { maxManifestSize } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import type { Client } from './client.ts';
import { checkDigest } from './upload.ts';

/** How often a manifest is written whose parts the registry does not find. */
const attemptsEarly = 2;

const { oci, docker } = mediaTypes;
const accept = [oci.index, oci.manifest, docker.index, docker.manifest].join(', ');

/** What a tag names; from the headers of a HEAD, else from the bytes of a GET. */
export async function resolveTag(client: Client, tag: string): Promise<Descriptor | undefined> {
  const call = { to: `manifests/${tag}`, headers: { accept }, accept: [404] };
  const head = await client.call({ ...call, method: 'HEAD' });
  await discard(head);
  if (head.status === 404) return undefined;
  const digest = head.header('docker-content-digest') ?? '';
  const size = contentLength(head);
  const mediaType = mediaTypeOf(head);
  if (isDigest(digest) && size !== undefined && mediaType && !isPage(head))
    return { mediaType, digest, size };
  return client.retry(async () => {
    const response = await client.attempt({ ...call, method: 'GET' });
    const bytes = await readManifest(client, response);
    if (response.status === 404) return undefined;
    return describe(client, response, bytes);
  });
}

/** Stores a manifest under its digest or a tag. Tells whether the registry has noted its subject (`OCI-Subject`). */
export function putManifest(
  client: Client,
  descriptor: Descriptor,
  bytes: Buffer,
  under: string,
): Promise<boolean> {
  return client.retry(async (attempt) => {
    try {
      return await putManifestOnce(client, descriptor, bytes, under);
    } catch (failure) {
      throw attempt >= attemptsEarly ? lasting(failure) : failure;
    }
  });
}

/** A part that is missing for longer than two clients get in each other's way was deleted: to wait for it is for nothing. */
function lasting(failure: unknown): unknown {
  if (!(failure instanceof HttpError) || !lacksParts(failure)) return failure;
  const { code, message, status, codes } = failure;
  return new HttpError(code, message, {
    cause: failure.cause,
    codes,
    ...(status !== undefined && { status }),
  });
}

/** The same, in one attempt. */
export async function putManifestOnce(
  client: Client,
  descriptor: Descriptor,
  bytes: Buffer,
  under: string,
): Promise<boolean> {
  const response = await client.attempt({
    method: 'PUT',
    to: `manifests/${under}`,
    headers: { 'content-type': descriptor.mediaType },
    body: bytes,
  });
  await discard(response);
  checkDigest(client, response, descriptor.digest);
  return response.header('oci-subject') !== undefined;
}

/** The manifest of a digest, unverified; undefined where it is not there. */
export function fetchManifest(
  client: Client,
  digest: Digest,
): Promise<{ readonly mediaType: string; readonly bytes: Buffer } | undefined> {
  const call = { method: 'GET', to: `manifests/${digest}`, headers: { accept }, accept: [404] } as const;
  return client.retry(async () => {
    const response = await client.attempt(call);
    if (response.status !== 404) {
      return { mediaType: mediaTypeOf(response), bytes: await readManifest(client, response) };
    }
    await discard(response);
    return undefined;
  });
}

/** The bytes of a manifest that was answered. */
export async function readManifest(client: Client, response: HttpResponse): Promise<Buffer> {
  const bytes = await client.readUpTo(response, maxManifestSize);
  if (bytes.length <= maxManifestSize) return bytes;
  const where = shownUrl(response.request.url);
  throw new HttpError(
    client.fault,
    `GET ${where}: longer than ${maxManifestSize} bytes, so it is no manifest`,
  );
}

function describe(client: Client, response: HttpResponse, bytes: Buffer): Descriptor {
  const mediaType = mediaTypeOf(response);
  const where = shownUrl(response.request.url);
  if (isPage(response)) {
    throw new HttpError(
      client.fault,
      `GET ${where} answered a web page (${mediaType}), not a manifest: is this a registry, and no sign-in page or proxy before it?`,
    );
  }
  if (mediaType) return { mediaType, digest: digestOf(bytes), size: bytes.length };
  throw new HttpError(
    client.fault,
    `GET ${where} answered without the Content-Type of a manifest: is this a registry, and no proxy before it that drops it?`,
  );
}

/** What stands before a registry may answer every request with a page of its own, and 200. */
function isPage(response: HttpResponse): boolean {
  return /^(text\/html|application\/xhtml\+xml)$/i.test(mediaTypeOf(response));
}

/** Bare, without parameters; empty when there is none. */
export function mediaTypeOf(response: HttpResponse): string {
  return response.header('content-type')?.split(';')[0]?.trim() ?? '';
}
