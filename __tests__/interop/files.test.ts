import { copyFile, link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ContainerPushResult } from '../../src/commands/container/push-result.ts';
import { makeConfig, noise } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { copyWithSkopeo, craneValidate } from '../support/clients.ts';
import { run } from '../support/run.ts';
import { podmanIn } from '../support/savers.ts';
import { type Containerd, startContainerd } from '../support/servers/containerd.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { type Registry, registryTool, startRegistry } from '../support/servers/registry.ts';
import { describeWith, requireTool } from '../support/tools.ts';
import { fileTree } from './file-tree.ts';

const engines = ['dockerd', 'docker', 'containerd', 'ctr', 'podman', 'runc'];
const clients = [...engines, 'skopeo', 'umoci', 'crane', 'busybox'];
const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const platform = { os: 'linux', architecture: process.arch === 'arm64' ? 'arm64' : 'amd64' };
const source = (...names: string[]) => at('df', platform.os, platform.architecture, ...names);

async function put(path: string, content: Uint8Array | string, mode = 0o600): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content, { mode });
}

/** Files of all sorts, and a program that any machine of this platform runs. */
async function writeTree(): Promise<void> {
  await put(source('lib/large.bin'), noise('large', 3_000_000));
  await put(source(`lib/${'deep/'.repeat(30)}file`), 'deep');
  await put(source(`lib/größe ${'ü'.repeat(100)}.txt`), 'wide');
  await put(source('lib/.hidden'), '');
  await mkdir(source('lib/empty'));
  await link(source('lib/large.bin'), source('lib/same.bin'));
  await symlink('../lib/large.bin', source('lib/link'));
  await symlink('nowhere', source('lib/dangling'));
  await put(source('etc/changes-often'), '1');
  // A layer of the base has a file there and no folder, of which docker would make one that is root's alone.
  await put(source('srv/deep/er/own'), 'own');
  await mkdir(source('bin'));
  await copyFile(requireTool('busybox'), source('bin/busybox'));
  await symlink('busybox', source('bin/sh'));
}

/** A base like Debian's, where /bin leads elsewhere; Docker's rules for missing parents hold in its second layer. */
async function writeBase(): Promise<void> {
  const layers = [
    tar([
      { name: 'bin', symlink: 'usr/bin' },
      { name: 'etc/', mode: 0o755 },
      { name: 'etc/os-release', content: 'ID=debian' },
      { name: 'tmp/', mode: 0o1777 },
      { name: 'usr/', mode: 0o755 },
      { name: 'usr/bin/', mode: 0o755 },
      { name: 'usr/bin/true', content: '#!/bin/sh\n', mode: 0o755 },
      { name: 'var/', mode: 0o755, owner: [0, 50] },
    ]),
    tar([{ name: 'srv/deep/er/file', content: 'no parents' }]),
  ];
  const layout = new FixtureLayout();
  const image = layout.image({ platform, config: makeConfig(platform, layers), layers });
  await layout
    .list({ ...image, platform, annotations: { 'org.opencontainers.image.ref.name': '1' } })
    .write(at('base'));
}

describeWith([registryTool[2], ...clients], 'images that are made of files', () => {
  let registry: Registry;
  let dockerd: Dockerd;
  let containerd: Containerd;
  let plain: string;
  let based: string;
  const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
  const ctr = (...args: string[]) => run('ctr', ['--address', containerd.address, ...args]);

  async function push(reference: string, ...args: string[]): Promise<ContainerPushResult> {
    const common = ['--json', '--cache-dir', at('cache'), '--layer', 'lib/**'];
    const ended = await runAlba(['container', 'push', ...common, ...args, 'df', `docker://${reference}`], {
      cwd: temporary.path,
    });
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    return JSON.parse(ended.stdout);
  }

  const program = ['--entrypoint', '/bin/busybox', '--cmd', 'echo usual'];

  beforeAll(async () => {
    [registry, dockerd, containerd] = await Promise.all([startRegistry(), startDockerd(), startContainerd()]);
    await Promise.all([writeTree(), writeBase()]);
    plain = `${registry.host}/app:1.0.0`;
    based = `${registry.host}/based:1`;
    await push(plain, ...program);
    await copyWithSkopeo(`oci:${at('base')}:1`, `docker://${registry.host}/base:1`);
    await push(based, '--base', `docker://${registry.host}/base:1`, ...program);
  }, 120_000);
  afterAll(() => Promise.all([registry, dockerd, containerd].map((server) => server?.stop())));

  /** What a client has to make of the files alone. */
  const expected = (hardLinks = false) => fileTree(source(), { asIs: false, hardLinks });

  /** Docker and podman put some files of their own into what they export. */
  async function exported(archive: string, hardLinks = false): Promise<Record<string, string>> {
    const folder = await mkdtemp(at('export-'));
    await run('tar', ['--same-owner', '-xpf', archive, '-C', folder]);
    for (const name of ['dev', 'proc', 'sys', '.dockerenv', 'run'])
      await rm(join(folder, name), { recursive: true, force: true });
    for (const name of ['hosts', 'hostname', 'resolv.conf', 'mtab'])
      await rm(join(folder, 'etc', name), { force: true });
    return fileTree(folder, { hardLinks });
  }

  it('are whole for crane', async () => {
    await craneValidate(plain);
    await craneValidate(based);
  });

  it('are what was put into them when umoci unpacks what skopeo copied', async () => {
    await copyWithSkopeo(`docker://${plain}`, `oci:${at('copied')}:1`);
    await run('umoci', ['unpack', '--image', `${at('copied')}:1`, at('bundle')]);
    expect(await fileTree(at('bundle', 'rootfs'), { hardLinks: true })).toEqual(await expected(true));
  });

  it('are what was put into them in dockerd, and run there', async () => {
    await docker('pull', '--quiet', plain);
    const id = (await docker('create', plain)).trim();
    await docker('export', '--output', at('docker.tar'), id);
    expect(await exported(at('docker.tar'), true)).toEqual(await expected(true));
    await docker('cp', `${id}:/lib`, at('docker-lib'));
    const wanted = Object.entries(await expected()).filter(([path]) => path.startsWith('lib/'));
    const copied = await fileTree(at('docker-lib'));
    expect(Object.entries(copied).map(([path, what]) => [`lib/${path}`, what])).toEqual(wanted);
    expect(await docker('run', '--rm', '--network', 'none', plain, 'echo', 'it runs')).toBe('it runs\n');
    expect(await docker('run', '--rm', '--network', 'none', plain)).toBe('usual\n');
  }, 60_000);

  it('are what was put into them in podman, and run there', async () => {
    const podman = (...args: string[]) => podmanIn(at('podman'), args);
    try {
      await podman('pull', '--quiet', '--tls-verify=false', plain);
      const id = (await podman('create', plain)).trim();
      await podman('export', '--output', at('podman.tar'), id);
      expect(await exported(at('podman.tar'), true)).toEqual(await expected(true));
      // Its own limits are more than who is root in a container may give.
      const limits = ['--ulimit', 'nofile=1024:1024', '--ulimit', 'nproc=1024:1024'];
      const plainly = [
        '--runtime',
        requireTool('runc'),
        'run',
        '--rm',
        '--network',
        'none',
        ...limits,
        plain,
      ];
      expect(await podman(...plainly, 'echo', 'it runs')).toBe('it runs\n');
      expect(await podman(...plainly)).toBe('usual\n');
    } finally {
      await podman('rm', '--all', '--force');
    }
  }, 60_000);

  it('are what was put into them in containerd', async () => {
    await ctr('images', 'pull', '--plain-http', '--snapshotter', 'native', plain);
    await mkdir(at('mounted'));
    await ctr('images', 'mount', '--snapshotter', 'native', plain, at('mounted'));
    try {
      expect(await fileTree(at('mounted'))).toEqual(await expected());
    } finally {
      await ctr('images', 'unmount', at('mounted'));
    }
  }, 60_000);

  it('keep what a base has, and lie where its links lead', async () => {
    await copyWithSkopeo(`docker://${based}`, `oci:${at('based')}:1`);
    await run('umoci', ['unpack', '--image', `${at('based')}:1`, at('based-bundle')]);
    const own = Object.entries(await expected(true));
    const moved = own.map(([path, what]) => [path.replace(/^bin\//, 'usr/bin/'), what]);
    const found = await fileTree(at('based-bundle', 'rootfs'), { hardLinks: true });
    expect(found).toEqual({
      ...found,
      ...Object.fromEntries(moved),
      bin: '-> usr/bin',
      'etc/os-release': expect.stringContaining('644 0:0'),
      tmp: 'folder 1777 0:0',
      'usr/bin': 'folder 755 0:0',
      'usr/bin/true': expect.stringContaining('755 0:0'),
      var: 'folder 755 0:50',
    });
    await docker('pull', '--quiet', based);
    const id = (await docker('create', based)).trim();
    await docker('export', '--output', at('based.tar'), id);
    const inDocker = await exported(at('based.tar'), true);
    expect(inDocker).toEqual(Object.fromEntries(Object.entries(found).filter(([path]) => path !== 'run')));
    expect(
      await docker('run', '--rm', '--network', 'none', based, 'sh', '-c', '. /etc/os-release; echo $ID'),
    ).toBe('debian\n');
  }, 60_000);

  it('take over the layers of a base from its repository, read once where no release says what they are, then no more', async () => {
    const asked = (): number => registry.log().match(/GET \/v2\/base\/blobs/g)?.length ?? 0;
    const pushOther = () =>
      push(`${registry.host}/other:1`, '--base', `docker://${registry.host}/base:1`, ...program);
    const before = asked();
    const result = await pushOther();
    const base = JSON.parse(await run('crane', ['manifest', '--insecure', `${registry.host}/base:1`]));
    const held = base.layers.reduce((sum: number, { size }: { size: number }) => sum + size, 0);
    expect(result.skippedBytes).toBe(held);
    // Its config, as it was opened and as it is copied, and each layer.
    const first = asked() - before;
    expect(first).toBeLessThanOrEqual(2 + base.layers.length);
    expect(await pushOther()).toMatchObject({ digest: result.digest, pushedBytes: 0 });
    expect(asked() - before - first).toBeLessThanOrEqual(2);
  });

  it('send one layer for one small file, and docker has the rest', async () => {
    await writeFile(source('etc/changes-often'), '2');
    const result = await push(`${registry.host}/app:1.0.1`, ...program);
    const manifest = JSON.parse(
      await run('crane', ['manifest', '--insecure', `${registry.host}/app@${result.manifests[0]?.digest}`]),
    );
    const { config, layers } = manifest;
    expect(result.pushedBytes).toBe(
      layers[1].size + config.size + (result.manifests[0]?.size ?? 0) + result.size,
    );
    expect(result.manifests[0]?.made).toBe(1);
    await docker('pull', '--quiet', plain);
    const told = await docker('pull', `${registry.host}/app:1.0.1`);
    expect(told.match(/Already exists/g)).toHaveLength(1);
    expect(told.match(/Pull complete/g)).toHaveLength(1);
  }, 60_000);
});
