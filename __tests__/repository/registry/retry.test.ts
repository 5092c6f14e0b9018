import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from '../../../src/network/http/retry-after.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import type { Progress } from '../../../src/progress/progress.ts';
import { silent } from '../../fixtures/silent.ts';
import { blobOf, failureOf, memory, openApp, refuse, reset, startFake } from './fake.ts';

const blob = blobOf('blob');
const manifest = blobOf('{"schemaVersion":2}', mediaTypes.oci.manifest);

function listener(): Progress & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return { ...silent, warnings, warn: (text) => warnings.push(text) };
}

describe('a call', () => {
  it('is repeated when it may pass, and each time is told', async () => {
    for (const status of [408, 429, 500, 502, 503, 504]) {
      const registry = memory();
      await using server = await startFake((request, response) =>
        server.seen.length < 3 ? refuse(response, status, 'BUSY', 'later') : registry(request, response),
      );
      const progress = listener();
      await using app = openApp(server.host, { progress });
      await app.push(manifest);
      expect(server.seen).toHaveLength(3);
      expect(progress.warnings).toHaveLength(2);
      expect(progress.warnings[1]).toMatch(
        new RegExp(`^retry 2 of 3: PUT \\S+ answered ${status} .*BUSY: later`),
      );
    }
  });

  it('is repeated after a reset, and given up in the end', async () => {
    await using server = await startFake((_, response) => reset(response));
    await using app = openApp(server.host);
    const failure = await failureOf(app.exists(blob.descriptor));
    expect(failure).toMatchObject({ code: 'target' });
    expect(failure.message).toMatch(/^HEAD http:\S+ failed: /);
    expect(server.seen).toHaveLength(4);
  });

  it('is not repeated when it will not change', async () => {
    for (const status of [400, 401, 403, 413]) {
      await using server = await startFake((_, response) => refuse(response, status));
      await using app = openApp(server.host);
      await failureOf(app.exists(blob.descriptor));
      expect(server.seen).toHaveLength(1);
    }
  });

  it('waits as long as the registry asks', async () => {
    const registry = memory();
    await using server = await startFake((request, response) =>
      server.seen.length < 2
        ? refuse(response, 429, '', '', { 'retry-after': '1' })
        : registry(request, response),
    );
    await using app = openApp(server.host);
    const start = performance.now();
    await app.push(manifest);
    expect(performance.now() - start).toBeGreaterThanOrEqual(990);
  });

  it('does not wait for ages', async () => {
    await using server = await startFake((_, response) =>
      refuse(response, 429, 'TOOMANYREQUESTS', '', { 'retry-after': '3600' }),
    );
    await using app = openApp(server.host);
    expect((await failureOf(app.exists(blob.descriptor))).message).toContain('asks to wait 3600 s');
    expect(server.seen).toHaveLength(1);
  });

  it('takes the secondary limit of ghcr.io for what it is', async () => {
    const said = 'permission_denied: Error from intermediary: You have exceeded a secondary rate limit.';
    const registry = memory();
    await using server = await startFake((request, response) =>
      server.seen.length < 2
        ? refuse(response, 403, 'DENIED', `${said} retry-after: 10.3ms`)
        : registry(request, response),
    );
    await using app = openApp(server.host);
    await app.push(manifest);
    expect(server.seen).toHaveLength(2);
  });

  it('is bounded when a server is slow to answer, or to end', async () => {
    const slow = { timeouts: { answer: 50, body: 50 }, retries: { count: 0 } };
    await using mute = await startFake(() => {});
    await using silentApp = openApp(mute.host, slow);
    expect((await failureOf(silentApp.exists(blob.descriptor))).message).toContain('UND_ERR_HEADERS_TIMEOUT');

    await using endless = await startFake((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{"tags":[');
      const timer = setInterval(() => response.write(' '), 10);
      response.once('close', () => clearInterval(timer));
    });
    await using endlessApp = openApp(endless.host, slow);
    expect((await failureOf(endlessApp.tags())).message).toContain('not complete after 50 ms');
  });

  it('reports content that breaks off', async () => {
    await using server = await startFake((_, response) => {
      response.writeHead(200, { 'content-length': 4 });
      response.write('bl', () => reset(response));
    });
    await using app = openApp(server.host);
    const failure = await failureOf(app.fetch(blob.descriptor).then(buffer));
    expect(failure).toMatchObject({ name: 'AlbaError' });
    expect(failure.message).toMatch(/^GET http:\S+ failed: /);
  });

  it('bounds what it reads of an error', async () => {
    for (const head of ['<html>', '', '{"errors":[{"code":"']) {
      await using server = await startFake((_, response) => {
        response.writeHead(400);
        const flood = () => {
          while (!response.destroyed && response.write(head + 'x'.repeat(64 * 1024))) {}
        };
        response.on('drain', flood);
        flood();
      });
      await using app = openApp(server.host);
      const { message } = await failureOf(app.tags());
      expect(message).toContain('answered 400 Bad Request');
      expect(message.length).toBeLessThan(500);
    }
  });
});

describe('Retry-After', () => {
  const now = Date.parse('2026-01-01T00:00:00Z');
  it.each([
    ['60', '', 60_000],
    ['0', '', 0],
    ['Thu, 01 Jan 2026 00:00:30 GMT', '', 30_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', '', 0],
    [undefined, 'toomanyrequests: retry-after: 10.5ms, allowed: 2000/minute', 10.5],
    [undefined, 'retry-after: 880µs, allowed', 0.88],
    [undefined, 'retry-after: 1m1.5s', 61_500],
    ['soon', '', undefined],
    [undefined, 'try again', undefined],
  ])('%s %s is %s ms', (header, message, expected) => {
    const found = parseRetryAfter(header, message, now);
    expect(found === undefined ? found : Math.round(found * 1_000) / 1_000).toBe(expected);
  });
});

describe('a manifest whose blobs the registry does not see yet', () => {
  it('is sent again', async () => {
    let refused = 0;
    await using server = await startFake((request, response) => {
      if (request.method === 'PUT' && refused === 0) {
        refused += 1;
        response.writeHead(400, { 'content-type': 'application/json' });
        response.end('{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}');
        return;
      }
      response.writeHead(request.method === 'PUT' ? 201 : 404).end();
    });
    await using app = openApp(server.host);
    await app.push(blobOf('{"schemaVersion":2}', mediaTypes.oci.index));
    expect(refused).toBe(1);
    expect(server.seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });

  it('is not waited for when it does not see them the second time, either: they were deleted', async () => {
    await using server = await startFake((request, response) => {
      const isWrite = request.method === 'PUT';
      response.writeHead(isWrite ? 400 : 404, { 'content-type': 'application/json' });
      response.end(
        isWrite ? '{"errors":[{"code":"MANIFEST_BLOB_UNKNOWN","message":"blob unknown to registry"}]}' : '',
      );
    });
    await using app = openApp(server.host);
    await expect(app.push(blobOf('{"schemaVersion":2}', mediaTypes.oci.index))).rejects.toThrow(
      'MANIFEST_BLOB_UNKNOWN',
    );
    expect(server.seen.filter(({ method }) => method === 'PUT')).toHaveLength(2);
  });
});
