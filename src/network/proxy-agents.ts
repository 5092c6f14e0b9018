import { setMaxListeners } from 'node:events';
import type { ClientRequest } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { isIP, type Socket } from 'node:net';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { SocksProxyAgent } from 'socks-proxy-agent';
import { bareHost } from './address.ts';
import type { Trust } from './certificates.ts';
import { openWay } from './open-way.ts';
import { type ProxyServer, proxyAuthorization, socksVersion } from './proxy.ts';
import { type ProxiedTarget, proxyRefused } from './proxy-error.ts';

/** In milliseconds, until a proxy has opened the way. */
const timeout = 15_000;

type ConnectOptions = Parameters<HttpsProxyAgent<string>['connect']>[1];

/**
 * An agent of Node's own client whose connections lead through a proxy to the server: by CONNECT, or by SOCKS. A
 * proxy that fails is told as one (HttpError, `target`). Connections are kept.
 */
export function tunnelAgent(proxy: ProxyServer, trust: Trust): HttpsAgent {
  return socksVersion(proxy) ? new SocksAgent(proxy, trust) : new ConnectAgent(proxy, trust);
}

class ConnectAgent extends HttpsProxyAgent<string> {
  readonly #proxy: ProxyServer;
  readonly #trust: Trust;
  /** Ends connections to a proxy that says nothing: Node does not know them yet. */
  readonly #end: AbortController;

  constructor(proxy: ProxyServer, trust: Trust) {
    const end = new AbortController();
    setMaxListeners(0, end.signal);
    super(proxy.url, optionsOf(proxy, trust, end.signal));
    this.#proxy = proxy;
    this.#trust = trust;
    this.#end = end;
  }

  override async connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    const target = targetOf(options);
    let status = 200;
    request.once('proxyConnect', (answer: { readonly statusCode: number }) => {
      status = answer.statusCode;
    });
    const socket = await openWay(this.#proxy, target, timeout, () =>
      super.connect(request, { ...options, ...this.#trust }),
    );
    if (status === 200) return socket;
    // The library would hand out what the proxy said as if the server had.
    socket.destroy();
    throw proxyRefused(this.#proxy, target, status);
  }

  override destroy(): void {
    super.destroy();
    this.#end.abort();
  }
}

/** Of connections to the proxy: its certificate is for its own name. */
function optionsOf(proxy: ProxyServer, trust: Trust, signal: AbortSignal) {
  const authorization = proxyAuthorization(proxy);
  return {
    ...trust,
    keepAlive: true,
    signal,
    ...(authorization !== undefined && { headers: { 'Proxy-Authorization': authorization } }),
  };
}

class SocksAgent extends SocksProxyAgent {
  readonly #proxy: ProxyServer;
  readonly #trust: Trust;

  constructor(proxy: ProxyServer, trust: Trust) {
    super(socksUrl(proxy), { keepAlive: true });
    this.#proxy = proxy;
    this.#trust = trust;
  }

  override connect(request: ClientRequest, options: ConnectOptions): Promise<Socket> {
    return openWay(this.#proxy, targetOf(options), timeout, () =>
      super.connect(request, { ...options, ...this.#trust }),
    );
  }
}

/** With the login, and by the scheme with which the library leaves names to the proxy. */
function socksUrl(proxy: ProxyServer): string {
  const { url, login } = proxy;
  const user = login ? `${encodeURIComponent(login.username)}:${encodeURIComponent(login.password)}@` : '';
  return `${socksVersion(proxy) === 4 ? 'socks4a' : 'socks5h'}://${user}${url.host}`;
}

function targetOf({ host = '', port, secureEndpoint }: ConnectOptions): ProxiedTarget {
  const name = isIP(host) === 6 ? `[${bareHost(host)}]` : host;
  return { url: new URL(`${secureEndpoint ? 'https' : 'http'}://${name}:${port}`), fault: 'target' };
}
