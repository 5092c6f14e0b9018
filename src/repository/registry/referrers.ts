import { untilItStands } from '../../concurrency/converge.ts';
import { HttpError } from '../../network/http/error.ts';
import { shownUrl } from '../../network/http/host.ts';
import { discard, type HttpResponse } from '../../network/http/http.ts';
import type { Descriptor } from '../../oci/descriptor.ts';
import { type Digest, digestOf } from '../../oci/digest.ts';
import { formatDocument, type Index } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import { mergeReferrers, parseReferrers, type Referrer, referrersTag } from '../../oci/referrer.ts';
import type { Client } from './client.ts';
import { mediaTypeOf, putManifest, readManifest } from './manifest.ts';
import { readPages } from './pages.ts';

const mediaType = mediaTypes.oci.index;
/** How registries without the API answer; the spec allows the first two. */
const unsupported: readonly number[] = [404, 400, 405, 406, 501];

/** Those that say that there is no API, whatever is asked for: who has it answers with a list, if need be an empty one. */
const absent: readonly number[] = [404, 405, 501];

/** What refers to the manifests of a repository (distribution-spec, "Listing Referrers"): by the API, else by fallback tags. */
export class ReferrerLists {
  readonly #client: Client;
  #hasApi = true;

  constructor(client: Client) {
    this.#client = client;
  }

  /** Both are asked at once, the API until it is known not to be there. */
  async of(subject: Digest): Promise<Descriptor[]> {
    const tagged = readList(this.#client, subject);
    tagged.catch(() => {});
    const listed = this.#hasApi ? await this.#ask(subject) : [];
    return mergeReferrers(listed.length > 0 ? listed : await tagged);
  }

  #ask(subject: Digest): Promise<Descriptor[]> {
    const call = { method: 'GET', to: `referrers/${subject}`, headers: { accept: mediaType } } as const;
    const what = `the list of what refers to ${subject}`;
    const onAccepted = ({ status }: HttpResponse): void => {
      if (absent.includes(status)) this.#hasApi = false;
    };
    return readPages(
      this.#client,
      { ...call, accept: unsupported },
      what,
      (bytes, response) => {
        // Registries that serve a web page for whatever they do not know.
        if (mediaTypeOf(response) !== mediaType) return [];
        return parseReferrers(bytes, `${what} at ${shownUrl(response.request.url)}`).manifests;
      },
      onAccepted,
    );
  }
}

async function readList(client: Client, subject: Digest): Promise<readonly Descriptor[]> {
  const { response, bytes } = await readTag(client, subject);
  if (response.status === 404 || mediaTypeOf(response) !== mediaType) return [];
  return parseReferrers(bytes, shownUrl(response.request.url)).manifests;
}

/** Whether a registry gives lists: one may announce them (`OCI-Subject`) and not have them, as ECR's once did. */
export async function givesReferrers(client: Client, subject: Digest): Promise<boolean> {
  const call = { method: 'GET', to: `referrers/${subject}`, headers: { accept: mediaType } } as const;
  const response = await client.call({ ...call, accept: unsupported });
  await discard(response);
  return mediaTypeOf(response) === mediaType && !unsupported.includes(response.status);
}

/**
 * Adds a manifest to the fallback tag of its subject, for a registry that keeps no list (distribution-spec,
 * "Pushing Manifests with Subject"). Looks again afterwards: another writer may have begun with the older list.
 */
export async function tagReferrer(client: Client, { subject, descriptor }: Referrer): Promise<void> {
  await untilItStands(`the tag ${referrersTag(subject)}`, async () => {
    const index = await readTagged(client, subject);
    if (index.manifests.some(({ digest }) => digest === descriptor.digest)) return 'stands';
    const bytes = formatDocument({ ...index, manifests: [...index.manifests, descriptor] });
    const list = { mediaType, digest: digestOf(bytes), size: bytes.length };
    await putManifest(client, list, bytes, referrersTag(subject));
    return 'written';
  });
}

async function readTagged(client: Client, subject: Digest): Promise<Index> {
  const { response, bytes } = await readTag(client, subject);
  if (response.status === 404) return { schemaVersion: 2, mediaType, manifests: [] };
  const where = shownUrl(response.request.url);
  if (mediaTypeOf(response) === mediaType) return parseReferrers(bytes, where);
  throw new HttpError(
    client.fault,
    `${where} is no index (${mediaTypeOf(response)}): this tag should list what refers to ${subject}; delete it`,
  );
}

function readTag(client: Client, subject: Digest): Promise<{ response: HttpResponse; bytes: Buffer }> {
  return client.retry(async () => {
    const call = { to: `manifests/${referrersTag(subject)}`, headers: { accept: mediaType } };
    const response = await client.attempt({ ...call, method: 'GET', accept: [404] });
    if (response.status !== 404) return { response, bytes: await readManifest(client, response) };
    await discard(response);
    return { response, bytes: Buffer.alloc(0) };
  });
}
