import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteObjectCommand } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Digest } from '../../../src/oci/digest.ts';
import { parsePlatform } from '../../../src/oci/platform.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { craneValidate } from '../../support/clients.ts';
import { type Recorded, type Recorder, startRecorder } from '../../support/recorder.ts';
import { type Registry, registryTool, startRegistry } from '../../support/servers/registry.ts';
import { type S3Server, s3Client, s3Environment, s3Url, startS3 } from '../../support/servers/s3.ts';
import { describeWith, findTool } from '../../support/tools.ts';
import {
  changeSmallLayer,
  checkRelease,
  fromFolder,
  fromRegistry,
  makeImages,
  type Pushed,
  push,
  writeArchives,
} from './cache-release.ts';

const temporary = useTemporary();
const images = makeImages();
const [first, ...others] = images as [(typeof images)[0], ...typeof images];
const changed = [changeSmallLayer(first), ...others];
const folder = (name: string) => join(temporary.path, name);
let archives: string[];

beforeAll(async () => {
  archives = await writeArchives(folder('docker'), images);
  await writeArchives(folder('changed'), changed);
});

const isManifest = ({ path }: Recorded) => path.includes('/manifests/');
const puts = (requests: readonly Recorded[]) => requests.filter(({ method }) => method === 'PUT');
const cache = (name: string) => ['--cache-dir', folder(name)];

describeWith([registryTool[2], 'crane'], 'run after run on a registry', () => {
  let registry: Registry;
  let recorder: Recorder;
  beforeAll(async () => {
    registry = await startRegistry();
    recorder = await startRecorder(registry.url);
  });
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]();
    await registry?.stop();
  });
  const target = (tag = '1') => `docker://${recorder.host}/app:${tag}`;
  const isWhole = async (of = images, tag = '1') => {
    await checkRelease(fromRegistry(registry.host), tag, of);
    if (findTool('crane')) await craneValidate(`${registry.host}/app:${tag}`);
  };
  const deleteThere = async (path: string) => {
    const { status } = await fetch(`${registry.url}/v2/app/${path}`, { method: 'DELETE' });
    expect(status).toBe(202);
  };

  it('asks 6 times and sends nothing when nothing changed', async () => {
    const before = await push([...cache('one'), folder('docker'), target()]);
    expect(before.cacheHit).toBe('false');
    await isWhole();
    recorder.take();

    const again = await push([...cache('one'), folder('docker'), target()]);
    const requests = recorder.take();
    expect(requests.map(({ method }) => method)).toEqual(Array(6).fill('HEAD'));
    expect(again).toMatchObject({ digest: before.digest, pushedBytes: 0, cacheHit: 'true' });
    // An archive that were inflated would be described anew: those of an empty cache are.
    expect(again.stderr.match(/, unchanged$/gm)).toHaveLength(4);
    await isWhole();
  });

  it('sends only what changed', async () => {
    const result = await push([...cache('one'), folder('changed'), target()]);
    const sent = puts(recorder.take());
    expect(result.cacheHit).toBe('partial');
    expect(result.manifests.map(({ made }) => made)).toEqual([1, 0, 0, 0]);
    expect(sent.filter(isManifest)).toHaveLength(3);
    expect(sent.filter((request) => !isManifest(request))).toHaveLength(2);
    expect(sent.reduce((sum, request) => sum + request.sent, 0)).toBeLessThan(6000);
    await isWhole(changed);
  });

  it('learns all of it from the target when the cache is lost', async () => {
    const before = await push([...cache('one'), folder('changed'), target()]);
    recorder.take();
    const lost = await push([...cache('lost'), folder('changed'), target()]);
    const requests = recorder.take();
    expect(lost).toMatchObject({ digest: before.digest, pushedBytes: 0, cacheHit: 'partial' });
    expect(lost.manifests.map(({ made }) => made)).toEqual([0, 0, 0, 0]);
    expect(puts(requests)).toEqual([]);
    expect(requests.length).toBeLessThanOrEqual(6 + 4 * 4);

    const third = await push([...cache('lost'), folder('changed'), target()]);
    expect(third.cacheHit).toBe('true');
  });

  it('makes again what was deleted', async () => {
    const before = await push([...cache('deleted'), folder('docker'), target('deleted')]);
    const manifest = before.platforms['linux/arm/v7'] as Digest;
    const { layers } = JSON.parse(String(await fromRegistry(registry.host)(`manifests/${manifest}`)));
    await deleteThere(`manifests/${manifest}`);
    await deleteThere(`blobs/${layers[1].digest}`);
    const result = await push([...cache('deleted'), folder('docker'), target('deleted')]);
    // No manifest for this platform vouches for any of its layers, though those of others tell of the shared one.
    expect(result.manifests.map(({ made }) => made)).toEqual([0, 0, 3, 0]);
    expect(result.manifests[2]?.why).toBe('a target lacks some of it');
    // Each artifact is told once, be it remembered, read, or both.
    expect(
      result.stderr
        .match(/\.tar\.gz -> .*$/gm)
        ?.map((line) => line.replace(/^.* -> /, ''))
        .toSorted(),
    ).toEqual([
      'linux/386, 3 layers, unchanged',
      'linux/amd64, 3 layers, unchanged',
      'linux/arm/v7, 3 layers, read again, as a target lacks some of it',
      'linux/arm64, 3 layers, unchanged',
    ]);
    await isWhole(images, 'deleted');
  });

  it('makes again what was deleted without a cache, too', async () => {
    const before = await push([...cache('under'), folder('docker'), target('under')]);
    const manifest = before.platforms['linux/386'] as Digest;
    const { layers } = JSON.parse(String(await fromRegistry(registry.host)(`manifests/${manifest}`)));
    await deleteThere(`blobs/${layers[2].digest}`);
    await deleteThere(`manifests/${manifest}`);
    await push(['--no-cache', folder('docker'), target('under')]);
    await isWhole(images, 'under');
  });

  it('has the fresh one of two targets take over what the other has', async () => {
    await push([...cache('two'), folder('docker'), target('two')]);
    recorder.take();
    const both = [target('two'), `docker://${recorder.host}/fresh:1`];
    const result = await push([...cache('two'), folder('docker'), ...both]);
    const sent = puts(recorder.take()).filter((request) => !isManifest(request));
    expect(result.manifests.map(({ made }) => made)).toEqual([0, 0, 0, 0]);
    expect(sent).toHaveLength(4);
    expect(Math.max(...sent.map((request) => request.sent))).toBeLessThan(1000);
    await checkRelease(fromRegistry(registry.host, 'fresh'), '1', images);
  });

  it('takes layers over from cache-from, which it names only to learn', async () => {
    recorder.take();
    const from = ['--cache-from', `docker://${recorder.host}/app:deleted`];
    const result = await push([
      ...cache('from'),
      ...from,
      folder('docker'),
      `docker://${recorder.host}/moved:1`,
    ]);
    const requests = recorder.take();
    expect(result.manifests.map(({ made }) => made)).toEqual([0, 0, 0, 0]);
    expect(requests.filter(({ path, status }) => path.includes('mount=') && status === 201)).toHaveLength(9);
    expect(puts(requests).filter((request) => !isManifest(request))).toHaveLength(4);
    await checkRelease(fromRegistry(registry.host, 'moved'), '1', images);
  });

  it('does anew what a growing set of platforms adds, and that alone', async () => {
    const run = (...indexes: number[]) =>
      push([
        ...cache('grown'),
        ...indexes.map((index) => archives[index] ?? ''),
        `docker://${recorder.host}/grown:1`,
      ]);
    await run(0, 1);
    recorder.take();
    const grown = await run(0, 1, 2, 3);
    expect(grown.manifests.map(({ made, why }) => [made, why])).toEqual([
      [0, undefined],
      [0, undefined],
      [3, 'new or changed'],
      [3, 'new or changed'],
    ]);
    // Two layers and a config of either, but not the layer that all share; two manifests, an index, a tag.
    expect(puts(recorder.take())).toHaveLength(2 * 3 + 2 + 1 + 1);
    await checkRelease(fromRegistry(registry.host, 'grown'), '1', images);
    expect((await run(0, 1, 2, 3)).cacheHit).toBe('true');
  });

  it('reads no archive anew in the jobs of a matrix whose release stands', async () => {
    const by = `docker://${recorder.host}/matrix`;
    const jobs = async () => {
      const found: Pushed[] = [];
      for (const [index, path] of archives.slice(2).entries())
        found.push(await push([...cache(`job-${index}`), path, '-t', 'matrix', by]));
      return found;
    };
    const built = (await jobs()).map(({ digest }) => `--from=${by}@${digest}`);
    // By its digest alone nothing stands for what was built.
    expect((await jobs()).map(({ cacheHit }) => cacheHit)).toEqual(['false', 'false']);
    await push(['--no-cache', ...built, `${by}:1.0`]);
    recorder.take();
    expect((await jobs()).map(({ cacheHit }) => cacheHit)).toEqual(['true', 'true']);
    expect(puts(recorder.take())).toEqual([]);
    await checkRelease(fromRegistry(registry.host, 'matrix'), '1.0', images.slice(2));
  });

  it('makes anew what the cache alone knows, and does not send it again', async () => {
    const image = makeImage(parsePlatform('linux/amd64'), { layers: [18_000_000] });
    const archive = await temporary.write('large.tar', dockerArchive(image));
    const words = [...cache('large'), archive, '-t', 'large', `docker://${recorder.host}/large`];
    await push(words);
    expect(puts(recorder.take()).length).toBeGreaterThan(0);
    expect((await push(words)).manifests.map(({ made }) => made)).toEqual([1]);
    const again = recorder.take();
    expect(again.reduce((sum, request) => sum + request.sent, 0)).toBe(0);
  });

  it('reads layers again for a target that lacks them and is elsewhere', async () => {
    await push([...cache('elsewhere'), folder('docker'), target('elsewhere')]);
    recorder.take();
    const site = folder('site-elsewhere');
    await push([
      ...cache('elsewhere'),
      '-t',
      'app:elsewhere',
      folder('docker'),
      target('elsewhere'),
      `file://${site}`,
    ]);
    expect(puts(recorder.take())).toEqual([]);
    await checkRelease(fromFolder(site), 'elsewhere', images);
    await isWhole(images, 'elsewhere');
  });
});

describeWith(['versitygw'], 'run after run on a bucket', () => {
  let server: S3Server;
  let recorder: Recorder;
  let env: Record<string, string>;
  beforeAll(async () => {
    server = await startS3();
    await server.createBucket('bucket');
    recorder = await startRecorder(server.endpoint);
    env = s3Environment(server);
  });
  afterAll(async () => {
    await recorder?.[Symbol.asyncDispose]();
    await server?.stop();
  });
  const run = (name: string, artifacts = 'docker') => {
    const url = s3Url({ ...server, endpoint: `http://${recorder.host}` }, 'bucket');
    return push([...cache(name), '-t', 'app:1', folder(artifacts), url], env);
  };
  const check = (of: typeof images) =>
    checkRelease(fromFolder(join(server.directory, 'content', 'bucket')), '1', of);

  it('asks at most 8 times, writes nothing when nothing changed, and only what did', async () => {
    const before = await run('bucket');
    await check(images);
    recorder.take();
    const again = await run('bucket');
    const requests = recorder.take();
    expect(requests.every(({ method }) => method === 'GET' || method === 'HEAD')).toBe(true);
    expect(requests.length).toBeLessThanOrEqual(8);
    expect(again).toMatchObject({ digest: before.digest, pushedBytes: 0, cacheHit: 'true' });

    await run('bucket', 'changed');
    expect(puts(recorder.take()).length).toBe(5);
    await check(changed);

    const lost = await run('bucket-lost', 'changed');
    expect(lost.pushedBytes).toBe(0);
    const after = recorder.take();
    expect(puts(after)).toEqual([]);
    expect(after.length).toBeLessThanOrEqual(8 + 4 * 4);
  });

  it('makes again what was deleted, under a manifest that is still there', async () => {
    const { platforms } = await run('bucket-deleted');
    const read = fromFolder(join(server.directory, 'content', 'bucket'));
    const { layers } = JSON.parse(String(await read(`manifests/${platforms['linux/amd64']}`)));
    const client = s3Client(server);
    await client.send(new DeleteObjectCommand({ Bucket: 'bucket', Key: `v2/app/blobs/${layers[1].digest}` }));
    client.destroy();
    recorder.take();
    const result = await run('bucket-deleted');
    expect(result.manifests.map(({ made }) => made)).toEqual([0, 1, 0, 0]);
    expect(puts(recorder.take()).length).toBe(1);
    await check(images);
  });
});

it('reads an archive for its digest alone when nothing changed', async () => {
  const words = [...cache('hash'), '-t', 'app:1', folder('docker'), `file://${folder('site-hash')}`];
  await push(words);
  const { stderr } = await push(words);
  for (const index of archives.keys()) expect(stderr).toMatch(new RegExp(`${index}.tar.gz -> .*, unchanged`));
  await rm(folder('site-hash'), { recursive: true });
  const { manifests } = await push(words);
  expect(manifests.map(({ made }) => made)).toEqual([3, 3, 3, 3]);
  await checkRelease(fromFolder(folder('site-hash')), '1', images);
});
