import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { once } from '../concurrency/once.ts';
import {
  beforeRetry,
  type Retries,
  type RetryContext,
  type RetryOptions,
  retrying,
} from '../concurrency/retry.ts';
import { AlbaError } from '../errors.ts';
import type { Certificates } from '../network/certificates.ts';
import { passesAfter } from '../network/http/error.ts';
import { contentLength, discard, type HttpRequest, type HttpResponse } from '../network/http/http.ts';
import { follow } from '../network/http/redirect.ts';
import { resumedBody } from '../network/http/resumed-body.ts';
import { defaultRetries, defaultTimeouts, type Timeouts } from '../network/http/timeouts.ts';
import { Transport } from '../network/http/transport.ts';
import type { Proxies } from '../network/proxy.ts';
import { encodeKey } from './encode-key.ts';
import { isAskedForPassword, refusalOf } from './http-refusal.ts';
import type { Proof, Storage, StoredObject } from './storage.ts';

/** A name and a password for one server. */
export interface HttpLogin {
  readonly username: string;
  readonly password: string;
  /** Where they come from, in the words of a message. */
  readonly origin: string;
}

/** How a web server is reached, and who we are there. */
export interface HttpOptions extends RetryContext {
  /** Told from the first request on. */
  readonly login?: HttpLogin | undefined;
  /** Finds one when the server asks for it; told of each place that has none. */
  readonly findLogin: (missed: (place: string) => void) => Promise<HttpLogin | undefined>;
  readonly certificates?: Certificates | undefined;
  readonly proxies?: Proxies | undefined;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<Retries>;
}

/** What a server answered, and whether there is such a key. */
type Answer = HttpResponse | undefined;

/**
 * What any web server serves below a URL, read by keys. It cannot be listed, and nothing can be written. What is missing is 404;
 * also 403, once something was readable, as buckets say so that may not be listed; a redirect from a name to a folder of the same name; and
 * a web page, where the server has one for every name there could be.
 */
export class HttpStorage implements Storage {
  readonly url: string;
  readonly isUnlisted = true;
  readonly #options: HttpOptions;
  readonly #timeouts: Timeouts;
  readonly #retryOptions: RetryOptions;
  readonly #transport: Transport;
  readonly #home: URL;
  readonly #missed: string[] = [];
  #login: HttpLogin | undefined;
  #hasRead = false;

  /** The URL that keys come behind, without a slash at its end, login or query. */
  constructor(url: string, options: HttpOptions) {
    const { progress, signal, certificates, proxies = {} } = options;
    this.url = url;
    this.#home = new URL(url);
    this.#options = options;
    this.#login = options.login;
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#retryOptions = {
      progress,
      signal,
      retries: { ...defaultRetries, ...options.retries },
      passesAfter,
      asked: this.#home.host,
    };
    this.#transport = new Transport({
      ...{ home: this.#home, registry: this.#home.host, noun: 'server', fault: 'source' },
      ...{ certificates, proxies, timeouts: this.#timeouts },
    });
  }

  async head(key: string): Promise<StoredObject | undefined> {
    const response = await this.#ask('HEAD', key);
    if (!response) return undefined;
    await discard(response);
    const size = contentLength(response) ?? (await this.#sizeOf(key));
    const modified = new Date(response.header('last-modified') ?? 0);
    return { key, size, modified: Number.isNaN(modified.getTime()) ? new Date(0) : modified };
  }

  async get(key: string): Promise<Readable | undefined> {
    const first = await this.#ask('GET', key);
    if (!first) return undefined;
    const bytes = resumedBody(first, {
      fault: 'source',
      failure: (response, cause) => this.#transport.failure(response.request, cause),
      beforeRetry: (failure, attempt) => beforeRetry(failure, attempt, this.#retryOptions),
      ask: async (range) => (await this.#ask('GET', key, { range })) ?? Promise.reject(this.#gone(key)),
    });
    return Readable.from(bytes, { objectMode: false });
  }

  put(): Promise<never> {
    return this.#takeNothing();
  }

  copy(): Promise<never> {
    return this.#takeNothing();
  }

  delete(): Promise<never> {
    return this.#takeNothing();
  }

  list(): AsyncIterable<StoredObject> {
    throw new AlbaError(
      'source',
      `${this.url} cannot be listed: a web server tells of what it is asked for by name, and of nothing else`,
    );
  }

  async prove(): Promise<Proof> {
    return 'hidden';
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #takeNothing(): Promise<never> {
    throw new AlbaError(
      'target',
      `${this.url} takes nothing in: what a web server serves is only read; publish to what is behind it, such as s3://… or file://…`,
    );
  }

  /** Of what is made as it is sent, whose size nobody knows before. */
  async #sizeOf(key: string): Promise<number> {
    let size = 0;
    for await (const chunk of (await this.get(key)) ?? []) size += (chunk as Buffer).length;
    return size;
  }

  #gone(key: string): AlbaError {
    return new AlbaError('source', `${this.url}/${key} was there a moment ago and is no longer: try again`);
  }

  async #ask(method: 'GET' | 'HEAD', key: string, headers: HttpRequest['headers'] = {}): Promise<Answer> {
    const url = this.#urlOf(key);
    const response = await retrying(() => this.#attempt({ method, url, headers }), this.#retryOptions);
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
    const response = await this.#attempt({ method: 'GET', url, headers: {} }).catch(() => undefined);
    if (!response) return false;
    await discard(response);
    const isPage = response.status === 200 && isHtml(response);
    if (isPage) {
      this.#options.progress.warn(
        `${this.#home.origin} answers any name with a web page: what it answers so is taken for missing`,
      );
    }
    return isPage;
  });

  /** Sends a request once; once more with a login if it was asked for one. */
  async #attempt(request: HttpRequest): Promise<HttpResponse> {
    const first = await this.#send(request);
    if (isAskedForPassword(first) && !this.#login && this.#isHome(first.request.url)) {
      this.#login = await this.#options.findLogin((place) => this.#missed.push(place));
      if (this.#login) {
        await discard(first);
        return this.#checked(await this.#send(request), request);
      }
    }
    return this.#checked(first, request);
  }

  #send({ headers, ...request }: HttpRequest): Promise<HttpResponse> {
    const own = { 'user-agent': 'alba', 'accept-encoding': 'identity' };
    const signed = this.#login ? { authorization: basicOf(this.#login) } : {};
    const send = (one: HttpRequest): Promise<HttpResponse> => this.#transport.send(one);
    return follow(send, { ...request, headers: { ...own, ...signed, ...headers } });
  }

  #checked(response: HttpResponse, asked: HttpRequest): HttpResponse {
    const { status } = response;
    if ((status >= 200 && status < 300) || status === 404 || status === 410) return response;
    if ((status === 403 && this.#hasRead) || isFolder(response, asked.url)) return response;
    response.body.on('error', () => {}).destroy();
    throw refusalOf(response, { login: this.#login?.origin, missed: this.#missed });
  }

  #isHome(url: URL): boolean {
    return url.origin === this.#home.origin;
  }

  /** Colons stay as they are: so clients ask for digests, and so caches know them. */
  #urlOf(key: string): URL {
    const isPath = key.split('/').every((name) => !['', '.', '..'].includes(name)) && !key.includes('\0');
    if (!isPath) {
      const expected = 'expected names between single slashes, none of them empty, "." or ".."';
      throw new AlbaError('source', `"${key}" cannot be asked for: ${expected}`);
    }
    return new URL(`${this.url}/${encodeKey(key).replaceAll('%3A', ':')}`);
  }
}

/** Whether a server leads from a name to the same with a slash, as it does to what is in a folder. */
function isFolder({ request }: HttpResponse, asked: URL): boolean {
  return request.url.pathname === `${asked.pathname}/`;
}

function isHtml(response: HttpResponse): boolean {
  return /^\s*(?:text\/html|application\/xhtml\+xml)\b/i.test(response.header('content-type') ?? '');
}

/** RFC 7617. */
function basicOf({ username, password }: HttpLogin): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
