import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../src/oci/manifest.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { makeImage } from '../fixtures/image.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { memory, refuse, reset, type Seen, startFake } from '../repository/registry/fake.ts';
import { runAlba } from '../support/alba.ts';
import { startRecorder } from '../support/recorder.ts';
import { registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
/** Large enough to be sent while it is compressed, and not a whole number of blocks. */
const image = makeImage({ os: 'linux', architecture: 'amd64' }, { layers: [9_000_001] });
const [layer = Buffer.alloc(0)] = image.layers;

beforeAll(async () => {
  await writeFile(join(temporary.path, 'app.tar'), dockerArchive(image));
});

const push = (...targets: string[]) =>
  runAlba(['container', 'push', '--no-cache', '--verbose', 'app.tar', ...targets], {
    cwd: temporary.path,
  });

/** The layer of the image under `app:1`, after all digests on the way to it were checked. */
async function layerAt(registry: string): Promise<Buffer> {
  const read = async (path: string, digest?: string): Promise<Buffer> => {
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json';
    const response = await fetch(`${registry}/v2/app/${path}`, { headers: { accept } });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (digest) expect(digestOf(bytes)).toBe(digest);
    return bytes;
  };
  const [first] = parseIndex(await read('manifests/1'), 'index').manifests;
  const manifest = parseManifest(await read(`manifests/${first?.digest}`, first?.digest), 'manifest');
  const [blob] = manifest.layers;
  expect(blob?.mediaType).toBe('application/vnd.oci.image.layer.v1.tar+gzip');
  return gunzipSync(await read(`blobs/${blob?.digest}`, blob?.digest));
}

for (const version of [2, 3] as const) {
  describeWith([registryTool[version]], `distribution ${version} takes a large layer`, () => {
    it('while it is compressed, once', async () => {
      await using registry = await startRegistry({ version });
      await using recorder = await startRecorder(registry.url);
      const first = await push(`docker://${recorder.host}/app:1`);
      expect(first.code, first.stderr).toBe(0);
      const seen = recorder.take();
      expect(seen.filter(({ method }) => method === 'PATCH')).toMatchObject([{ status: 202 }]);
      expect(seen.filter(({ method, sent }) => method === 'PUT' && sent > 10_000)).toEqual([]);
      expect((await layerAt(registry.url)).equals(layer)).toBe(true);

      expect((await push(`docker://${recorder.host}/app:1`)).code).toBe(0);
      expect(recorder.take().filter(({ method }) => method !== 'GET' && method !== 'HEAD')).toEqual([]);
    });

    it('in one piece when there is another target', async () => {
      await using registry = await startRegistry({ version });
      await using recorder = await startRecorder(registry.url);
      const { code, stderr } = await push(`docker://${recorder.host}/app:1`, 'oci:./layout');
      expect(code, stderr).toBe(0);
      expect(recorder.requests.filter(({ method }) => method === 'PATCH')).toEqual([]);
      expect((await layerAt(registry.url)).equals(layer)).toBe(true);
    });
  });
}

describe('a layer that cannot be sent while it is compressed is sent when it is', () => {
  const faults: Record<string, (request: Seen, response: ServerResponse) => unknown> = {
    'no PATCH': (_, response) => refuse(response, 405, 'UNSUPPORTED'),
    'the connection breaks': (_, response) => reset(response),
    'the server is busy': (_, response) => refuse(response, 503),
    'no Location': (_, response) => response.writeHead(202).end(),
    'what was taken in is lost': (_, response) =>
      response.writeHead(202, { location: '/v2/app/blobs/uploads/lost' }).end(),
  };

  it.each(Object.entries(faults))('%s', async (_, fault) => {
    const registry = memory();
    await using server = await startFake((request, response) =>
      request.method === 'PATCH' ? fault(request, response) : registry(request, response),
    );
    const { code, stderr } = await push(`docker://${server.host}/app:1`);
    expect(code, stderr).toBe(0);
    expect(stderr).toContain('not sent while it was made');
    expect(server.seen.filter(({ method }) => method === 'PATCH')).toHaveLength(1);
    expect((await layerAt(server.url)).equals(layer)).toBe(true);
  });
});
