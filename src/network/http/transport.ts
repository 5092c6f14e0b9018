import type { buildConnector, Dispatcher } from 'undici';
import { AlbaError, type ErrorCode, systemCode } from '../../errors.ts';
import { keepAuthorization } from '../../progress/secrets.ts';
import { bareHost, isPrivateHost } from '../address.ts';
import { type Certificates, trusting } from '../certificates.ts';
import { publicLookup, Whereabouts } from '../guarded-lookup.ts';
import { isCloudHost } from '../private-networks.ts';
import { type Proxies, type ProxyServer, proxyFor } from '../proxy.ts';
import { connectionHint } from './connection-hint.ts';
import { HttpError } from './error.ts';
import { isRefusedHandshake, plainReason } from './handshake.ts';
import { shownUrl } from './host.ts';
import { discard, type HttpRequest, type HttpResponse, type RequestBody } from './http.ts';
import type { Timeouts } from './timeouts.ts';

/** What every request to a registry has in common. */
export interface TransportOptions {
  /**
   * The registry's origin. If it is public, nothing it says leads into a private network, and wherever it is, to no address at which
   * clouds hand out keys, as far as that can be seen: behind a proxy names are not looked at, addresses are.
   */
  readonly home: URL;
  readonly registry: string;
  /** What the server is, for advice; a registry if not given. */
  readonly noun?: 'registry' | 'server';
  /** Whose fault a broken connection is. */
  readonly fault: ErrorCode;
  readonly certificates: Certificates | undefined;
  readonly proxies: Proxies;
  readonly timeouts: Timeouts;
  /** Origins of plain http to which a server of https may lead all the same: those that the workflow names itself. */
  readonly plainOrigins?: ReadonlySet<string>;
}

/** To one host; as many as a request may ask for. How many are in use is for who copies to say. */
const maxConnections = 64;

const transientCodes: readonly string[] = [
  ...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EAI_AGAIN', 'HPE_INVALID_EOF_STATE'],
  ...['UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'],
];

/** Of connections that ended. */
const lostCodes: readonly string[] = ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'];

/**
 * Sends single requests: connections, certificates, proxies, timeouts. Follows nothing, repeats nothing. Of
 * undici only what that takes is loaded: all of it would take 40 ms more, and is for proxies alone.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #dispatchers = new Map<string, Promise<Dispatcher>>();
  /** What a server's TLS said last before a connection ended, by its origin. */
  readonly #alerts = new Map<string, Error>();
  /** Origins of servers that have answered. */
  readonly #answered = new Set<string>();
  readonly #home: Whereabouts;

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#home = new Whereabouts(options.home.hostname);
  }

  async send(request: HttpRequest): Promise<HttpResponse> {
    const { timeouts } = this.#options;
    const { method, url, headers, body } = request;
    const size = body && sizeOf(body);
    if (headers.authorization !== undefined) keepAuthorization(headers.authorization);
    const [{ default: dispatch }, dispatcher] = await Promise.all([
      import('undici/lib/api/api-request.js'),
      this.#dispatcherFor(url),
    ]);
    try {
      const {
        statusCode,
        headers: given,
        ...answer
      } = await dispatch.call(dispatcher, {
        origin: url.origin,
        path: `${url.pathname}${url.search}`,
        method,
        headers: { ...headers, ...(size !== undefined && { 'content-length': `${size}` }) },
        ...(body && { body: body instanceof Uint8Array ? body : body.open() }),
        headersTimeout: body ? timeouts.upload : timeouts.answer,
        bodyTimeout: timeouts.body,
        // undici would end the connection after a HEAD.
        reset: false,
      });
      const header = (name: string) => {
        const value = given[name];
        return Array.isArray(value) ? value.join(', ') : value;
      };
      const response = { request, status: statusCode, body: answer.body, header };
      await this.#checkProxy(response);
      this.#answered.add(url.origin);
      this.#alerts.delete(url.origin);
      return response;
    } catch (cause) {
      throw this.failure(request, cause);
    }
  }

  /** A connection that broke, before an answer or within its body, as an error to be read. */
  failure({ method, url, headers, body }: HttpRequest, cause: unknown): AlbaError {
    if (cause instanceof AlbaError) return cause;
    const code = systemCode(cause) ?? '';
    const what = `${method} ${shownUrl(url)}`;
    if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH' && body) {
      return new AlbaError('source', `${what}: what was to be sent is not ${sizeOf(body)} bytes long`, {
        cause,
      });
    }
    // undici tells of a connection that ended, not of the alert before that.
    const alert = lostCodes.includes(code) ? this.#alerts.get(url.origin) : undefined;
    if (alert) return this.failure({ method, url, headers, ...(body && { body }) }, alert);
    const { registry, noun } = this.#options;
    const hint = connectionHint(cause, url, registry, this.#answered.has(url.origin), noun);
    return new HttpError(
      isRefusedHandshake(cause) ? 'auth' : this.#options.fault,
      `${what} failed: ${plainReason(cause)}${code && ` (${code})`}${hint && `; ${hint}`}`,
      { cause, transient: transientCodes.includes(code) },
    );
  }

  /** Ends every connection, whatever is still under way. */
  async close(): Promise<void> {
    const dispatchers = [...this.#dispatchers.values()];
    this.#dispatchers.clear();
    await Promise.all(
      dispatchers.map((dispatcher) =>
        dispatcher.then(
          (made) => made.destroy(),
          () => {},
        ),
      ),
    );
  }

  /** No server answers 407, but the proxy that a request was handed to. */
  async #checkProxy(response: HttpResponse): Promise<void> {
    const { url } = response.request;
    const proxy = response.status === 407 ? proxyFor(url, this.#options.proxies) : undefined;
    if (!proxy) return;
    await discard(response);
    const { proxyRefused } = await import('../proxy-error.ts');
    throw proxyRefused(proxy, { url, fault: this.#options.fault }, response.status);
  }

  async #dispatcherFor(url: URL): Promise<Dispatcher> {
    const { home } = this.#options;
    const guarded = url.origin !== home.origin && !(await this.#isHomePrivate());
    if (guarded && isPrivateHost(url.hostname)) {
      throw this.#notFollowed(url, 'inside a private network', 'a public address');
    }
    if (url.hostname !== home.hostname && isCloudHost(bareHost(url.hostname))) {
      throw this.#notFollowed(url, 'an address at which clouds hand out keys', 'another one');
    }
    if (
      home.protocol === 'https:' &&
      url.protocol === 'http:' &&
      !this.#options.plainOrigins?.has(url.origin)
    ) {
      throw this.#notFollowed(
        url,
        'plain http, where whoever listens reads it',
        `https, or you name ${url.origin} in trusted-endpoints`,
      );
    }
    const proxy = proxyFor(url, this.#options.proxies);
    const key = proxy ? url.origin : `${url.protocol} ${guarded}`;
    const known = this.#dispatchers.get(key) ?? this.#connect(url, proxy, guarded);
    this.#dispatchers.set(key, known);
    return known;
  }

  #notFollowed(url: URL, where: string, remedy: string): HttpError {
    const { registry, fault } = this.#options;
    const what = `${registry} leads to ${shownUrl(url)}, ${where}`;
    return new HttpError(fault, `${what}: not followed; who runs it has to give its storage ${remedy}`);
  }

  /** What a proxy finds by a name cannot be known: that counts as public, whatever it is here. */
  #isHomePrivate(): boolean | Promise<boolean> {
    const { home, proxies } = this.#options;
    return proxyFor(home, proxies) ? isPrivateHost(home.hostname) : this.#home.isPrivate();
  }

  async #connect(url: URL, proxy: ProxyServer | undefined, guarded: boolean): Promise<Dispatcher> {
    const { certificates, timeouts, fault } = this.#options;
    const isSecure = url.protocol === 'https:' || proxy?.url.protocol === 'https:';
    const trust = isSecure ? await trusting(certificates) : {};
    const connections = maxConnections;
    if (proxy) {
      const { proxiedDispatcher } = await import('./proxied-dispatcher.ts');
      const target = { url: new URL(url.origin), fault };
      return proxiedDispatcher({ proxy, target, trust, timeout: timeouts.connect, connections });
    }
    const [{ default: Agent }, { default: buildConnector }] = await Promise.all([
      import('undici/lib/dispatcher/agent.js'),
      import('undici/lib/core/connect.js'),
    ]);
    const connect = buildConnector({
      ...trust,
      timeout: timeouts.connect,
      lookup: guarded ? publicLookup : this.#home.lookup,
    });
    return new Agent({ connections, connect: this.#listening(connect) });
  }

  /** Connects, and remembers alerts: in TLS 1.3 a server refuses who we are when the connection stands. */
  #listening(connect: buildConnector.connector): buildConnector.connector {
    return (options, callback) =>
      connect(options, (...[failure, socket]) => {
        if (failure) return callback(failure, null);
        socket.on('error', (alert) => {
          if (isRefusedHandshake(alert)) this.#alerts.set(`${options.protocol}//${options.host}`, alert);
        });
        callback(null, socket);
      });
  }
}

function sizeOf(body: RequestBody): number | undefined {
  return body instanceof Uint8Array ? body.length : body.size;
}
