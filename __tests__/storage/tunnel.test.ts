import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer as createProxy, type IncomingMessage } from 'node:http';
import { createServer, request } from 'node:https';
import { type AddressInfo, connect, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { TunnelAgent } from '../../src/storage/tunnel.ts';
import { makeCertificate } from '../support/servers/certificate.ts';
import { describeWith } from '../support/tools.ts';

async function portOf(server: Server): Promise<number> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

describeWith(['openssl'], 'the way through a proxy', () => {
  let directory: string;
  let ca: string;
  let port: number;
  let proxyPort: number;
  const asked: string[] = [];
  const target = createServer((_, response) => response.end('through'));
  const proxy = createProxy().on('connect', (tunnelled: IncomingMessage, socket: Socket) => {
    const login = tunnelled.headers['proxy-authorization'] ?? '';
    asked.push(`${tunnelled.url} ${login && Buffer.from(login.slice('Basic '.length), 'base64')}`);
    if (login === '') return socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    const upstream = connect(port, '127.0.0.1', () => socket.write('HTTP/1.1 200 OK\r\n\r\n'));
    return socket.pipe(upstream).pipe(socket);
  });

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'alba-tunnel-'));
    const { file, key } = await makeCertificate(directory);
    ca = await readFile(file, 'utf8');
    target.setSecureContext({ cert: ca, key: await readFile(key) });
    port = await portOf(target);
    proxyPort = await portOf(proxy);
  });
  afterAll(async () => {
    for (const server of [target, proxy]) {
      server.closeAllConnections();
      server.close();
    }
    await rm(directory, { recursive: true, force: true });
  });

  async function read(agent: TunnelAgent): Promise<string> {
    const sent = request({ host: 'localhost', port, path: '/', agent }).end();
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    return (await buffer(response)).toString();
  }

  it('ends at the server, whose certificate is checked', async () => {
    const url = `http://us%40er:pass@127.0.0.1:${proxyPort}`;
    expect(await read(new TunnelAgent(new URL(url), { ca }))).toBe('through');
    expect(asked).toEqual([`localhost:${port} us@er:pass`]);
    await expect(read(new TunnelAgent(new URL(url), {}))).rejects.toThrow(/self-signed certificate/);
  });

  it('may be barred', async () => {
    await expect(read(new TunnelAgent(new URL(`http://127.0.0.1:${proxyPort}`), { ca }))).rejects.toThrow(
      /^cannot reach localhost:\d+ through the proxy 127\.0\.0\.1: it answered 407$/,
    );
    expect(() => new TunnelAgent(new URL('socks5://user:hunter2@host'), {})).toThrow(
      /^(?!.*hunter2).*http proxy/,
    );
  });
});
