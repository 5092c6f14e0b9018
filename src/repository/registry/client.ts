import { beforeRetry, type RetryOptions, retrying } from '../../concurrency/retry.ts';
import type { ErrorCode } from '../../errors.ts';
import { passesAfter, statusOf } from '../../network/http/error.ts';
import { originOf } from '../../network/http/host.ts';
import {
  discard,
  type HttpRequest,
  type HttpResponse,
  type RequestBody,
  readUpTo,
  type Send,
} from '../../network/http/http.ts';
import { follow } from '../../network/http/redirect.ts';
import { Throttle } from '../../network/http/throttle.ts';
import { defaultRetries, defaultTimeouts, type Timeouts } from '../../network/http/timeouts.ts';
import { Transport } from '../../network/http/transport.ts';
import type { Reference } from '../../oci/reference.ts';
import { Authorizer } from './authorizer.ts';
import type { RegistryOptions } from './options.ts';
import { repositoryScope } from './scope.ts';
import { statusError } from './status-error.ts';
import type { Context } from './status-hint.ts';
import { readToken, type Token, type TokenRequest, tokenRequest } from './token.ts';

/** How HEAD is refused by who does not know it. */
const noHeads: readonly (number | undefined)[] = [405, 501];

/** One call of the distribution API. */
export interface Call {
  readonly method: HttpRequest['method'];
  /** Below `/v2/<repository>/`, or a URL that the registry gave. */
  readonly to: string | URL;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: RequestBody;
  /** Statuses that are an answer, not an error, besides 2xx. */
  readonly accept?: readonly number[];
  /** Statuses that may pass with another attempt here, besides those that may anywhere. */
  readonly transient?: readonly number[];
  /** Another repository of the registry that is to be read besides. */
  readonly from?: string;
}

/** Speaks to one repository of a registry: signed in, redirects followed. The caller reads or discards bodies. */
export class Client {
  readonly fault: ErrorCode;
  readonly #timeouts: Timeouts;
  readonly #retryOptions: RetryOptions;
  readonly #reference: Reference;
  readonly #options: RegistryOptions;
  readonly #home: URL;
  readonly #transport: Transport;
  readonly #authorizer: Authorizer;
  readonly #send: Send;
  readonly #throttle: Throttle;
  #takesHeads = true;

  constructor(reference: Reference, options: RegistryOptions) {
    const { registry, repository } = reference;
    const { access, credentials, progress, signal, proxies = {}, certificates, plainOrigins } = options;
    this.#reference = reference;
    this.#options = options;
    this.#home = originOf(registry, options.plainHttp);
    this.fault = access === 'pull' ? 'source' : 'target';
    this.#timeouts = { ...defaultTimeouts, ...options.timeouts };
    const retries = { ...defaultRetries, ...options.retries };
    this.#throttle = new Throttle(signal, retries.longestDelay);
    this.#retryOptions = {
      ...{ progress, signal, retries, passesAfter, asked: registry },
      rested: this.#throttle.rested,
    };
    this.#transport = new Transport({
      ...{ home: this.#home, registry, fault: this.fault },
      ...{ certificates, proxies, timeouts: this.#timeouts },
      ...(plainOrigins && { plainOrigins }),
    });
    this.#send = (request) => this.#transport.send(request);
    const fetchToken = (request: TokenRequest) => this.#fetchToken(request);
    this.#authorizer = new Authorizer({
      ...{ registry, repository, access, home: this.#home, credentials, fetchToken },
      debug: (text) => progress.debug(text),
    });
  }

  /** Makes a call as often as it takes, within bounds. For calls that may be repeated. */
  call(call: Call): Promise<HttpResponse> {
    return this.retry(() => this.attempt(call));
  }

  /** Repeats any work while it fails with what may pass. */
  retry<T>(work: (attempt: number, moved: () => void) => Promise<T>): Promise<T> {
    return retrying(work, this.#retryOptions);
  }

  /** Does what cannot be repeated; a long silence is told. */
  once<T>(work: (moved: () => void) => Promise<T>): Promise<T> {
    const { retries } = this.#retryOptions;
    return retrying((_, moved) => work(moved), {
      ...this.#retryOptions,
      retries: { ...retries, count: 0 },
    });
  }

  /** Waits before another attempt at what failed in this one; throws its failure where there is to be none. */
  beforeRetry(failure: unknown, attempt: number): Promise<void> {
    return beforeRetry(failure, attempt, this.#retryOptions);
  }

  /** Makes a call once; once more with a new token if it was told 401. */
  attempt(call: Call): Promise<HttpResponse> {
    return this.#throttle.run(() => this.#looked(call));
  }

  /** A look by HEAD is one by GET where that is refused (RFC 9110, 9.1: servers must take it, those behind some proxies do not). */
  async #looked(call: Call): Promise<HttpResponse> {
    if (call.method !== 'HEAD') return this.#attempt(call);
    const got = { ...call, method: 'GET' } as const;
    if (!this.#takesHeads) return this.#attempt(got);
    try {
      return await this.#attempt(call);
    } catch (failure) {
      if (!noHeads.includes(statusOf(failure))) throw failure;
      const response = await this.#attempt(got);
      this.#takesHeads = false;
      return response;
    }
  }

  async #attempt(call: Call): Promise<HttpResponse> {
    const scopes = this.#scopes(call.from);
    const request = this.#requestOf(call);
    const authorization = this.#isHome(request.url) ? await this.#authorizer.header(scopes) : undefined;
    const first = await follow(this.#send, signed(request, authorization));
    if (first.status !== 401 || !this.#isHome(request.url) || !this.#isHome(first.request.url)) {
      return this.#checked(first, call);
    }
    const renewed = await this.#authorizer.renew(first, scopes, authorization);
    if (renewed === undefined) return this.#checked(first, call);
    await discard(first);
    return this.#checked(await follow(this.#send, signed(request, renewed)), call);
  }

  /** Reads a small body: up to one byte more than the limit. */
  readUpTo(response: HttpResponse, limit: number): Promise<Buffer> {
    return readUpTo(response, limit, this.#timeouts.body).catch((cause: unknown) => {
      throw this.failure(response, cause);
    });
  }

  /** An error for what broke while a body was read. */
  failure(response: HttpResponse, cause: unknown): Error {
    return this.#transport.failure(response.request, cause);
  }

  close(): Promise<void> {
    return this.#transport.close();
  }

  async #checked(response: HttpResponse, { accept = [], transient = [] }: Call): Promise<HttpResponse> {
    const { status } = response;
    if ((status >= 200 && status < 300) || accept.includes(status)) return response;
    throw await statusError(response, this.#context(), { transient, milliseconds: this.#timeouts.body });
  }

  /** A form carries its secret in the body: unlike a header, that would follow a redirect anywhere. */
  async #fetchToken(wanted: TokenRequest): Promise<Token> {
    const request = this.#withAgent(tokenRequest(wanted));
    const { method, url: to } = request;
    const answer = method === 'GET' ? await follow(this.#send, request) : await this.#send(request);
    const response = await this.#checked(answer, { method, to });
    return readToken(response, this.#timeouts.body).catch((cause: unknown) => {
      throw this.failure(response, cause);
    });
  }

  #requestOf({ method, to, headers = {}, body }: Call): HttpRequest {
    const url = to instanceof URL ? to : new URL(`/v2/${this.#reference.repository}/${to}`, this.#home);
    return this.#withAgent({ method, url, headers, ...(body && { body }) });
  }

  #withAgent(request: HttpRequest): HttpRequest {
    return { ...request, headers: { 'user-agent': 'alba', ...request.headers } };
  }

  #scopes(from: string | undefined): string[] {
    const own = repositoryScope(this.#reference.repository, this.#options.access);
    return from === undefined ? [own] : [own, repositoryScope(from, 'pull')];
  }

  #isHome(url: URL): boolean {
    return url.origin === this.#home.origin;
  }

  #context(): Context {
    const { registry, repository } = this.#reference;
    const { tried, missed, secrets, challenges } = this.#authorizer;
    return { registry, repository, access: this.#options.access, tried, missed, secrets, challenges };
  }
}

function signed(request: HttpRequest, authorization: string | undefined): HttpRequest {
  return authorization === undefined
    ? request
    : { ...request, headers: { ...request.headers, authorization } };
}
