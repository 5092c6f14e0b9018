import { join } from 'node:path';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';
import { startRecorder } from '../../support/recorder.ts';
import { startLiar, type Written } from '../../support/servers/liar.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startS3 } from '../../support/servers/s3.ts';
import { describeWith } from '../../support/tools.ts';
import { checkRelease, fromRegistry, makeImages, type Read, writeArchives } from './cache-release.ts';

const temporary = useTemporary();
const images = makeImages();
let archives: string[];
beforeAll(async () => {
  archives = await writeArchives(join(temporary.path, 'images'), images);
});

const push = (target: string) => runAlba(['container', 'push', ...archives, target]);

/** Drops the first write of what the pattern tells, or all of them. */
function dropping(pattern: RegExp, count: number): (request: Written) => boolean {
  let left = count;
  return ({ path }) => {
    if (left === 0 || !pattern.test(decodeURIComponent(path))) return false;
    left -= 1;
    return true;
  };
}

describeWith([registryTool[3]], 'a registry that answers 201 for a tag, and does not keep it,', () => {
  let registry: Registry;
  beforeAll(async () => {
    registry = await startRegistry({ version: 3 });
  });
  afterAll(() => registry?.stop());

  it('gets it once more', async () => {
    await using liar = await startLiar(registry.url, dropping(/manifests\/1$/, 1));
    const { code, stderr } = await push(`docker://${liar.host}/once:1`);
    expect({ code, stderr }).toMatchObject({ code: 0 });
    expect(liar.dropped).toEqual(['PUT /v2/once/manifests/1']);
    expect(stderr).toContain(`${liar.host}/once:1 was written and is not there: sent once more`);
    await checkRelease(fromRegistry(registry.host, 'once'), '1', images);
  });

  it('is an error where that does not help, also for a tag that named another release', async () => {
    await using liar = await startLiar(registry.url, dropping(/manifests\/1$/, -1));
    const other = ['container', 'push', ...archives.slice(1), `docker://${registry.host}/never:1`];
    expect((await runAlba(other)).code).toBe(0);
    for (const name of ['never', 'empty']) {
      const { code, stderr } = await push(`docker://${liar.host}/${name}:1`);
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toContain(`${liar.host}/${name}:1 was written and is not there`);
      expect(stderr).toContain('it does not keep what it is given');
    }
  });

  it('is an error, too, where it forgets an index without a tag', async () => {
    await using liar = await startLiar(registry.url, dropping(/manifests\/sha256:/, -1));
    const words = ['container', 'push', '-t', 'untagged', ...archives, `docker://${liar.host}/untagged`];
    const { code, stderr } = await runAlba(words);
    expect({ code, stderr }).toMatchObject({ code: 1 });
    expect(stderr).toContain('it does not keep what it is given');
  });
});

describeWith([registryTool[3]], 'a registry that keeps what it is given', () => {
  it('is asked once more for each tag that was written, and for nothing where none was', async () => {
    const registry = await startRegistry({ version: 3 });
    try {
      await using recorder = await startRecorder(registry.url);
      const script = [
        ...archives,
        '--cache-dir',
        join(temporary.path, 'cache'),
        '-t',
        'app:1',
        '-t',
        'app:2',
      ];
      const run = async () => {
        const words = ['container', 'push', ...script, `docker://${recorder.host}/app`];
        expect(await runAlba(words)).toMatchObject({ code: 0 });
        return recorder.take();
      };
      const first = await run();
      const tags = first.filter(({ path }) => /manifests\/[12]$/.test(path));
      const after = tags.slice(tags.findLastIndex(({ method }) => method === 'PUT') + 1);
      expect(after.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
        'HEAD /v2/app/manifests/1',
        'HEAD /v2/app/manifests/2',
      ]);
      expect((await run()).length).toBeLessThanOrEqual(8);
    } finally {
      await registry.stop();
    }
  });
});

describeWith(['versitygw'], 'a bucket that answers 200, and does not keep what it is given,', () => {
  let server: S3Server;
  beforeAll(async () => {
    server = await startS3();
    await server.createBucket('alba');
  });
  afterAll(() => server?.stop());

  const bucketAt = (host: string) => s3Url({ ...server, endpoint: `http://${host}` }, 'alba');
  const pushTo = (host: string, tag: string) =>
    runAlba(['container', 'push', '-t', tag, ...archives, bucketAt(host)], { env: s3Environment(server) });

  const readObject = async (key: string): Promise<Buffer> => {
    const client = s3Client(server);
    try {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: 'alba', Key: key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    } finally {
      client.destroy();
    }
  };

  describe.each([
    ['a blob', 'blob', /blobs\/sha256:/],
    ['a manifest', 'manifest', /manifests\/sha256:/],
    ['the tag', 'tag', /manifests\/1$/],
  ])('be it %s,', (_, name, pattern) => {
    it('gets it once more', async () => {
      await using liar = await startLiar(server.endpoint, dropping(pattern, 1));
      const { code, stderr } = await pushTo(liar.host, `${name}-once:1`);
      expect({ code, stderr }).toMatchObject({ code: 0 });
      expect(liar.dropped).toHaveLength(1);
      expect(stderr).toContain('sent once more');
      const read: Read = (path) => readObject(`v2/${name}-once/${path}`);
      await checkRelease(read, '1', images);
    });

    it('is an error where that does not help, and no tag names what is not all there', async () => {
      await using liar = await startLiar(server.endpoint, dropping(pattern, -1));
      const { code, stderr } = await pushTo(liar.host, `${name}-never:1`);
      expect({ code, stderr }).toMatchObject({ code: 1 });
      expect(stderr).toContain('it does not keep what it is given, though it says so');
      await expect(readObject(`v2/${name}-never/manifests/1`)).rejects.toThrow();
    });
  });
});
