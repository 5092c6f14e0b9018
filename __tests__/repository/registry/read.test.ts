import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { maxManifestSize } from '../../../src/oci/manifest.ts';
import { mediaTypes } from '../../../src/oci/media-type.ts';
import { blobOf, failureOf, openApp, refuse, startFake } from './fake.ts';

const { oci } = mediaTypes;

describe('resolving a tag', () => {
  it('hashes the bytes where the registry tells no digest', async () => {
    const bytes = Buffer.from('{"schemaVersion":2}');
    await using server = await startFake(({ method }, response) =>
      response
        .writeHead(200, { 'content-type': `${oci.index}; charset=utf-8` })
        .end(method === 'HEAD' ? undefined : bytes),
    );
    await using app = openApp(server.host);
    expect(await app.resolve('1.0')).toEqual({
      mediaType: oci.index,
      digest: digestOf(bytes),
      size: bytes.length,
    });
    expect(server.calls()).toEqual(['HEAD /v2/app/manifests/1.0', 'GET /v2/app/manifests/1.0']);
    expect(server.seen[0]?.headers.accept?.split(', ')).toContain(mediaTypes.docker.manifest);
  });

  it('does not read what is too long to be a manifest', async () => {
    await using server = await startFake(({ method }, response) =>
      response
        .writeHead(200, { 'content-type': oci.index })
        .end(method === 'HEAD' ? undefined : Buffer.alloc(maxManifestSize + 1)),
    );
    await using app = openApp(server.host, { access: 'pull' });
    const failure = await failureOf(app.resolve('1.0'));
    expect(failure).toMatchObject({ code: 'source' });
    expect(failure.message).toContain(`longer than ${maxManifestSize} bytes`);
  });
});

it('asks for a manifest by its own media type', async () => {
  const manifest = blobOf('{}', mediaTypes.docker.manifest);
  await using server = await startFake((_, response) => refuse(response, 404));
  await using app = openApp(server.host);
  expect(await app.exists(manifest.descriptor)).toBe(false);
  expect(server.seen[0]?.headers.accept).toBe(mediaTypes.docker.manifest);
  expect(server.seen[0]?.path).toBe(`/v2/app/manifests/${manifest.descriptor.digest}`);
});

describe('the tag list', () => {
  it('is read page after page', async () => {
    const pages: Record<string, readonly [tags: string[] | null, link?: string]> = {
      '': [['a', 'b'], '</v2/app/tags/list?last=b&n=2>; rel="next"'],
      b: [['b', 'c'], '<tags/list?last=c>; title="x"; rel=next'],
      c: [null],
    };
    await using server = await startFake(({ query }, response) => {
      const [tags, link] = pages[query.get('last') ?? ''] ?? [[]];
      response.writeHead(200, { 'content-type': 'application/json', ...(link && { link }) });
      response.end(JSON.stringify({ name: 'app', tags }));
    });
    await using app = openApp(server.host);
    pages.b = [['b', 'c'], `<${server.url}/v2/app/tags/list?last=c>; title="x"; rel=next`];
    expect(await app.tags()).toEqual(['a', 'b', 'c']);
  });

  it('is given up when it never ends', async () => {
    await using server = await startFake((_, response) =>
      response.writeHead(200, { link: '</v2/app/tags/list?last=a>; rel="next"' }).end('{"tags":["a"]}'),
    );
    await using app = openApp(server.host);
    expect((await failureOf(app.tags())).message).toContain('does not end');
  });

  it('that makes no sense is an error', async () => {
    await using server = await startFake((_, response) => response.writeHead(200).end('<html>'));
    await using app = openApp(server.host);
    expect((await failureOf(app.tags())).message).toContain(`${server.url}/v2/app/tags/list is not JSON`);
  });
});
