import { createHash } from 'node:crypto';
import pMap from 'p-map';
import * as v from 'valibot';
import { AlbaError } from '../errors.ts';
import { shownUrl } from '../network/http/host.ts';
import { discard, type HttpResponse } from '../network/http/http.ts';
import { parseJson } from '../oci/manifest.ts';
import { encodeValue } from './encode-key.ts';
import {
  deleteFile,
  fileHeaders,
  type HttpWriter,
  putFile,
  readList,
  type WriterOptions,
} from './http-writer.ts';
import { isWithin, mayHoldWithin } from './key-range.ts';
import { readSized } from './sized.ts';
import type { ListOptions, ObjectHeaders, StoredObject, Upload } from './storage.ts';

/** In bytes: a smaller file is sent at once, as that costs no more than asking whether it is there. */
const leastAsked = 10 * 1024;
/** In bytes: what a list may be long; some 300,000 files. */
const mostJson = 64 * 1024 * 1024;

/** What an Artifactory writer is made of. */
export interface ArtifactoryOptions extends WriterOptions {
  readonly properties: readonly (readonly [name: string, value: string])[];
}

/** A file of a list: REST API of JFrog Artifactory, "File List". */
const listSchema = v.looseObject({
  files: v.array(
    v.looseObject({
      uri: v.string(),
      size: v.union([v.number(), v.pipe(v.string(), v.transform(Number))]),
      lastModified: v.optional(v.nullable(v.string())),
      folder: v.optional(v.nullable(v.boolean())),
      sha2: v.optional(v.nullable(v.string())),
    }),
  ),
});

/** A folder or a file by itself: "Folder Info" and "File Info". */
const infoSchema = v.looseObject({
  children: v.nullish(v.array(v.looseObject({ uri: v.string(), folder: v.nullish(v.boolean()) }))),
  size: v.nullish(v.union([v.number(), v.pipe(v.string(), v.transform(Number))])),
  lastModified: v.nullish(v.string()),
  checksums: v.nullish(v.looseObject({ sha256: v.nullish(v.string()) })),
});
type Info = v.InferOutput<typeof infoSchema>;

/** Asked for at once within each folder; folders within each other; and requests for one list. */
const concurrency = 8;
const deepest = 64;
const mostAsked = 100_000;

/** A list that is made by asking for each folder and file. */
interface Walk extends Pick<ListOptions, 'within'> {
  readonly prefix: string;
  readonly shallow: boolean;
  readonly met: { requests: number };
}

/**
 * A repository of JFrog Artifactory, by its REST API: "Deploy Artifact by Checksum" first, so that what it holds anywhere is not sent,
 * then "Deploy Artifact" with checksums that it compares with what came.
 */
export class ArtifactoryWriter implements HttpWriter {
  readonly #options: ArtifactoryOptions;
  readonly #matrix: string;

  constructor(options: ArtifactoryOptions) {
    this.#options = options;
    this.#matrix = options.properties.map(([name, value]) => `;${escaped(name)}=${escaped(value)}`).join('');
  }

  /** "Folder Info" of the repository, which is the first folder of the URL. */
  async doubt(): Promise<string | undefined> {
    const { client, url: where } = this.#options;
    const [, api = '', repository = ''] =
      /^(.*\/api\/storage)\/([^/]+)/.exec(this.#storageApi('').href) ?? [];
    const isSaid = ({ status }: HttpResponse): boolean => [403, 404].includes(status);
    const response = await client.ask({ method: 'GET', url: new URL(`${api}/${repository}`) }, isSaid);
    if (response.status === 200) {
      parseJson(infoSchema, await readList(client, response, mostJson), `what is told of ${where}`);
      return undefined;
    }
    await discard(response);
    if (response.status === 403) return `it does not tell of its repository (it answered 403)`;
    throw new AlbaError(
      'target',
      `${where}: JFrog Artifactory has no repository "${decodeURIComponent(repository)}", or none is there: it answered 404 to GET ${api}/${repository}`,
    );
  }

  async put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void> {
    const { client, urlOf } = this.#options;
    const url = new URL(urlOf(key).href + this.#matrix);
    const checksums = await checksumsOf(upload, key);
    if (upload.size >= leastAsked && (await this.#isHeld(url, checksums))) return;
    await putFile(client, url, { key, upload, headers: { ...fileHeaders(headers), ...checksums } });
  }

  delete(key: string): Promise<void> {
    return deleteFile(this.#options, key);
  }

  /** "File List", which is for the paid editions; else folder by folder. */
  async list(prefix: string, { shallow = false, within }: ListOptions): Promise<StoredObject[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const { client } = this.#options;
    const url = this.#storageApi(folder);
    url.search = `?list&deep=${shallow ? 0 : 1}&listFolders=0&mdTimestamps=0`;
    const isExpected = ({ status }: HttpResponse): boolean => [400, 404].includes(status);
    const response = await client.ask({ method: 'GET', url }, isExpected);
    if (response.status === 404) {
      await discard(response);
      return [];
    }
    const json = await readList(client, response, mostJson);
    if (response.status === 400) {
      return this.#walk(folder, { prefix, shallow, met: { requests: 0 }, ...(within && { within }) }, 0);
    }
    const { files } = parseJson(listSchema, json, `the list of ${shownUrl(url)}`);
    return files.flatMap(({ uri, size, lastModified, folder: isFolder, sha2 }) => {
      const key = folder + uri.replace(/^\//, '');
      const modified = new Date(lastModified ?? 0);
      const isWanted = !isFolder && key.startsWith(prefix) && isWithin(key, within) && isSize(size);
      if (!isWanted || (shallow && key.includes('/', prefix.length))) return [];
      return [{ key, size, modified: timeOf(modified), ...(sha2 && { etag: sha2 }) }];
    });
  }

  /** "Folder Info" and "File Info", which all editions have: a request for each. */
  async #walk(folder: string, options: Walk, depth: number): Promise<StoredObject[]> {
    const { prefix, shallow, within } = options;
    const children = (await this.#info(folder, options))?.children ?? [];
    const look = async ({ uri, folder: isFolder }: (typeof children)[number]): Promise<StoredObject[]> => {
      const name = uri.replace(/^\//, '');
      const key = folder + name;
      if (['', '.', '..'].includes(name) || /[/\0]/.test(name)) return [];
      if (isFolder) {
        const isWanted = !shallow && `${key}/`.startsWith(prefix) && mayHoldWithin(`${key}/`, within);
        return isWanted ? this.#walk(`${key}/`, options, depth + 1) : [];
      }
      if (!key.startsWith(prefix) || !isWithin(key, within)) return [];
      const file = await this.#info(key, options);
      if (!file || !isSize(file.size)) return [];
      const { size, lastModified, checksums } = file;
      const modified = timeOf(new Date(lastModified ?? 0));
      return [{ key, size, modified, ...(checksums?.sha256 && { etag: checksums.sha256 }) }];
    };
    const { url: where } = this.#options;
    if (depth > deepest) {
      throw new AlbaError('target', `${where} cannot be listed: it has folders more than ${deepest} deep`);
    }
    return (await pMap(children, look, { concurrency })).flat();
  }

  async #info(key: string, { met }: Walk): Promise<Info | undefined> {
    const { client, url: where } = this.#options;
    met.requests += 1;
    if (met.requests > mostAsked) {
      throw new AlbaError(
        'target',
        `${where} cannot be listed: it has more than ${mostAsked} files, and the free edition of JFrog Artifactory tells of each by itself`,
      );
    }
    const url = this.#storageApi(key);
    const response = await client.ask({ method: 'GET', url }, ({ status }) => status === 404);
    if (response.status === 404) {
      await discard(response);
      return undefined;
    }
    return parseJson(
      infoSchema,
      await readList(client, response, mostJson),
      `what is told of ${shownUrl(url)}`,
    );
  }

  async #isHeld(url: URL, checksums: Readonly<Record<string, string>>): Promise<boolean> {
    const { client } = this.#options;
    const headers = { ...checksums, 'x-checksum-deploy': 'true' };
    const asked = { method: 'PUT', url, headers, body: Buffer.alloc(0) } as const;
    const response = await client.ask(asked, ({ status }) => status === 404);
    await discard(response);
    return response.status !== 404;
  }

  /** Beside the repositories: `https://host/artifactory/api/storage/repository/folder`. */
  #storageApi(folder: string): URL {
    const { url: where, urlOf } = this.#options;
    const url = folder === '' ? new URL(where) : urlOf(folder);
    const [, context = ''] = /^((?:\/.*?)?\/artifactory)\//.exec(`${url.pathname}/`) ?? [];
    const rest = url.pathname.slice(context.length).replace(/\/$/, '');
    return new URL(`${url.origin}${context}/api/storage${rest}`);
  }
}

function isSize(size: number | null | undefined): size is number {
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0;
}

function timeOf(time: Date): Date {
  return Number.isNaN(time.getTime()) ? new Date(0) : time;
}

async function checksumsOf(upload: Upload, key: string): Promise<Record<string, string>> {
  const hashes = ['sha1', 'md5', 'sha256'].map((name) => [`x-checksum-${name}`, createHash(name)] as const);
  for await (const chunk of readSized(upload, key)) for (const [, hash] of hashes) hash.update(chunk);
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
}

/** A name or a value of a property, in a path: what parts values from each other is escaped. */
function escaped(text: string): string {
  return encodeValue(text.replace(/[\\,|=]/g, '\\$&'));
}
