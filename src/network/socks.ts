import type { Socket } from 'node:net';
import { SocksClient } from 'socks';
import { bareHost } from './address.ts';
import { type ProxyServer, socksVersion } from './proxy.ts';

/**
 * A socket to a host and a port through a SOCKS proxy (RFC 1928, RFC 1929), which resolves the name. Given up, and
 * closed, after so many milliseconds.
 */
export async function openSocks(
  proxy: ProxyServer,
  destination: { readonly host: string; readonly port: number },
  timeout: number,
): Promise<Socket> {
  const { url, login } = proxy;
  const { socket } = await SocksClient.createConnection({
    proxy: {
      host: bareHost(url.hostname),
      port: Number(url.port || 1080),
      type: socksVersion(proxy) ?? 5,
      ...(login && { userId: login.username, password: login.password }),
    },
    command: 'connect',
    destination: { host: bareHost(destination.host), port: destination.port },
    timeout,
  });
  return socket;
}
