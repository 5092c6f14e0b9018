import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { treeTar } from '../../src/image/rootfs/tree-tar.ts';
import { makeConfig, noise } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { sparseFile, sparseMember } from '../fixtures/sparse.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { linesOf, unpack } from '../fixtures/unpack.ts';
import { run } from '../support/run.ts';
import { type Dockerd, startDockerd } from '../support/servers/dockerd.ts';
import { describeWith, toolsDirectory } from '../support/tools.ts';

const temporary = useTemporary();
const platform = { os: 'linux', architecture: 'amd64' };
const file = (name: string, content = name, more: Partial<TarMember> = {}) => ({ name, content, ...more });

/** Times that no other entry has, so that one that is set wrong shows. */
function dated(members: readonly TarMember[], from: number): TarMember[] {
  return members.map((member, index) => ({ mtime: from + index, ...member }));
}

/** Of a file, which each hard link to it has, too. */
const perlTime = 1_500_000_000;

/** As Debian is: folders by links, whiteouts and opaque folders in later layers, hard links across them, links that lead out. */
const debian = [
  dated(
    [
      { name: './', mode: 0o755 },
      ...[
        'usr',
        'usr/bin',
        'usr/lib',
        'etc',
        'etc/alternatives',
        'var',
        'var/cache',
        'var/cache/apt',
        'opt',
      ].map((name) => ({ name: `${name}/`, mode: 0o755 })),
      { name: 'tmp/', mode: 0o1777 },
      { name: 'var/mail/', mode: 0o2775, owner: [0, 8] },
      { name: 'root/', mode: 0o700 },
      { name: 'bin', symlink: 'usr/bin' },
      { name: 'lib', symlink: 'usr/lib' },
      file('usr/bin/perl', 'perl', { mode: 0o755, mtime: perlTime }),
      { name: 'usr/bin/perl5', link: 'usr/bin/perl', mode: 0o755, mtime: perlTime },
      file('usr/bin/su', 'su', { mode: 0o4755 }),
      file('usr/bin/wall', 'wall', { mode: 0o2755, owner: [0, 5] }),
      { name: 'etc/alternatives/awk', symlink: '/usr/bin/mawk' },
      { name: 'etc/out', symlink: '/../../../../etc/passwd' },
      file('etc/shadow', 'shadow', { mode: 0o640, owner: [0, 42] }),
      file('var/cache/apt/old', noise('old', 5000).toString()),
      file('var/cache/apt/older'),
      file('opt/file'),
      { name: 'opt/folder/', mode: 0o711 },
      file('opt/folder/x'),
      { name: 'dev/', mode: 0o755 },
      { name: 'dev/zero', type: '3', device: [1, 5] as const, mode: 0o666 },
      { name: 'dev/fifo', type: '6', mode: 0o600 },
    ],
    1_600_000_000,
  ),
  dated(
    [
      { name: 'etc/', mode: 0o755 },
      { name: 'etc/.wh.shadow' },
      file('etc/group', 'group', { records: { mtime: '1650000000.75' } }),
      { name: 'var/cache/apt/', mode: 0o750 },
      file('var/cache/apt/new'),
      { name: 'var/cache/apt/.wh..wh..opq' },
      { name: 'opt/', mode: 0o755 },
      { name: 'opt/file/', mode: 0o700 },
      file('opt/file/inside'),
      file('opt/folder', 'a file now'),
      { name: 'usr/', mode: 0o755 },
      { name: 'usr/bin/', mode: 0o755 },
      { name: 'usr/bin/perl5.40', link: 'usr/bin/perl', mode: 0o755, mtime: perlTime },
      { name: 'usr/lib/', mode: 0o755 },
      file('lib/größe.so', noise('so', 100_000).toString(), { owner: [70_000, 3_000_000] }),
      file(`usr/lib/${'long-'.repeat(40)}`, 'long'),
    ],
    1_650_000_000,
  ),
];

/** As Nix is: all of it in one store, of one time, closed to writing, with links from store to store. */
const nix = [
  [
    { name: 'nix/', mode: 0o755 },
    { name: 'nix/store/', mode: 0o555 },
    { name: 'nix/store/aaa-glibc/', mode: 0o555 },
    file('nix/store/aaa-glibc/libc.so', 'libc', { mode: 0o555 }),
  ],
  [
    { name: 'nix/', mode: 0o755 },
    { name: 'nix/store/', mode: 0o555 },
    { name: 'nix/store/bbb-app/', mode: 0o555 },
    { name: 'nix/store/bbb-app/bin/', mode: 0o555 },
    file('nix/store/bbb-app/bin/app', 'app', { mode: 0o555 }),
    { name: 'nix/store/bbb-app/lib', symlink: '/nix/store/aaa-glibc' },
    { name: 'bin', symlink: 'nix/store/bbb-app/bin' },
  ],
];

const holes = Buffer.alloc(3 * 1024 * 1024);
holes.write('in the middle', 1024 * 1024);
const sparse = [
  [{ name: 'd/', mode: 0o755 }, sparseMember(sparseFile('d/sparse', holes), '1.0'), file('d/next')],
];

const images: readonly (readonly [string, readonly (readonly TarMember[])[]])[] = [
  ['a Debian-like image', debian],
  ['a Nix-like image', nix],
  ['an image with a sparse file', sparse],
];

/** As they are, but for the root and folders that no layer has an entry of, whose times tools make up. */
function told(root: string): string[] {
  return linesOf(root).filter((line) => !line.startsWith('/ '));
}

describeWith([join(toolsDirectory, 'bin', 'umoci')], 'umoci', () => {
  it.each(images)('unpacks %s to the same tree', async (title, layers) => {
    const folder = join(temporary.path, title);
    const tars = layers.map((layer) => tar(layer));
    const layout = new FixtureLayout();
    const image = layout.image({ platform, config: makeConfig(platform, tars), layers: tars });
    await layout
      .list({ ...image, annotations: { 'org.opencontainers.image.ref.name': '1' } })
      .write(join(folder, 'layout'));
    const rootless = process.getuid?.() === 0 ? [] : ['--rootless'];
    const theirs = join(folder, 'theirs');
    await run('umoci', ['raw', 'unpack', ...rootless, '--image', `${join(folder, 'layout')}:1`, theirs]);
    const keep = process.getuid?.() === 0;
    const { root } = await unpack(tars, folder, { keepOwner: keep, keepSpecial: keep });
    expect(told(root)).toEqual(told(theirs));
  });
});

describeWith(['podman'], 'podman', () => {
  it.runIf(process.getuid?.() === 0).each(images)('mounts %s as the same tree', async (title, layers) => {
    const folder = join(temporary.path, `podman ${title}`);
    await mkdir(folder);
    const tars = layers.map((layer) => tar(layer));
    const layout = new FixtureLayout();
    const image = layout.image({ platform, config: makeConfig(platform, tars), layers: tars });
    const archive = join(temporary.path, 'podman.tar');
    await writeFile(archive, tar(layout.list(image).dockerMembers([image])));
    // It takes no long path for that.
    const storage = ['--root', join(folder, 'root'), '--runroot', join(temporary.path, 'run')];
    const podman = (...words: string[]) => run('podman', [...storage, '--storage-driver', 'vfs', ...words]);
    const id = (await podman('pull', '-q', `docker-archive:${archive}`)).trim();
    const theirs = (await podman('image', 'mount', id)).trim();
    try {
      const { root } = await unpack(tars, folder, { keepOwner: true, keepSpecial: true });
      expect(told(root)).toEqual(told(theirs));
    } finally {
      await podman('image', 'unmount', id);
    }
  });
});

describeWith(['dockerd', 'docker'], 'docker', () => {
  let dockerd: Dockerd;
  const docker = (...args: string[]) => run('docker', ['--host', dockerd.endpoint, ...args]);
  beforeAll(async () => {
    dockerd = await startDockerd();
  });
  afterAll(() => dockerd?.stop());

  it.each(images)('exports %s as the same tree', async (title, layers) => {
    const folder = join(temporary.path, `docker ${title}`);
    const tars = layers.map((layer) => tar(layer));
    const layout = new FixtureLayout();
    const image = layout.image({ platform, config: makeConfig(platform, tars), layers: tars });
    const archive = join(temporary.path, 'docker.tar');
    await writeFile(archive, tar(layout.list(image).dockerMembers([image])));
    await docker('load', '--input', archive);
    const id = (await docker('create', 'app:1.0', 'none')).trim();
    const exported = join(temporary.path, 'exported.tar');
    await docker('export', '--output', exported, id);
    await docker('rm', id);
    await docker('image', 'rm', 'app:1.0');
    await mkdir(join(folder, 'theirs'), { recursive: true });
    await run('tar', ['--numeric-owner', '-xpf', exported, '-C', join(folder, 'theirs')]);
    const { root } = await unpack(tars, folder, { keepOwner: true, keepSpecial: true });
    const ours = told(root).map(byDocker);
    const added = told(join(folder, 'theirs'))
      .map(byDocker)
      .filter((line) => !ours.includes(line));
    expect(added.filter((line) => !isDockers(line))).toEqual([]);
    const theirs = told(join(folder, 'theirs')).map(byDocker);
    expect(ours.filter((line) => !theirs.includes(line) && !isDockers(line))).toEqual([]);
  });
});

/** It exports whole seconds, and which name of a file comes first is its own affair. */
function byDocker(line: string): string {
  return line.replace(/(\d+)\.\d+(?= |$)/, '$1');
}

/** What docker puts into every container itself, and the folders that get another time by that. */
function isDockers(line: string): boolean {
  return /^\/(\.dockerenv|dev|etc|proc|sys)( |\/(console|pts|shm|hostname|hosts|mtab|resolv\.conf)? ?)/.test(
    line,
  );
}

describeWith(['tar'], 'GNU tar', () => {
  it.each(images)('unpacks the tar of the tree of %s to the same tree', async (title, layers) => {
    const folder = join(temporary.path, `tar ${title}`);
    await mkdir(folder, { recursive: true });
    const keep = process.getuid?.() === 0;
    const {
      plan,
      layers: taken,
      root,
    } = await unpack(
      layers.map((layer) => tar(layer)),
      folder,
      { keepOwner: keep, keepSpecial: keep, how: 'copy' },
    );
    const chunks: Buffer[] = [];
    for await (const chunk of treeTar(plan, taken)) chunks.push(Buffer.from(chunk));
    await writeFile(join(folder, 'tree.tar'), Buffer.concat(chunks));
    await mkdir(join(folder, 'theirs'));
    const owner = keep ? ['--numeric-owner'] : ['--no-same-owner'];
    await run('tar', [...owner, '-xpf', join(folder, 'tree.tar'), '-C', join(folder, 'theirs')]);
    const impliedTime = (line: string) => line.replace(/(^\/\S* folder \S+ \S+) \d+\.\d{3,}$/, '$1 1');
    expect(told(join(folder, 'theirs'))).toEqual(told(root).map(impliedTime));
  });
});
