import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import { isIP, isIPv6 } from 'node:net';
import { pipeline, type Readable, Transform } from 'node:stream';
import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler, type NodeHttpHandlerOptions } from '@smithy/node-http-handler';
import { AlbaError } from '../errors.ts';
import { bareHost } from '../network/address.ts';
import type { Trust } from '../network/certificates.ts';
import {
  type Proxies,
  type ProxyServer,
  proxyAuthorization,
  proxyFor,
  socksVersion,
} from '../network/proxy.ts';
import { isConnectFailure, proxyRefused, proxyUnreachable } from '../network/proxy-error.ts';
import { keepSecret } from '../progress/secrets.ts';
import type { S3Timeouts } from './options.ts';

/** In ms. A proxy has 15 s to open the way: when these are over, it is told as silent. */
const connectTimeout = { direct: 15_000, proxied: 16_000 };
const usualTimeouts: S3Timeouts = { silence: 120_000, answer: 60_000 };

/** In bytes, of what is no object: a page of a list has a thousand keys of a kilobyte, each letter of which may be written as six. */
const mostAnswer = 16 * 1024 * 1024;

type Handle = NodeHttpHandler['handle'];
type Options = Parameters<Handle>[1];

/**
 * Sends the requests of the SDK, each by the way to the host that it is for: directly, or through a proxy. That host
 * is the bucket's, which the SDK makes of region and endpoint, or one that gives credentials. Sockets are not
 * limited: the time that a request waits for one would count as the time to connect.
 */
export class S3Handler extends NodeHttpHandler {
  readonly #proxies: Proxies;
  /** Reads certificates: nothing that speaks plain http waits for that. */
  readonly #trust: () => Promise<Trust>;
  /** By the scheme of requests, for each of which there is one proxy, and whether there is one. */
  readonly #made = new Map<string, Promise<NodeHttpHandler>>();

  readonly #timeouts: S3Timeouts;

  constructor(proxies: Proxies, trust: () => Promise<Trust>, timeouts: Partial<S3Timeouts> = {}) {
    const all = { ...usualTimeouts, ...timeouts };
    super({
      connectionTimeout: connectTimeout.direct,
      socketTimeout: all.silence,
      httpAgent: plainAgent(),
    });
    this.#timeouts = all;
    this.#proxies = proxies;
    this.#trust = trust;
  }

  override async handle(request: HttpRequest, options?: Options): ReturnType<Handle> {
    keepSent(request);
    const answer = await this.#send(request, options);
    if (isForObject(request) || request.method === 'HEAD') return answer;
    const { response } = answer;
    response.body = bounded(response.body, response.headers['content-length']);
    endAfter(response.body, this.#timeouts.answer);
    return answer;
  }

  async #send(request: HttpRequest, options?: Options): ReturnType<Handle> {
    const url = urlOf(request);
    const proxy = proxyFor(url, this.#proxies);
    if (!proxy && url.protocol === 'http:') return super.handle(request, options);
    const isTunnelled = url.protocol === 'https:' || (proxy && socksVersion(proxy) !== undefined);
    const key = `${url.protocol} ${proxy !== undefined}`;
    const making = this.#made.get(key) ?? this.#make(proxy, isTunnelled === true);
    this.#made.set(key, making);
    const handler = await making;
    return !proxy || isTunnelled
      ? handler.handle(request, options)
      : forward(handler, request, options, proxy);
  }

  async #make(proxy: ProxyServer | undefined, isTunnelled: boolean): Promise<NodeHttpHandler> {
    const trust = await this.#trust();
    const socketTimeout = this.#timeouts.silence;
    if (!proxy) {
      const httpsAgent = new HttpsAgent({ keepAlive: true, ...trust });
      return new NodeHttpHandler({ connectionTimeout: connectTimeout.direct, socketTimeout, httpsAgent });
    }
    const agents = isTunnelled ? await openTunnels(proxy, trust) : agentsTo(proxy, trust);
    return new NodeHttpHandler({ connectionTimeout: connectTimeout.proxied, socketTimeout, ...agents });
  }

  override destroy(): void {
    super.destroy();
    for (const handler of this.#made.values()) {
      handler.then(
        (made) => made.destroy(),
        () => {},
      );
    }
    this.#made.clear();
  }
}

/** What of who we are a server is shown (Signature Version 4): the key's name and the token of a session. */
function keepSent({ headers }: HttpRequest): void {
  const [, key] = /^AWS4-HMAC-SHA256 Credential=([^/]+)\//.exec(headers.authorization ?? '') ?? [];
  for (const secret of [key, headers['x-amz-security-token']]) if (secret !== undefined) keepSecret(secret);
}

/** Whether it asks for the bytes of an object, as the SDK names that. */
function isForObject({ query }: HttpRequest): boolean {
  return query?.['x-id'] === 'GetObject';
}

/** An answer as it comes, if it is as long as a server's is that means no harm; breaks off where it is longer. */
function bounded(body: Readable, length: string | undefined): Readable {
  if (length !== undefined && Number(length) <= mostAnswer) return body;
  let size = 0;
  const count = new Transform({
    transform(chunk: Buffer, _, done) {
      size += chunk.length;
      if (size <= mostAnswer) done(null, chunk);
      else done(new AlbaError('target', `the server of the bucket answered more than ${mostAnswer} bytes`));
    },
  });
  return pipeline(body, count, () => {});
}

/** Breaks an answer off that is not complete by then. */
function endAfter(body: Readable, milliseconds: number): void {
  const late = new Error(`the answer was not complete after ${milliseconds} ms`);
  const timer = setTimeout(() => body.destroy(Object.assign(late, { code: 'ETIMEDOUT' })), milliseconds);
  body.once('close', () => clearTimeout(timer));
}

type Agents = Pick<NodeHttpHandlerOptions, 'httpAgent' | 'httpsAgent'>;

/** The libraries for it are loaded when there is a proxy. */
async function openTunnels(proxy: ProxyServer, trust: Trust): Promise<Agents> {
  const { tunnelAgent } = await import('../network/proxy-agents.ts');
  const agent = tunnelAgent(proxy, trust);
  return { httpAgent: agent, httpsAgent: agent };
}

/** For requests to a proxy itself, whose certificate is for its own name, not for the host of the request. */
function agentsTo({ url: { hostname } }: ProxyServer, trust: Trust): Agents {
  const host = bareHost(hostname);
  const servername = isIP(host) === 0 ? host : '';
  return {
    httpAgent: plainAgent(),
    httpsAgent: new HttpsAgent({ keepAlive: true, servername, ...trust }),
  };
}

function plainAgent(): HttpAgent {
  return new HttpAgent({ keepAlive: true });
}

function urlOf({ protocol, hostname, port }: HttpRequest): URL {
  const host = isIPv6(hostname) ? `[${hostname}]` : hostname;
  return new URL(`${protocol}//${host}${port === undefined ? '' : `:${port}`}`);
}

/** What goes wrong with the proxy is told as that; no server answers 407. */
async function forward(
  handler: NodeHttpHandler,
  request: HttpRequest,
  options: Options,
  proxy: ProxyServer,
): ReturnType<Handle> {
  const url = urlOf(request);
  const target = { url, fault: 'target' } as const;
  const answer = await handler.handle(forwarded(request, url, proxy), options).catch((cause: unknown) => {
    throw isConnectFailure(cause) ? proxyUnreachable(proxy, target, cause) : cause;
  });
  const { statusCode, body } = answer.response;
  if (statusCode !== 407) return answer;
  body.destroy();
  throw proxyRefused(proxy, target, statusCode);
}

/** The request as a proxy takes it: with the whole URL (RFC 9112, 3.2.2), its path byte for byte as it was signed. */
function forwarded(request: HttpRequest, url: URL, proxy: ProxyServer): HttpRequest {
  const { protocol, hostname, port } = proxy.url;
  const authorization = proxyAuthorization(proxy);
  return Object.assign(HttpRequest.clone(request), {
    ...{ protocol, hostname, port: port === '' ? undefined : Number(port), path: url.origin + request.path },
    headers: {
      host: url.host,
      ...request.headers,
      ...(authorization !== undefined && { 'proxy-authorization': authorization }),
    },
  });
}
