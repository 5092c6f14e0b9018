import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { once } from '../concurrency/once.ts';
import { AlbaError } from '../errors.ts';
import { statusOf } from '../network/http/error.ts';
import { contentLength, discard, type HttpRequest, type HttpResponse } from '../network/http/http.ts';
import { resumedBody } from '../network/http/resumed-body.ts';
import { formatBytes } from '../progress/format.ts';
import { encodeKey } from './encode-key.ts';
import { HttpClient, type HttpOptions } from './http-client.ts';
import { packageKeyProblem, packagePath } from './http-packages.ts';
import { type HttpServer, hasPackages, openWriter } from './http-servers.ts';
import type { HttpWriter } from './http-writer.ts';
import type {
  KnownUpload,
  ListOptions,
  ObjectHeaders,
  Proof,
  Storage,
  StoredObject,
  Upload,
} from './storage.ts';

/** How a web server is used. */
export interface HttpStorageOptions extends HttpOptions {
  /** What it is; where that is not known, it is asked when it is written to, listed or deleted from, not before. */
  readonly server?: HttpServer | undefined;
  /** Whether it is one to publish to. */
  readonly isTarget?: boolean;
  /** What JFrog Artifactory is to keep beside each file. */
  readonly properties?: readonly (readonly [name: string, value: string])[];
}

/** What a server answered, and whether there is such a key. */
type Answer = HttpResponse | undefined;

/** In bytes: so much is read of what a server tells no size of, only to know it. */
const mostCounted = 256 * 1024 ** 2;

/** Of a server that knows no HEAD there. */
const unknownMethod: readonly (number | undefined)[] = [405, 501];

/**
 * What a web server has below a URL, by keys. What is missing is 404; where it is only read also 403, once something was readable, as
 * buckets say so that may not be listed; a redirect from a name to a folder of the same name; and a web page, where the server has one for every name
 * there could be. How it is written to, listed and deleted from is its {@link HttpWriter}'s.
 */
export class HttpStorage implements Storage {
  readonly url: string;
  readonly isUnlisted: boolean;
  readonly listsPerhaps = true;
  readonly copiesNothing = true;
  readonly isTree: boolean;
  readonly #options: HttpStorageOptions;
  readonly #client: HttpClient;
  #hasRead = false;

  /** The URL that keys come behind, without a slash at its end, login or query. */
  constructor(url: string, options: HttpStorageOptions) {
    const { isTarget = false, server } = options;
    this.url = url;
    this.isUnlisted = !isTarget;
    this.isTree = isTarget || server !== undefined;
    this.#options = options;
    this.#client = new HttpClient(url, {
      ...options,
      fault: isTarget ? 'target' : 'source',
      signsInAtOnce: isTarget || server === 'gitlab',
    });
  }

  async head(key: string): Promise<StoredObject | undefined> {
    // What GitLab says of a file without sending it is written nowhere.
    const method = this.#options.server === 'gitlab' ? 'GET' : 'HEAD';
    const response = await this.#ask(method, key).catch((failure: unknown) => {
      if (unknownMethod.includes(statusOf(failure))) return this.#ask('GET', key);
      throw failure;
    });
    if (!response) return undefined;
    const length = contentLength(response);
    if (response.request.method === 'GET') response.body.on('error', () => {}).destroy();
    else await discard(response);
    const modified = new Date(response.header('last-modified') ?? 0);
    const sha256 = response.header('x-checksum-sha256');
    return {
      key,
      size: length ?? (await this.#sizeOf(key)),
      modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified,
      ...(sha256 !== undefined && { etag: sha256 }),
    };
  }

  async get(key: string): Promise<Readable | undefined> {
    const first = await this.#ask('GET', key);
    if (!first) return undefined;
    const bytes = resumedBody(first, {
      fault: 'source',
      failure: (response, cause) => this.#client.bodyFailure(response, cause),
      beforeRetry: (failure, attempt) => this.#client.beforeRetry(failure, attempt),
      ask: async (range) => (await this.#ask('GET', key, { range })) ?? Promise.reject(this.#gone(key)),
    });
    return Readable.from(bytes, { objectMode: false });
  }

  /** A folder is no object here: what would answer for one is left out. */
  async put(key: string, upload: Upload, headers: ObjectHeaders): Promise<void> {
    const writer = await this.#writer();
    if (!key.endsWith('/')) await writer.put(key, upload, headers);
  }

  /** Nothing proves what a server would have copied. */
  async copy(from: string): Promise<boolean> {
    if (await this.head(from)) return false;
    throw new AlbaError('target', `${this.url}/${from} is not there: it cannot be copied`);
  }

  /** What is a folder there stays, with all that is in it. */
  async delete(key: string): Promise<void> {
    const writer = await this.#writer();
    if (await this.head(key)) await writer.delete(key);
  }

  async assertTakes(): Promise<void> {
    const doubt = await (await this.#writer()).doubt();
    if (doubt === undefined) return;
    this.#options.progress.warn(`${this.url}: ${doubt}: whether it takes files only a push can tell`);
  }

  /** By a name that nobody has. */
  async assertDeletes(): Promise<void> {
    await (await this.#writer()).delete(`alba-${randomBytes(8).toString('hex')}/none/none`);
  }

  async *list(prefix: string, options: ListOptions = {}): AsyncGenerator<StoredObject> {
    const found = await (await this.#writer()).list(prefix, options);
    const inOrder = found.map((object) => ({ bytes: Buffer.from(object.key), object }));
    inOrder.sort((a, b) => a.bytes.compare(b.bytes));
    for (const { object } of inOrder) yield object;
  }

  /** By the SHA-256 that JFrog Artifactory and GitLab tell of what they hold. */
  async prove({ etag = '' }: StoredObject, { digest }: KnownUpload): Promise<Proof> {
    if (!/^[0-9a-f]{64}$/.test(etag)) return 'hidden';
    return digest === `sha256:${etag}` ? 'same' : 'unproved';
  }

  async contentTypeOf(key: string): Promise<string | undefined> {
    const response = await this.#ask('GET', key);
    response?.body.on('error', () => {}).destroy();
    return response?.header('content-type');
  }

  pathOf(key: string): string {
    const { server } = this.#options;
    return hasPackages(server) ? packagePath(key, server) : key;
  }

  keyProblem(key: string): string | undefined {
    return hasPackages(this.#options.server) ? packageKeyProblem(key, this.#options.server) : undefined;
  }

  close(): Promise<void> {
    return this.#client.close();
  }

  readonly #writer = once((): Promise<HttpWriter> => {
    const { server, properties, progress } = this.#options;
    const urlOf = (key: string): URL => this.#urlOf(key);
    return openWriter({ client: this.#client, urlOf, url: this.url, server, properties, progress });
  });

  /** Of what is made as it is sent, whose size nobody knows before. */
  async #sizeOf(key: string): Promise<number> {
    let size = 0;
    for await (const chunk of (await this.get(key)) ?? []) {
      size += (chunk as Buffer).length;
      if (size > mostCounted) {
        const what = `${this.url}/${key} has more than ${formatBytes(mostCounted)}, and its server does not tell how many`;
        throw new AlbaError('source', `${what}: serve it with a Content-Length`);
      }
    }
    return size;
  }

  #gone(key: string): AlbaError {
    return new AlbaError('source', `${this.url}/${key} was there a moment ago and is no longer: try again`);
  }

  async #ask(method: 'GET' | 'HEAD', key: string, headers: HttpRequest['headers'] = {}): Promise<Answer> {
    const url = this.#urlOf(key);
    const response = await this.#client.ask({ method, url, headers }, (answer) => {
      const { status } = answer;
      const isMissing = status === 404 || status === 410;
      const isHidden = status === 403 && ((this.#hasRead && this.isUnlisted) || key.endsWith('/'));
      return isMissing || isHidden || isFolder(answer, url);
    });
    if (!(await this.#isThere(response, key))) {
      await discard(response);
      return undefined;
    }
    this.#hasRead = true;
    return response;
  }

  async #isThere(response: HttpResponse, key: string): Promise<boolean> {
    const { status } = response;
    if (status === 404 || status === 410) return false;
    if (status === 403) {
      this.#options.progress.debug(`${this.url}/${key} answered 403: taken for missing`);
      return false;
    }
    if (isFolder(response, this.#urlOf(key))) return false;
    const isPage = isHtml(response) && !/\.x?html?$/i.test(key);
    return !isPage || !(await this.#hasPagesForAll());
  }

  readonly #hasPagesForAll = once(async (): Promise<boolean> => {
    const url = this.#urlOf(`alba-${randomBytes(8).toString('hex')}`);
    const asked = { method: 'GET', url } as const;
    const response = await this.#client.askOnce(asked).catch(() => undefined);
    if (!response) return false;
    await discard(response);
    const isPage = response.status === 200 && isHtml(response);
    if (isPage) {
      this.#options.progress.warn(
        `${this.#client.home.origin} answers any name with a web page: what it answers so is taken for missing`,
      );
    }
    return isPage;
  });

  /** Colons stay as they are: so clients ask for digests, and so caches know them. */
  #urlOf(key: string): URL {
    const names = key.replace(/(?<=.)\/$/, '').split('/');
    const isPath = names.every((name) => !['', '.', '..'].includes(name)) && !key.includes('\0');
    if (!isPath) {
      const expected = 'expected names between single slashes, none of them empty, "." or ".."';
      throw new AlbaError('source', `"${key}" cannot be asked for: ${expected}`);
    }
    return new URL(`${this.url}/${encodeKey(this.pathOf(key)).replaceAll('%3A', ':')}`);
  }
}

/** Whether a server leads from a name to the same with a slash, as it does to what is in a folder. */
function isFolder({ request }: HttpResponse, asked: URL): boolean {
  return request.url.pathname === `${asked.pathname}/`;
}

function isHtml(response: HttpResponse): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(response.header('content-type') ?? '');
}
