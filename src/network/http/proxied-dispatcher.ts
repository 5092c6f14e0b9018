import { Agent, buildConnector, type Dispatcher, Pool, ProxyAgent } from 'undici';
import type { Trust } from '../certificates.ts';
import { openWay } from '../open-way.ts';
import { type ProxyServer, proxyAuthorization, socksVersion } from '../proxy.ts';
import { type ProxiedTarget, proxyRefused, proxyUnreachable } from '../proxy-error.ts';
import { openSocks } from '../socks.ts';

/** How connections to one server are made through a proxy. */
export interface ProxiedOptions {
  readonly proxy: ProxyServer;
  /** The server's origin. */
  readonly target: ProxiedTarget;
  /** Of TLS, with the proxy and with the server. */
  readonly trust: Trust;
  /** In milliseconds, until the way is open. */
  readonly timeout: number;
  /** How many there are at most. */
  readonly connections: number;
}

/** Sends requests to one server through a proxy; a proxy that fails is told as one (HttpError). */
export function proxiedDispatcher(options: ProxiedOptions): Dispatcher {
  if (socksVersion(options.proxy)) return socksAgent(options);
  return options.target.url.protocol === 'https:' ? tunnelAgent(options) : new ForwardAgent(options);
}

/** By CONNECT (RFC 9110, 9.3.6). */
function tunnelAgent(options: ProxiedOptions): Dispatcher {
  const { proxy, trust, timeout, connections } = options;
  const token = proxyAuthorization(proxy);
  return new ProxyAgent({
    uri: proxy.url.href,
    ...(token !== undefined && { token }),
    connections,
    requestTls: { ...trust, timeout },
    clientFactory: (origin) => new TunnelPool(origin, options),
  });
}

/** The connections to a proxy that become tunnels. */
class TunnelPool extends Pool {
  readonly #options: ProxiedOptions;

  constructor(origin: URL, options: ProxiedOptions) {
    super(origin, { connect: connectorTo(options) });
    this.#options = options;
  }

  // Of the two forms, undici uses this one alone.
  override async connect(request: Dispatcher.ConnectOptions): Promise<Dispatcher.ConnectData> {
    const { proxy, target, timeout } = this.#options;
    const answer = await openWay(proxy, target, timeout, (signal) => super.connect({ ...request, signal }));
    if (answer.statusCode === 200) return answer;
    answer.socket.on('error', () => {}).destroy();
    throw proxyRefused(proxy, target, answer.statusCode);
  }
}

/** Tells a proxy whole URLs, for it to ask (RFC 9112, 3.2.2). */
class ForwardAgent extends Agent {
  readonly #proxy: ProxyServer;

  constructor(options: ProxiedOptions) {
    super({ connections: options.connections, connect: connectorTo(options) });
    this.#proxy = options.proxy;
  }

  override dispatch(options: Agent.DispatchOptions, handler: Dispatcher.DispatchHandler): boolean {
    const { origin = '', path } = options;
    const authorization = proxyAuthorization(this.#proxy);
    const headers = {
      ...options.headers,
      host: new URL(origin).host,
      ...(authorization !== undefined && { 'proxy-authorization': authorization }),
    };
    return super.dispatch(
      { ...options, origin: this.#proxy.url, path: `${origin}${path}`, headers },
      handler,
    );
  }
}

/** Connects to a proxy itself, whose certificate is for its own name, not for the one that a request is sent to. */
function connectorTo({ proxy, target, trust, timeout }: ProxiedOptions): buildConnector.connector {
  const connect = buildConnector({ ...trust, timeout });
  return (options, callback) =>
    connect({ ...options, servername: '' }, (...[failure, socket]) => {
      if (failure) callback(proxyUnreachable(proxy, target, failure), null);
      else callback(null, socket);
    });
}

/** In milliseconds: who waits has given up before the connection is closed. */
const grace = 1_000;

/** undici's own agent for SOCKS warns of itself on standard error, and cannot reach addresses of IPv6. */
function socksAgent({ proxy, target, trust, timeout, connections }: ProxiedOptions): Dispatcher {
  const secure = buildConnector({ ...trust, timeout });
  const port = Number(target.url.port || (target.url.protocol === 'https:' ? 443 : 80));
  const destination = { host: target.url.hostname, port };
  return new Agent({
    connections,
    connect: (options, callback) => {
      openWay(proxy, target, timeout, () => openSocks(proxy, destination, timeout + grace)).then(
        (socket) => {
          if (options.protocol === 'https:') secure({ ...options, httpSocket: socket }, callback);
          else callback(null, socket);
        },
        (failure: Error) => callback(failure, null),
      );
    },
  });
}
