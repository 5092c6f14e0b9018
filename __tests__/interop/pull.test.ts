import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { ownPlatform } from '../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../fixtures/pullable.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';
import { run } from '../support/run.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { type S3Server, s3Environment, s3Url, startS3 } from '../support/servers/s3.ts';
import { describeWith } from '../support/tools.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const own = ownPlatform({ arch: process.arch });
const other = { os: 'linux', architecture: own.architecture === 'riscv64' ? 's390x' : 'riscv64' };
const image = imageOf(own, ...usualLayers('1'));

async function alba(words: readonly string[], env: Record<string, string> = {}): Promise<Ended> {
  const ended = await runAlba(words, { cwd: temporary.path, env });
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return ended;
}
const push = (target: string, env?: Record<string, string>) =>
  alba(['container', 'push', '--no-cache', '-t', 'app:1.0', 'build', target], env);
const pull = (words: readonly string[], env?: Record<string, string>) =>
  alba(['container', 'pull', ...words], env);

let expected: readonly string[];
beforeAll(async () => {
  await mkdir(at('build'));
  await temporary.write('build/own.tar', dockerArchive(image));
  await temporary.write('build/other.tar', dockerArchive(imageOf(other, ...usualLayers('other'))));
  await pull(['build/own.tar', './expected']);
  expected = await listFolder(at('expected'));
});

describe.each([2, 3] as const)('distribution %d', (version) => {
  describeWith([registryTool[version]], 'with a login', () => {
    let registry: Registry;
    beforeAll(async () => {
      registry = await startRegistry({ version, auth: { username: 'me', password: 'secret' } });
    });
    afterAll(() => registry?.stop());

    it('gives the files that an archive has, to who is signed in', async () => {
      const login = ['--username', 'me', '--password-stdin'];
      const pushed = await runAlba(
        [
          ...['container', 'push', '--no-cache', ...login, '-t', 'app:1.0', 'build'],
          `docker://${registry.host}/app`,
        ],
        { cwd: temporary.path, input: 'secret' },
      );
      expect(pushed, pushed.stderr).toMatchObject({ code: 0 });
      for (const unchanged of [false, true]) {
        const ended = await runAlba(
          ['container', 'pull', '--json', ...login, `docker://${registry.host}/app:1.0`, `./from-${version}`],
          { cwd: temporary.path, input: 'secret' },
        );
        expect(ended, ended.stderr).toMatchObject({ code: 0 });
        expect(JSON.parse(ended.stdout)).toMatchObject({ unchanged });
      }
      expect(await listFolder(at(`from-${version}`))).toEqual(expected);
    });
  });
});

describeWith(['versitygw'], 'a bucket', () => {
  let s3: S3Server;
  beforeAll(async () => {
    s3 = await startS3();
    await s3.createBucket('images');
  });
  afterAll(() => s3?.stop());

  it('gives the files that an archive has', async () => {
    const env = s3Environment(s3);
    await push(s3Url(s3, 'images', 'registry'), env);
    const source = `${s3Url(s3, 'images', 'registry')}#app:1.0`;
    await pull([source, './from-bucket'], env);
    expect(await listFolder(at('from-bucket'))).toEqual(expected);
    const again = await pull([source, './from-bucket', '--json'], env);
    expect(JSON.parse(again.stdout)).toMatchObject({ unchanged: true });
    const wrong = await runAlba(['container', 'pull', `${s3Url(s3, 'images', 'registry')}#app:2.0`, './no'], {
      cwd: temporary.path,
      env,
    });
    expect(wrong).toMatchObject({ code: 1 });
    expect(wrong.stderr).toContain('is not there: is 1.0 meant; it has 1 tag: 1.0');
  });
});

describeWith(['dockerd', 'docker'], 'an archive for docker load', () => {
  let dockerd: Dockerd;
  beforeAll(async () => {
    dockerd = await startDockerd();
  }, 60_000);
  afterAll(() => dockerd?.stop());

  it('is loaded as the image that it is, under its name', async () => {
    await push('file://./site');
    await pull(['file://./site#app:1.0', 'docker-archive:./load.tar:my/app:2']);
    const loaded = await run('docker', ['--host', dockerd.endpoint, 'load', '-i', at('load.tar')]);
    expect(loaded).toContain('Loaded image: my/app:2');
    const format = ['--format', '{{json .RootFS.Layers}}'];
    const layers = await run('docker', [
      '--host',
      dockerd.endpoint,
      'image',
      'inspect',
      ...format,
      'my/app:2',
    ]);
    expect(JSON.parse(layers)).toEqual(image.layers.map((layer) => digestOf(layer)));
  });
});

describeWith(['podman'], 'an archive for podman load', () => {
  it('is loaded as the image that it is', async () => {
    await push('file://./site-podman');
    await pull(['file://./site-podman#app:1.0', 'docker-archive:./podman.tar:alba-test/pulled:2']);
    const storage = ['--root', at('podman-root'), '--runroot', at('podman-run'), '--storage-driver', 'vfs'];
    await run('podman', [...storage, 'load', '-q', '-i', at('podman.tar')]);
    const name = 'localhost/alba-test/pulled:2';
    const layers = await run('podman', [
      ...storage,
      'image',
      'inspect',
      '--format',
      '{{json .RootFS.Layers}}',
      name,
    ]);
    expect(JSON.parse(layers)).toEqual(image.layers.map((layer) => digestOf(layer)));
    expect((await readFile(at('podman.tar'))).length).toBeGreaterThan(30_000);
  });
});
