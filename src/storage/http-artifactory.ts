import { createHash } from 'node:crypto';
import * as v from 'valibot';
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
import { isWithin } from './key-range.ts';
import { readSized } from './sized.ts';
import type { ListOptions, ObjectHeaders, StoredObject, Upload } from './storage.ts';
import { UnlistedError } from './unlisted.ts';

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

  /** "File List", which is for the paid editions. */
  async list(prefix: string, { shallow = false, within }: ListOptions): Promise<StoredObject[]> {
    const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
    const { client, url: where } = this.#options;
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
      throw new UnlistedError(
        `${where} cannot be listed: the free edition of JFrog Artifactory tells no lists`,
      );
    }
    const { files } = parseJson(listSchema, json, `the list of ${shownUrl(url)}`);
    return files.flatMap(({ uri, size, lastModified, folder: isFolder, sha2 }) => {
      const key = folder + uri.replace(/^\//, '');
      const modified = new Date(lastModified ?? 0);
      const isWanted =
        !isFolder &&
        key.startsWith(prefix) &&
        isWithin(key, within) &&
        Number.isSafeInteger(size) &&
        size >= 0;
      if (!isWanted || (shallow && key.includes('/', prefix.length))) return [];
      return [
        {
          key,
          size,
          modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified,
          ...(sha2 && { etag: sha2 }),
        },
      ];
    });
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

async function checksumsOf(upload: Upload, key: string): Promise<Record<string, string>> {
  const hashes = ['sha1', 'md5', 'sha256'].map((name) => [`x-checksum-${name}`, createHash(name)] as const);
  for await (const chunk of readSized(upload, key)) for (const [, hash] of hashes) hash.update(chunk);
  return Object.fromEntries(hashes.map(([name, hash]) => [name, hash.digest('hex')]));
}

/** A name or a value of a property, in a path: what parts values from each other is escaped. */
function escaped(text: string): string {
  return encodeValue(text.replace(/[\\,|=]/g, '\\$&'));
}
