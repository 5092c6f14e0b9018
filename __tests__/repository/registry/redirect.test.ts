import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { passwordCredentials } from '../../../src/repository/registry/credentials.ts';
import { blobOf, failureOf, memory, openApp, refuse, startFake } from './fake.ts';

const blob = blobOf('blob');
const credentials = passwordCredentials('ann', 'secret', 'the inputs');
const challenge = { 'www-authenticate': 'Basic realm="x"' };

describe('a redirect', () => {
  it('to another origin does not carry who we are, even when that origin asks', async () => {
    await using storage = await startFake((_, response) => refuse(response, 401, '', '', challenge));
    await using server = await startFake(({ headers, path }, response) =>
      headers.authorization
        ? response.writeHead(307, { location: `${storage.url}${path}?signature=hush` }).end()
        : refuse(response, 401, '', '', challenge),
    );
    await using app = openApp(server.host, { credentials });
    const failure = await failureOf(app.fetch(blob.descriptor));
    expect(failure.message).toContain(`${storage.url}/v2/app/blobs/${blob.descriptor.digest} answered 401`);
    expect(failure.message).not.toContain('hush');
    expect(storage.seen.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  it('within the origin does, and its content arrives', async () => {
    const registry = memory();
    await using server = await startFake((request, response) => {
      if (!request.headers.authorization) return refuse(response, 401, '', '', challenge);
      if (!request.path.startsWith('/there'))
        return response.writeHead(302, { location: `/there${request.path}` }).end();
      return registry(request, response);
    });
    registry.blobs.set(blob.descriptor.digest, Buffer.from('blob'));
    await using app = openApp(server.host, { credentials });
    expect((await buffer(await app.fetch(blob.descriptor))).toString()).toBe('blob');
    expect(await app.exists(blob.descriptor)).toBe(true);
  });

  it('sends an upload again where it is sent to', async () => {
    const registry = memory();
    await using storage = await startFake(registry);
    await using server = await startFake((request, response) =>
      request.method === 'PUT'
        ? response.writeHead(307, { location: `${storage.url}${request.target}` }).end()
        : registry(request, response),
    );
    await using app = openApp(server.host);
    await app.push(blob);
    expect(registry.blobs.has(blob.descriptor.digest)).toBe(true);
  });

  it('that never ends is given up', async () => {
    await using server = await startFake(({ path }, response) =>
      response.writeHead(307, { location: `${path}x` }).end(),
    );
    await using app = openApp(server.host);
    expect((await failureOf(app.exists(blob.descriptor))).message).toMatch(/answered 307.*lead nowhere/);
    expect(server.seen).toHaveLength(6);
  });

  it('never leads from a public registry into a private network', async () => {
    await using inside = await startFake((_, response) => response.writeHead(200).end('metadata'));
    const port = new URL(inside.url).port;
    for (const host of [
      '127.0.0.1',
      'localhost',
      '[::1]',
      '10.0.0.7',
      '169.254.169.254',
      '[::ffff:192.168.0.1]',
    ]) {
      await using proxy = await startFake((_, response) =>
        response.writeHead(307, { location: `http://${host}:${port}/latest` }).end(),
      );
      await using app = openApp('registry.example', { plainHttp: true, proxies: { http: proxy.url } });
      expect((await failureOf(app.fetch(blob.descriptor))).message).toMatch(
        /^registry\.example leads to http:\S+\/latest, inside a private network: not followed;/,
      );
    }
    expect(inside.seen).toEqual([]);
  });
});

describe('a Location', () => {
  it('on another host is used without credentials', async () => {
    await using storage = await startFake(memory());
    await using server = await startFake(({ headers }, response) =>
      headers.authorization
        ? response.writeHead(202, { location: `${storage.url}/upload?token=1` }).end()
        : refuse(response, 401, '', '', challenge),
    );
    await using app = openApp(server.host, { credentials });
    await app.push(blob);
    expect(storage.seen[0]?.target).toBe(
      `/upload?token=1&digest=${encodeURIComponent(blob.descriptor.digest)}`,
    );
    expect(storage.seen[0]?.headers.authorization).toBeUndefined();
  });
});
