import pMap from 'p-map';
import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { shownUrl } from '../network/http/host.ts';
import { contentLength, discard, type HttpResponse } from '../network/http/http.ts';
import { parseJson } from '../oci/manifest.ts';
import {
  deleteFile,
  fileHeaders,
  type HttpWriter,
  putFile,
  readList,
  type WriterOptions,
} from './http-writer.ts';
import { isWithin } from './key-range.ts';
import type { ListOptions, StoredObject } from './storage.ts';
import { UnlistedError } from './unlisted.ts';

/** In bytes: a page tells of some ten files. */
const mostJson = 4 * 1024 * 1024;
/** Files that one list tells of, and pages that it comes in: more is an error, as each list reads all of them. */
const mostFiles = 100_000;
const mostPages = 10_000;
/** Files whose sizes are asked for at once. */
const concurrency = 8;

/** A file of a list that may not tell its size. */
type Asset = Omit<StoredObject, 'size'> & { readonly size: number | undefined };

/** What lists have found out. */
interface Met {
  hasTooMany: boolean;
}

/** A page of "Assets API", `GET /service/rest/v1/assets`. */
const pageSchema = v.looseObject({
  items: v.array(
    v.looseObject({
      path: v.string(),
      fileSize: v.nullish(v.number()),
      lastModified: v.nullish(v.string()),
      checksum: v.nullish(v.looseObject({ sha256: v.nullish(v.string()) })),
    }),
  ),
  continuationToken: v.nullish(v.string()),
});

/**
 * A raw repository of Nexus: PUT and DELETE by path, and lists by its API. That has all assets of the repository, which are read for each
 * list; its search would have fewer, but is behind what was just written.
 */
export function nexusWriter(options: WriterOptions): HttpWriter {
  const { client, urlOf } = options;
  const met: Met = { hasTooMany: false };
  return {
    doubt: () => doubtOf(options),
    async put(key, upload, headers) {
      await putFile(client, urlOf(key), { key, upload, headers: fileHeaders(headers) });
    },
    async list(prefix, listed) {
      const assets = await listAssets(options, prefix, listed, met);
      return (await pMap(assets, (asset) => withSize(options, asset), { concurrency })).flat();
    },
    delete: (key) => deleteFile(options, key),
  };
}

/** A repository of Nexus as its API knows it, and the folder in it that keys are in: '' or with a slash at its end. */
function placeIn(where: string): { readonly api: URL; readonly repository: string; readonly root: string } {
  const home = new URL(where);
  const [, context = '', repository, below = ''] =
    /^(.*?)\/repository\/([^/]+)(?:\/(.*))?$/.exec(home.pathname.replace(/\/$/, '')) ?? [];
  if (repository === undefined) {
    throw new UnlistedError(`${where} cannot be listed: Nexus lists what is below …/repository/<name>`);
  }
  const name = decodeURIComponent(repository);
  const api = new URL(`${home.origin}${context}/service/rest/v1/assets`);
  api.searchParams.set('repository', name);
  return { api, repository: name, root: below === '' ? '' : `${decodeURIComponent(below)}/` };
}

/** A page of assets, or the status that refuses it. */
async function readPage(
  { client, url: where }: WriterOptions,
  url: URL,
): Promise<v.InferOutput<typeof pageSchema> | number> {
  const isExpected = ({ status }: HttpResponse): boolean => [403, 404].includes(status);
  const response = await client.ask({ method: 'GET', url }, isExpected);
  if (response.status === 200) {
    return parseJson(pageSchema, await readList(client, response, mostJson), `the list of ${where}`);
  }
  await discard(response);
  return response.status;
}

/** Whether there is such a repository, by its first page. */
async function doubtOf(options: WriterOptions): Promise<string | undefined> {
  if (!/\/repository\/[^/]/.test(options.url)) return 'it is not below …/repository/<name>';
  const { api, repository } = placeIn(options.url);
  const page = await readPage(options, api);
  if (typeof page !== 'number') return undefined;
  if (page === 403) return 'it does not tell what its repository has (it answered 403)';
  throw new AlbaError(
    'target',
    `${options.url}: Nexus has no repository "${repository}", or none is there: it answered ${page} to GET ${shownUrl(api)}`,
  );
}

async function listAssets(
  options: WriterOptions,
  prefix: string,
  { shallow = false, within }: ListOptions,
  met: Met,
): Promise<Asset[]> {
  const { url: where } = options;
  const { api, root } = placeIn(where);
  const found: Asset[] = [];
  let [token, files]: [string | undefined, number] = [undefined, 0];
  for (let page = 1; ; page += 1) {
    met.hasTooMany ||= files > mostFiles;
    if (met.hasTooMany) {
      throw new UnlistedError(
        `${where} cannot be listed: its repository has more than ${mostFiles} files, and Nexus tells of all of them each time; give releases a repository of their own`,
      );
    }
    if (page > mostPages) throw new AlbaError('target', `${where} cannot be listed: its list does not end`);
    const url = new URL(api);
    if (token !== undefined) url.searchParams.set('continuationToken', token);
    const told = await readPage(options, url);
    if (typeof told === 'number') {
      throw new UnlistedError(
        `${where} cannot be listed: GET ${shownUrl(url)} answered ${told}; it takes the right to browse the repository`,
      );
    }
    const { items, continuationToken } = told;
    files += items.length;
    for (const { path, fileSize, lastModified, checksum } of items) {
      const full = path.replace(/^\//, '');
      const key = full.slice(root.length);
      const isWanted = full.startsWith(root) && key.startsWith(prefix) && isWithin(key, within);
      if (!isWanted || (shallow && key.includes('/', prefix.length))) continue;
      const modified = new Date(lastModified ?? 0);
      found.push({
        key,
        size: isSize(fileSize) ? fileSize : undefined,
        modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified,
        ...(checksum?.sha256 && { etag: checksum.sha256 }),
      });
    }
    if (!continuationToken) return found;
    if (continuationToken === token)
      throw new AlbaError('target', `${where} cannot be listed: its list does not end`);
    token = continuationToken;
  }
}

/** Asks for the size of what was listed without one, as older versions list all; nothing where it is gone by then. */
async function withSize({ client, urlOf, url: where }: WriterOptions, asset: Asset): Promise<StoredObject[]> {
  const { size } = asset;
  if (size !== undefined) return [{ ...asset, size }];
  const isGone = ({ status }: HttpResponse): boolean => status === 404;
  const response = await client.ask({ method: 'HEAD', url: urlOf(asset.key) }, isGone);
  await discard(response);
  if (response.status === 404) return [];
  const told = contentLength(response);
  if (isSize(told)) return [{ ...asset, size: told }];
  throw new AlbaError('target', `${where} does not tell the size of ${asset.key}, by its list or by HEAD`);
}

function isSize(size: number | null | undefined): size is number {
  return Number.isSafeInteger(size) && (size ?? -1) >= 0;
}
