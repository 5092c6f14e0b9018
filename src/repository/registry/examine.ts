import { randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { isLoopbackHost } from '../../network/address.ts';
import { statusOf } from '../../network/http/error.ts';
import { originOf } from '../../network/http/host.ts';
import { discard, type HttpResponse } from '../../network/http/http.ts';
import type { Digest } from '../../oci/digest.ts';
import { maxManifestSize, parseJson } from '../../oci/manifest.ts';
import { mediaTypes } from '../../oci/media-type.ts';
import type { Reference } from '../../oci/reference.ts';
import { formatCount, formatDuration } from '../../progress/format.ts';
import { type Checked, type Examination, type Finding, Findings } from '../finding.ts';
import { Client } from './client.ts';
import { askToDelete } from './examine-deletion.ts';
import { examineWrites } from './examine-writes.ts';
import { mediaTypeOf } from './manifest.ts';
import type { RegistryOptions } from './options.ts';
import { givesReferrers } from './referrers.ts';
import type { Access } from './scope.ts';

/** In milliseconds: tokens are good from the second on that they are issued. */
const mostSkew = 60_000;
const { oci, docker } = mediaTypes;
const accept = [oci.index, oci.manifest, docker.index, docker.manifest].join(', ');
const tagsSchema = v.looseObject({ tags: v.exactOptional(v.array(v.string())) });
const documentSchema = v.looseObject({
  mediaType: v.exactOptional(v.string()),
  config: v.exactOptional(v.looseObject({ digest: v.string() })),
  manifests: v.exactOptional(v.array(v.looseObject({ digest: v.string() }))),
});

/** How a registry, or what answers like one, is reached. */
export type ExamineOptions = Omit<RegistryOptions, 'access' | 'retries'>;

/** A digest that nothing has. */
export function nobodysDigest(): Digest {
  return `sha256:${randomBytes(32).toString('hex')}`;
}

/**
 * Finds out what a repository on a registry can do, by the distribution API. Without `writes` all that it asks changes nothing,
 * the deletion of what is not there among it. `isStatic`: behind it are files, that nobody writes over HTTP.
 */
export async function examineRegistry(
  { registry, repository }: Reference,
  options: ExamineOptions,
  { tag, writes }: Examination,
  isStatic = false,
): Promise<readonly Finding[]> {
  const home = originOf(registry, options.plainHttp);
  const clients: Client[] = [];
  const clientFor = (access: Access): Client => {
    const retries = { count: 1, firstDelay: 500, longestDelay: 5_000 };
    const client = new Client({ registry, repository }, { ...options, access, retries });
    clients.push(client);
    return client;
  };
  const found = new Findings();
  try {
    const client = clientFor('pull');
    const isReached = await found.check('reach', () => reach(client, home, found));
    if (!isReached) {
      found.leave('it is not reached', 'auth', 'pull', 'listing', 'referrers', 'delete', 'push');
      return found.all;
    }
    const listed = await listTags(client, found, options, { registry, repository });
    if (!found.isYes('auth')) {
      found.leave('nobody is let in', 'pull', 'listing', 'referrers', 'delete', 'push');
      return found.all;
    }
    await readOne(client, found, tag ?? listed[0]);
    await found.check('missing', () => askForMissing(client));
    await found.check('referrers', async () =>
      (await givesReferrers(client, nobodysDigest()))
        ? 'it lists them'
        : {
            outcome: 'no',
            detail: 'it has no such API',
            remedy: 'nothing: they are listed under tags sha256-…',
          },
    );
    if (isStatic) {
      const why =
        'a web server is only read; one that takes files in is looked at by its kind, as ?server=webdav';
      found.leave(why, 'delete', 'push', 'chunked', 'mount', 'tags', 'conditional writes');
      return found.all;
    }
    const deleter = clientFor('delete');
    const deletes = await found.check('delete', () => askToDelete(deleter, registry, nobodysDigest()));
    await found.check('conditional writes', async () => ({
      outcome: 'no',
      detail: 'the distribution API has none',
      remedy: 'let one job at a time write a tag (concurrency: in the workflow)',
    }));
    if (!writes) {
      found.leave('would write: give --write (write: true)', 'push', 'chunked', 'mount', 'tags');
      return found.all;
    }
    // A repository that is made by this would stay, as nobody deletes repositories.
    const isThere = found.isYes('pull');
    await examineWrites(clientFor('push'), deletes && isThere ? deleter : undefined, found, repository);
    return found.all;
  } finally {
    await Promise.all(clients.map((client) => client.close()));
  }
}

/** An answer of any kind will do. The clock and the kind of connection come with it. */
async function reach(client: Client, home: URL, found: Findings): Promise<Checked> {
  const began = performance.now();
  const accepted = [301, 302, 400, 401, 403, 404, 405, 406];
  const response = await client
    .attempt({ method: 'GET', to: new URL('/v2/', home), accept: accepted })
    .catch((failure: unknown) => {
      // Who is not let in has got there.
      if (statusOf(failure) === undefined) throw failure;
      return undefined;
    });
  const took = formatDuration(performance.now() - began);
  if (response) await discard(response);
  await found.check('tls', async () => {
    if (home.protocol === 'https:') return 'https, with a certificate that is trusted';
    if (isLoopbackHost(home.hostname)) return 'plain http, on this machine alone';
    const remedy = 'give it a certificate: who is between reads passwords and changes images';
    return { outcome: 'no', detail: 'plain http', remedy };
  });
  await found.check('clock', async () => readClock(response));
  return response
    ? `${home.origin} answered ${response.status} in ${took}`
    : `${home.origin} answered in ${took}`;
}

function readClock(response: HttpResponse | undefined): Checked {
  const told = Date.parse(response?.header('date') ?? '');
  if (Number.isNaN(told)) return { outcome: 'unknown', detail: 'it does not tell its time' };
  const skew = Math.abs(told - Date.now());
  if (skew <= mostSkew) return 'as here';
  const detail = `${formatDuration(skew)} off`;
  return { outcome: 'no', detail, remedy: 'set the clocks: tokens and signatures are good for minutes' };
}

async function listTags(
  client: Client,
  found: Findings,
  { credentials }: ExamineOptions,
  place: Reference,
): Promise<readonly string[]> {
  let tags: readonly string[] = [];
  const asked = client.attempt({ method: 'GET', to: 'tags/list?n=10', accept: [404] });
  asked.catch(() => {});
  await found.check('auth', async () => {
    const who = await credentials({ ...place, access: 'pull', missed: () => {} });
    await asked.catch((failure: unknown) => {
      if ([401, 403, undefined].includes(statusOf(failure))) throw failure;
    });
    return who ? `with ${who.origin}` : 'without credentials';
  });
  await found.check('listing', async () => {
    const response = await asked;
    const bytes = await client.readUpTo(response, 1024 * 1024);
    if (response.status === 404) return { outcome: 'unknown', detail: 'there is no such repository yet' };
    tags = parseJson(tagsSchema, bytes, 'the tag list').tags ?? [];
    return tags.length < 10 ? formatCount(tags.length, 'tag') : '10 tags or more';
  });
  return tags.filter((tag) => !tag.startsWith('sha256-'));
}

/** What clients do who pull: the manifest, with the type that it says of itself, and a part of a blob. */
async function readOne(client: Client, found: Findings, tag: string | undefined): Promise<void> {
  if (tag === undefined) {
    const nothing = async (): Promise<Checked> => ({
      outcome: 'unknown',
      detail: 'there is nothing to pull yet',
    });
    for (const capability of ['pull', 'content types', 'ranges'] as const)
      await found.check(capability, nothing);
    return;
  }
  let first: v.InferOutput<typeof documentSchema> = {};
  await found.check('pull', async () => {
    const response = await client.attempt({ method: 'GET', to: `manifests/${tag}`, headers: { accept } });
    const bytes = await client.readUpTo(response, maxManifestSize);
    const told = mediaTypeOf(response);
    const document = parseJson(documentSchema, bytes, `the manifest of ${tag}`);
    first = document;
    await found.check('content types', async () => {
      if (document.mediaType === undefined || told === document.mediaType) return told;
      const detail = `${told || 'none'} for ${document.mediaType}`;
      return {
        outcome: 'no',
        detail,
        remedy: 'let the web server send the type that is stored beside each key',
      };
    });
    return `${tag}, ${bytes.length} bytes of manifest`;
  });
  await found.check('ranges', async () => {
    const { config } = first.config ? first : await readFirst(client, first.manifests?.[0]?.digest);
    if (!config) return { outcome: 'unknown', detail: 'no image was read' };
    const call = { method: 'GET', to: `blobs/${config.digest}`, headers: { range: 'bytes=0-0' } } as const;
    const response = await client.attempt(call);
    await discard(response);
    if (response.status === 206) return 'what broke off goes on where it broke';
    return { outcome: 'no', detail: `answered ${response.status}`, remedy: 'nothing: blobs begin anew' };
  });
}

async function readFirst(client: Client, digest: string | undefined) {
  if (digest === undefined) return {};
  const response = await client.attempt({ method: 'GET', to: `manifests/${digest}`, headers: { accept } });
  const bytes = await client.readUpTo(response, maxManifestSize);
  return parseJson(documentSchema, bytes, `manifest ${digest}`);
}

async function askForMissing(client: Client): Promise<Checked> {
  const call = { method: 'HEAD', to: `blobs/${nobodysDigest()}`, accept: [403, 404] } as const;
  const { status } = await client.attempt(call);
  if (status === 404) return '404 for what is not there';
  const remedy =
    'let it answer 404: of a bucket, let readers list it (s3:ListBucket), or set an error page of 404';
  return { outcome: 'no', detail: `${status} for what is not there`, remedy };
}
