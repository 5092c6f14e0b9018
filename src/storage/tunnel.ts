import * as http from 'node:http';
import { Agent, type AgentOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import * as tls from 'node:tls';
import { AlbaError } from '../errors.ts';

/** In ms, until the proxy has opened the way. */
const timeout = 15_000;

type Connected = (error: Error | null, socket: Duplex) => void;

/** Reaches https servers through an http proxy (RFC 9110, "CONNECT"). */
export class TunnelAgent extends Agent {
  readonly #proxy: URL;

  constructor(proxy: URL, options: AgentOptions) {
    super(options);
    if (proxy.protocol !== 'http:') {
      throw new AlbaError('usage', 'HTTPS_PROXY is not the URL of an http proxy: expected http://host:port');
    }
    this.#proxy = proxy;
  }

  override createConnection(options: tls.ConnectionOptions, connected: Connected): undefined {
    const { username, password, hostname, port } = this.#proxy;
    const target = `${options.host}:${options.port}`;
    const login = [username, password].map(decodeURIComponent).join(':');
    const fail = (why: string, cause?: Error): void => {
      const told = `cannot reach ${target} through the proxy ${hostname}: ${why}`;
      connected(new AlbaError('target', told, { cause }), undefined as never);
    };
    const request = http.request({
      method: 'CONNECT',
      host: hostname,
      port: port || 80,
      path: target,
      timeout,
      headers: {
        host: target,
        ...(username && { 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` }),
      },
    });
    request.once('connect', ({ statusCode }, socket) => {
      if (statusCode === 200) return connected(null, tls.connect({ ...options, socket }));
      socket.destroy();
      fail(`it answered ${statusCode}`);
    });
    request.once('timeout', () => request.destroy(new Error('it did not answer')));
    request.once('error', (cause) => fail(cause.message, cause));
    request.end();
    return undefined;
  }
}
