import { readFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { originOf, shownUrl, urlFrom } from '../../../src/network/http/host.ts';
import { startRegistry } from '../../support/servers/registry.ts';
import { itWith } from '../../support/tools.ts';
import { blobOf, failureOf, memory, openApp, startFake } from './fake.ts';

const blob = blobOf('blob');

describe('a proxy', () => {
  it('carries plain http as it is', async () => {
    const registry = memory();
    await using proxy = await startFake(registry);
    await using app = openApp('registry.example:5000', {
      plainHttp: true,
      proxies: { http: new URL(proxy.url).host, https: 'http://unused.invalid' },
    });
    await app.push(blob);
    expect(proxy.seen.map(({ method, target }) => `${method} ${target.split('?')[0]}`)).toEqual([
      'POST http://registry.example:5000/v2/app/blobs/uploads/',
      'PUT http://registry.example:5000/v2/app/blobs/uploads/one',
    ]);
    expect(registry.blobs.has(blob.descriptor.digest)).toBe(true);
  });

  itWith(['docker-registry', 'openssl'], 'tunnels https, the certificate still checked', async () => {
    await using server = await startRegistry({ tls: true });
    const [, port = ''] = server.host.split(':');
    const asked: string[] = [];
    // It connects to the registry whatever name it is told, as a proxy inside a company would.
    const proxy = createServer((socket) => {
      socket.on('error', () => {});
      socket.once('data', (head) => {
        asked.push(head.toString('latin1').split('\r\n')[0] ?? '');
        const upstream = connect(Number(port), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 OK\r\n\r\n');
          socket.pipe(upstream).pipe(socket);
        });
        upstream.on('error', () => socket.destroy());
      });
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    const https = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const ca = await readFile(server.certificate ?? '', 'utf8');
    await using app = openApp('registry.example', { certificates: { ca }, proxies: { https } });
    const failure = await failureOf(app.exists(blob.descriptor));
    expect(failure.message).toContain('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(new Set(asked)).toEqual(new Set(['CONNECT registry.example:443 HTTP/1.1']));
    await new Promise((resolve) => proxy.close(resolve));
  });

  it('is not used for loopback, nor for what NO_PROXY names', async () => {
    await using proxy = await startFake(memory());
    await using server = await startFake(memory());
    const proxies = { http: proxy.url, https: proxy.url, no: '.example' };
    await using app = openApp(server.host, { proxies });
    await app.push(blob);
    await using other = openApp('registry.example', { proxies, plainHttp: true, retries: { count: 0 } });
    await failureOf(other.exists(blob.descriptor));
    expect(proxy.seen).toEqual([]);
  });

  it('that is no URL is named without what it says', async () => {
    await using app = openApp('registry.example', { proxies: { https: 'http://user:hush@[' } });
    const failure = await failureOf(app.exists(blob.descriptor));
    expect(failure).toMatchObject({ name: 'AlbaError', code: 'usage' });
    expect(failure.message).not.toContain('hush');
  });
});

describe('a connection', () => {
  it('stays for the next request', async () => {
    const ports = new Set<number | undefined>();
    await using server = await startFake((_, response) => {
      ports.add(response.socket?.remotePort);
      response.writeHead(404).end();
    });
    await using app = openApp(server.host);
    for (let asked = 0; asked < 9; asked++) expect(await app.exists(blobOf('x').descriptor)).toBe(false);
    expect(ports.size).toBeLessThan(3);
  });

  it('that nobody takes is told at once', async () => {
    const server = await startFake(() => {});
    await server[Symbol.asyncDispose]();
    await using app = openApp(server.host);
    expect((await failureOf(app.exists(blob.descriptor))).message).toMatch(
      /\(ECONNREFUSED\); is a server listening at 127\.0\.0\.1:\d+\?$/,
    );
  });
});

describe('where a registry answers', () => {
  it.each([
    ['docker.io', undefined, 'https://registry-1.docker.io'],
    ['ghcr.io', undefined, 'https://ghcr.io'],
    ['ghcr.io', true, 'http://ghcr.io'],
    ['localhost:5000', undefined, 'http://localhost:5000'],
    ['localhost:5000', false, 'https://localhost:5000'],
    ['127.8.9.1', undefined, 'http://127.8.9.1'],
    ['[::1]:5000', undefined, 'http://[::1]:5000'],
    ['localhost.example', undefined, 'https://localhost.example'],
    ['127.0.0.1.example', undefined, 'https://127.0.0.1.example'],
    ['example:443', true, 'http://example:443'],
  ])('%s with plainHttp %s is %s', (registry, plainHttp, expected) => {
    expect(originOf(registry, plainHttp).origin).toBe(expected);
  });

  it.each([
    ['/up?a=%2B', 'https://reg.example/up?a=%2B'],
    ['up', 'https://reg.example/v2/up'],
    ['https://other.example/up', 'https://other.example/up'],
    ['http://reg.example/up?a=1', 'https://reg.example/up?a=1'],
    ['http://reg.example:80/up', 'https://reg.example/up'],
    ['http://other.example/up', 'http://other.example/up'],
    ['file:///etc/passwd', undefined],
    ['http://[', undefined],
  ])('a Location of %s is %s', (location, expected) => {
    expect(urlFrom(new URL('https://reg.example/v2/x'), location)?.href).toBe(expected);
  });

  it('is shown without query and user', () => {
    expect(shownUrl(new URL('https://a:b@reg.example/v2/?x=y#z'))).toBe('https://reg.example/v2/');
  });
});
