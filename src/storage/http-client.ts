import { once } from '../concurrency/once.ts';
import {
  beforeRetry,
  type Retries,
  type RetryContext,
  type RetryOptions,
  retrying,
} from '../concurrency/retry.ts';
import { telling } from '../content/count.ts';
import type { ErrorCode } from '../errors.ts';
import type { Certificates } from '../network/certificates.ts';
import { passesAfter } from '../network/http/error.ts';
import { discard, type HttpRequest, type HttpResponse } from '../network/http/http.ts';
import { follow } from '../network/http/redirect.ts';
import { defaultRetries, defaultTimeouts, type Timeouts } from '../network/http/timeouts.ts';
import { Transport } from '../network/http/transport.ts';
import type { Proxies } from '../network/proxy.ts';
import { isAskedForPassword, refusalOf } from './http-refusal.ts';

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
  /** Whether a login is looked for before the server asks for one: some answer 404 to strangers, or take a whole file first. */
  readonly signsInAtOnce?: boolean;
  /** Whose fault it is where nothing is read or written: the source's if not given. */
  readonly fault?: ErrorCode;
  readonly certificates?: Certificates | undefined;
  readonly proxies?: Proxies | undefined;
  readonly timeouts?: Partial<Timeouts>;
  readonly retries?: Partial<Retries>;
}

/** A request; what it says of us is added. */
type Asked = Omit<HttpRequest, 'headers'> & Partial<Pick<HttpRequest, 'headers'>>;

/**
 * Requests to one web server: who we are, retries, redirects. Who we are is told to its origin alone, and what is written is led
 * to no other method, and from https to https only.
 */
export class HttpClient {
  /** The URL that keys come behind, without a slash at its end, login or query. */
  readonly home: URL;
  readonly timeouts: Timeouts;
  readonly #options: HttpOptions;
  readonly #retryOptions: RetryOptions;
  readonly #transport: Transport;
  readonly #missed: string[] = [];
  #login: HttpLogin | undefined;

  constructor(url: string, options: HttpOptions) {
    const { progress, signal, certificates, proxies = {}, fault = 'source' } = options;
    this.home = new URL(url);
    this.#options = options;
    this.#login = options.login;
    this.timeouts = { ...defaultTimeouts, ...options.timeouts };
    this.#retryOptions = {
      progress,
      signal,
      retries: { ...defaultRetries, ...options.retries },
      passesAfter,
      asked: this.home.host,
    };
    this.#transport = new Transport({
      ...{ home: this.home, registry: this.home.host, noun: 'server', fault },
      ...{ certificates, proxies, timeouts: this.timeouts },
    });
  }

  /** The answer, if it is a success or one that is expected besides; else the error that it tells of. */
  ask(request: Asked, isExpected: (response: HttpResponse) => boolean = () => false): Promise<HttpResponse> {
    const { body, ...head } = request;
    if (!body || body instanceof Uint8Array)
      return retrying(() => this.askOnce(request, isExpected), this.#retryOptions);
    return retrying(
      (_, moved) => this.askOnce({ ...head, body: { ...body, open: telling(body.open, moved) } }, isExpected),
      this.#retryOptions,
    );
  }

  /** The same, once: with a login if there is one, and once more with one if the server wants it. */
  async askOnce(
    request: Asked,
    isExpected: (response: HttpResponse) => boolean = () => false,
  ): Promise<HttpResponse> {
    if (this.#options.signsInAtOnce) await this.#signIn();
    const first = await this.#send(request);
    if (isAskedForPassword(first) && !this.#login && first.request.url.origin === this.home.origin) {
      await this.#signIn();
      if (this.#login) {
        await discard(first);
        return this.#checked(await this.#send(request), isExpected);
      }
    }
    return this.#checked(first, isExpected);
  }

  /** Of a body that broke off. */
  bodyFailure(response: HttpResponse, cause: unknown): Error {
    return this.#transport.failure(response.request, cause);
  }

  /** Waits until what failed may be tried again; throws the failure where it may not. */
  beforeRetry(failure: unknown, attempt: number): Promise<void> {
    return beforeRetry(failure, attempt, this.#retryOptions);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  readonly #signIn = once(async (): Promise<void> => {
    this.#login ??= await this.#options.findLogin((place) => this.#missed.push(place));
  });

  #send({ headers, ...request }: Asked): Promise<HttpResponse> {
    const own = { 'user-agent': 'alba', 'accept-encoding': 'identity' };
    const signed = this.#login ? { authorization: authorizationOf(this.#login) } : {};
    const send = (one: HttpRequest): Promise<HttpResponse> => this.#transport.send(one);
    return follow(send, { ...request, headers: { ...own, ...signed, ...headers } });
  }

  async #checked(
    response: HttpResponse,
    isExpected: (response: HttpResponse) => boolean,
  ): Promise<HttpResponse> {
    const { status } = response;
    if ((status >= 200 && status < 300) || isExpected(response)) return response;
    throw await refusalOf(response, {
      login: this.#login?.origin,
      secrets: this.#login ? [this.#login.password, authorizationOf(this.#login).replace(/^\w+ /, '')] : [],
      missed: this.#missed,
      fault: this.#options.fault ?? 'source',
      milliseconds: this.timeouts.body,
    });
  }
}

/** By RFC 7617; a token that is not for a name is one by RFC 6750, as docker's logins have it under this name. */
function authorizationOf({ username, password }: HttpLogin): string {
  if (username === '<token>') return `Bearer ${password}`;
  return `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
}
