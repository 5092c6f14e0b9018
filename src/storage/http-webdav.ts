import pLimit from 'p-limit';
import pMap from 'p-map';
import { AlbaError } from '../errors.ts';
import { discard, type HttpResponse } from '../network/http/http.ts';
import { type FolderEntry, readMultistatus } from './http-multistatus.ts';
import { saysWebdav } from './http-servers.ts';
import {
  deleteFile,
  fileHeaders,
  type HttpWriter,
  putFile,
  readList,
  type WriterOptions,
} from './http-writer.ts';
import { isWithin, mayHoldWithin } from './key-range.ts';
import type { ListOptions, ObjectHeaders, StoredObject, Upload } from './storage.ts';
import { UnlistedError } from './unlisted.ts';

/** In bytes: what one folder's answer may be long; some 100,000 files. */
const mostXml = 64 * 1024 * 1024;
/** Folders that are asked for at once. */
const concurrency = 8;
/** Folders within each other: more is an error, as they may go on for ever. */
const deepest = 64;
/** Folders that one list asks for: more is an error, too. */
const mostFolders = 100_000;
/** Files and folders that one list comes to: more is an error, too. */
const mostFiles = 1_000_000;

const wanted = Buffer.from(
  '<?xml version="1.0" encoding="utf-8"?><propfind xmlns="DAV:"><prop><resourcetype/><getcontentlength/><getlastmodified/></prop></propfind>',
);

/** A list that is made; `met` counts the folders that it asked for, and what they have. */
interface Walk extends ListOptions {
  readonly met: { folders: number; files: number };
}

/** A server of WebDAV (RFC 4918): Apache httpd, nginx without a list, Nextcloud, IIS. */
export class WebdavWriter implements HttpWriter {
  readonly #options: WriterOptions;
  readonly #folders = new Map<string, Promise<void>>();
  readonly #asking = pLimit(concurrency);

  constructor(options: WriterOptions) {
    this.#options = options;
  }

  /** By OPTIONS (RFC 4918, 10.1; RFC 9110, 10.2.1). */
  async doubt(): Promise<string | undefined> {
    const { client, url: where } = this.#options;
    const isSaid = ({ status }: HttpResponse): boolean => status < 500 || status === 501;
    const response = await client.ask({ method: 'OPTIONS', url: new URL(`${where}/`) }, isSaid);
    await discard(response);
    const allow = response.header('allow');
    if (saysWebdav(response) || /\bPUT\b/i.test(allow ?? '')) return undefined;
    if (allow === undefined)
      return `it answered ${response.status} to OPTIONS, and does not say what it takes`;
    throw new AlbaError(
      'target',
      `${where} takes no files: it answered OPTIONS with "Allow: ${allow}", which has no PUT; name a folder that files are put to`,
    );
  }

  async put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void> {
    const { client, urlOf } = this.#options;
    const url = urlOf(key);
    await this.#ensureFolder(new URL('./', url));
    await putFile(client, url, { key, upload, headers: fileHeaders(headers) });
  }

  delete(key: string): Promise<void> {
    return deleteFile(this.#options, key);
  }

  async list(prefix: string, options: ListOptions): Promise<StoredObject[]> {
    return this.#walk(
      prefix.slice(0, prefix.lastIndexOf('/') + 1),
      prefix,
      { ...options, met: { folders: 0, files: 0 } },
      0,
    );
  }

  async #walk(folder: string, prefix: string, options: Walk, depth: number): Promise<StoredObject[]> {
    const { shallow = false, depth: most = shallow ? 0 : deepest + 1, within } = options;
    const { url: where } = this.#options;
    options.met.folders += 1;
    if (options.met.folders > mostFolders) {
      throw new AlbaError('target', `${where} cannot be listed: it has more than ${mostFolders} folders`);
    }
    if (depth > deepest) {
      throw new AlbaError('target', `${where} cannot be listed: it has folders more than ${deepest} deep`);
    }
    const entries = depth <= most ? await this.#asking(() => this.#entriesOf(folder)) : [];
    options.met.files += entries.length;
    if (options.met.files > mostFiles) {
      throw new AlbaError('target', `${where} cannot be listed: it has more than ${mostFiles} files`);
    }
    const deeper = async ({ name }: FolderEntry): Promise<StoredObject[]> => {
      const inner = `${folder}${name}/`;
      const isWanted = inner.startsWith(prefix) && mayHoldWithin(inner, within);
      return isWanted ? this.#walk(inner, prefix, options, depth + 1) : [];
    };
    const folders = depth < most ? entries.filter(({ isFolder }) => isFolder) : [];
    const below = (await pMap(folders, deeper, { concurrency })).flat();
    const here = entries.flatMap(({ name, isFolder, size, modified }) => {
      const key = folder + name;
      return !isFolder && key.startsWith(prefix) && isWithin(key, within) ? [{ key, size, modified }] : [];
    });
    return [...here, ...below];
  }

  /** RFC 4918, 9.1. */
  async #entriesOf(folder: string): Promise<readonly FolderEntry[]> {
    const { client, urlOf, url: where } = this.#options;
    const url = folder === '' ? new URL(`${where}/`) : urlOf(folder);
    if (!url.pathname.endsWith('/')) url.pathname += '/';
    const headers = { depth: '1', 'content-type': 'application/xml; charset=utf-8' };
    const isExpected = ({ status }: HttpResponse): boolean => [404, 405, 410, 501].includes(status);
    const response = await client.ask({ method: 'PROPFIND', url, headers, body: wanted }, isExpected);
    if (response.status === 207) {
      const xml = await readList(client, response, mostXml);
      return readMultistatus(xml.toString(), url);
    }
    await discard(response);
    if (response.status === 404 || response.status === 410) return [];
    const told = `it answered ${response.status} for ${url.pathname}`;
    throw new UnlistedError(
      `${where} cannot be listed: the server knows no PROPFIND (${told}; Apache httpd knows it where "DirectoryIndex" is for GET alone)`,
    );
  }

  /** Makes a folder and those above it, once each (RFC 4918, 9.3). Where the server makes none, PUT tells whether it has to. */
  #ensureFolder(folder: URL): Promise<void> {
    const known = this.#folders.get(folder.pathname) ?? this.#makeFolder(folder);
    this.#folders.set(folder.pathname, known);
    known.catch(() => this.#folders.delete(folder.pathname));
    return known;
  }

  async #makeFolder(folder: URL): Promise<void> {
    if (folder.pathname === '/') return;
    const { client } = this.#options;
    const isExpected = ({ status }: HttpResponse): boolean => [405, 409, 501].includes(status);
    for (let attempt = 1; ; attempt += 1) {
      const response = await client.ask({ method: 'MKCOL', url: folder }, isExpected);
      await discard(response);
      if (response.status !== 409 || attempt === 2) return;
      await this.#ensureFolder(new URL('../', folder));
    }
  }
}
