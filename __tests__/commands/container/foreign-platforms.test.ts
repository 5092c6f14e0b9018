import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../src/oci/digest.ts';
import { parseIndex, parseManifest } from '../../../src/oci/manifest.ts';
import { spellPlatform } from '../../../src/oci/platform.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeConfig, makeImage } from '../../fixtures/image.ts';
import { compress, FixtureLayout } from '../../fixtures/oci-layout.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { asV7 } from '../../fixtures/v7.ts';
import { runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
let made = 0;

/** A folder of its own with these artifacts in `docker`, and what a push of it comes to. */
async function workspace(files: Record<string, Buffer>) {
  made += 1;
  const root = join(temporary.path, `${made}`);
  await mkdir(join(root, 'docker'), { recursive: true });
  for (const [name, content] of Object.entries(files)) await writeFile(join(root, 'docker', name), content);
  const run = (...words: string[]) => runAlba(['container', 'push', '-t', 'app:1', ...words], { cwd: root });
  const blob = (digest: string) => readFile(join(root, 'site/v2/app/blobs', digest));
  const published = async () => {
    const index = parseIndex(await readFile(join(root, 'site/v2/app/manifests/1')), 'the index');
    const images = index.manifests.map(async ({ digest, platform }) => {
      const manifest = await readFile(join(root, 'site/v2/app/manifests', digest));
      const { config } = parseManifest(manifest, digest);
      return [platform ? spellPlatform(platform) : '', digestOf(await blob(config.digest))] as const;
    });
    return Object.fromEntries(await Promise.all(images));
  };
  return { root, run, published };
}

const imageOf = (os: string, architecture: string, variant?: string) =>
  makeImage({ os, architecture, ...(variant && { variant }) });

describe('container push of platforms in words that are not those of Go', () => {
  it.each([
    ['linux', 'x86_64', undefined, 'linux/amd64'],
    ['linux', 'arm', 'armv7', 'linux/arm/v7'],
    ['linux', 'arm32v7', undefined, 'linux/arm/v7'],
    ['Linux', 'amd64', undefined, 'linux/amd64'],
  ])(
    'publishes %s/%s/%s for clients to find, with its config as it was',
    async (os, name, variant, platform) => {
      const image = imageOf(os, name, variant);
      const { run, published } = await workspace({ 'app.tar': dockerArchive(image) });
      const ended = await run('docker/app.tar', '--platforms', platform, 'file://./site');
      expect(ended).toMatchObject({ code: 0 });
      const written = [os, name, ...(variant ? [variant] : [])].join('/');
      expect(ended.stderr).toMatch(new RegExp(`^docker.app\\.tar: ${written} is read as ${platform}$`, 'm'));
      expect(await published()).toEqual({ [platform]: digestOf(image.config) });
    },
  );

  it('does so for an image that has a manifest, which stays as it is', async () => {
    const image = imageOf('linux', 'aarch64');
    const layout = new FixtureLayout();
    const manifest = layout.image(image);
    layout.list({ ...manifest, platform: { os: 'linux', architecture: 'aarch64' } });
    const other = dockerArchive(imageOf('linux', 'amd64'));
    const { run, published, root } = await workspace({ 'layout.tar': tar(layout.members()), 'b.tar': other });
    expect(await run('docker', 'file://./site')).toMatchObject({ code: 0 });
    expect(await published()).toMatchObject({ 'linux/arm64': digestOf(image.config) });
    expect(await readdir(join(root, 'site/v2/app/manifests'))).toContain(manifest.digest);
  });

  it('takes them where platforms are asked for', async () => {
    const { run, published } = await workspace({
      'a.tar': dockerArchive(imageOf('linux', 'amd64')),
      'b.tar': dockerArchive(imageOf('linux', 'arm', 'v7')),
    });
    const ended = await run('docker', '--platforms', 'Linux/x86_64,linux/armhf', 'file://./site');
    expect(ended).toMatchObject({ code: 0 });
    expect(Object.keys(await published())).toEqual(['linux/amd64', 'linux/arm/v7']);
  });

  it('refuses two images of one platform in two words', async () => {
    const { run, root } = await workspace({
      'a.tar': dockerArchive(imageOf('linux', 'amd64')),
      'b.tar': dockerArchive(makeImage({ os: 'linux', architecture: 'x86_64' }, { seed: 'other' })),
    });
    const ended = await run('docker', 'file://./site');
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toContain('two images for linux/amd64');
    expect(await readdir(root)).toEqual(['docker']);
  });

  it('warns of a name that nobody knows', async () => {
    const { run, published } = await workspace({ 'a.tar': dockerArchive(imageOf('linux', 'quantum')) });
    const ended = await run('docker', 'file://./site');
    expect(ended.stderr).toMatch(/warning: docker.a\.tar is for linux\/quantum: "quantum" is not an arch/);
    expect(Object.keys(await published())).toEqual(['linux/quantum']);
  });
});

describe('container push of an archive of Nix for armv6l', () => {
  const image = imageOf('linux', 'arm');
  const archive = compress(dockerArchive(image), 'gzip');

  it('is for the variant that its name tells, however often it is pushed', async () => {
    const { run, published } = await workspace({ 'linux.arm.v6.tar.gz': archive });
    const words = ['docker', '--cache-dir', 'cache', '--platforms', 'linux/arm/v6', 'file://./site'];
    for (const remark of [', 2 layers', ', 2 layers, unchanged']) {
      const ended = await run(...words);
      expect(ended).toMatchObject({ code: 0 });
      expect(ended.stderr).toMatch(/: linux\/arm is published as linux\/arm\/v6, as its name says$/m);
      expect(ended.stderr).toContain(`-> linux/arm/v6${remark}\n`);
      expect(await published()).toEqual({ 'linux/arm/v6': digestOf(image.config) });
    }
  });

  it('is for what another name says, though the archive is known', async () => {
    const { run, published, root } = await workspace({ 'linux.arm.v6.tar.gz': archive });
    const words = ['docker', '--cache-dir', 'cache', 'file://./site'];
    await run(...words);
    await rename(join(root, 'docker/linux.arm.v6.tar.gz'), join(root, 'docker/linux.arm.tar.gz'));
    expect(await run(...words)).toMatchObject({ code: 0 });
    expect(Object.keys(await published())).toEqual(['linux/arm']);
  });

  it('is refused where the config says another variant', async () => {
    const other = dockerArchive(imageOf('linux', 'arm', 'v7'));
    const { run, root } = await workspace({ 'linux.arm.v6.tar': other });
    const ended = await run('docker', 'file://./site');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain('is named for linux/arm/v6, but the image in it is for linux/arm/v7');
    expect(await readdir(root)).toEqual(['docker']);
  });
});

describe('container push of a folder that holds more than it can read', () => {
  const xz = Buffer.concat([Buffer.from('fd377a585a0000', 'hex'), Buffer.alloc(100)]);
  const files = {
    'linux.amd64.tar': dockerArchive(imageOf('linux', 'amd64')),
    'linux.riscv64': asV7(dockerArchive(imageOf('linux', 'riscv64'))),
    'linux.arm64.txz': xz,
    'linux.amd64.tar.sha256': Buffer.from('abc'),
  };

  it('warns of each platform that it passes over', async () => {
    const { run, published } = await workspace(files);
    const ended = await run('docker', 'file://./site');
    expect(ended.code).toBe(0);
    const warnings = ended.stderr.split('\n').filter((line) => line.startsWith('warning:'));
    expect(warnings).toEqual([
      expect.stringMatching(/^warning: docker.linux\.arm64\.txz is passed over.*linux\/arm64.*with xz/),
    ]);
    expect(Object.keys(await published())).toEqual(['linux/amd64', 'linux/riscv64']);
  });

  it('fails where platforms ask for it, and writes nothing', async () => {
    const { run, root } = await workspace(files);
    const platforms = 'linux/amd64,linux/riscv64,linux/arm64';
    const ended = await run('docker', '--platforms', platforms, 'file://./site');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toMatch(/linux\.arm64\.txz is passed over.*no artifact is for linux\/arm64/s);
    expect(await readdir(root)).toEqual(['docker']);
  });

  it('takes a layout in the tar of version 7 of Unix, which has no magic', async () => {
    const layout = new FixtureLayout();
    const platform = { os: 'linux', architecture: 's390x' };
    const layer = tar([{ name: 'a', content: 'a' }]);
    layout.list(layout.image({ platform, config: makeConfig(platform, [layer]), layers: [layer] }));
    const { run, published } = await workspace({ image: asV7(tar(layout.members(), { longNames: 'gnu' })) });
    expect(await run('docker', 'file://./site')).toMatchObject({ code: 0 });
    expect(Object.keys(await published())).toEqual(['linux/s390x']);
  });
});
