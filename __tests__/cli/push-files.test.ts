import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, readFile, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ContainerPushResult } from '../../src/commands/container/push-result.ts';
import { makeConfig } from '../fixtures/image.ts';
import { FixtureLayout } from '../fixtures/oci-layout.ts';
import { readPublished } from '../fixtures/published.ts';
import { tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAction, runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const env = { SOURCE_DATE_EPOCH: '1700000000' };

/** A folder of its own with these files; `->` before a text makes a link. */
async function workplace(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(temporary.path, 'work-'));
  for (const [name, content] of Object.entries(files)) await put(folder, name, content);
  return folder;
}

async function put(folder: string, name: string, content: string): Promise<void> {
  const path = join(folder, name);
  await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
  if (content.startsWith('->')) await symlink(content.slice(2), path);
  else if (!name.endsWith('/')) await writeFile(path, content);
}

function push(cwd: string, ...args: string[]): Promise<Ended> {
  return runAlba(
    ['container', 'push', '--json', '--cache-dir', 'cache', '-t', 'app:1', ...args, 'file://./out'],
    { cwd, env },
  );
}

async function pushed(cwd: string, ...args: string[]): Promise<ContainerPushResult> {
  const ended = await push(cwd, ...args);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  return JSON.parse(ended.stdout);
}

const seed = {
  'df/linux/amd64/ChangesRarely/big.dll': 'big',
  'df/linux/amd64/ChangesOften/app': '#!/bin/sh',
  'df/linux/arm/v7/ChangesRarely/big.dll': 'big',
  'df/linux/arm/v7/ChangesOften/app': '#!/bin/v7',
};
const layers = ['--layer', 'ChangesRarely/** => /opt/rarely', '--layer', 'ChangesOften/** => /usr/bin'];

describe('container push of files', () => {
  it.each(['gzip', 'zstd'])(
    'makes the same image whether %s is made while files are read, as of new ones, or later',
    async (compression) => {
      const cwd = await workplace(seed);
      const options = ['--from-files', '--compression', compression, 'df'];
      const first = await pushed(cwd, '--no-cache', ...options);
      await put(cwd, 'other/file', 'other');
      await pushed(cwd, '--from-files', '--platforms', 'linux/amd64', 'other');
      await rm(join(cwd, 'out'), { recursive: true });
      const later = await pushed(cwd, ...options);
      expect(later.digest).toBe(first.digest);
      expect(later.pushedBytes).toBe(first.pushedBytes);
    },
  );

  it('makes an image of each platform, with a layer for each line', async () => {
    const cwd = await workplace(seed);
    const options = [
      ...[
        '--entrypoint',
        'app "a b"',
        '--cmd',
        '["-v"]',
        '--env',
        'A=1',
        '--env',
        'B=x y',
        '--workdir',
        '/srv/',
      ],
      ...[
        '--user',
        '65532',
        '--expose',
        '8080,53/udp',
        '--volume',
        '/data',
        '--stop-signal',
        'SIGINT',
        '--label',
        'k=v',
      ],
    ];
    const result = await pushed(cwd, ...layers, ...options, 'df');
    expect(Object.keys(result.platforms)).toEqual(['linux/amd64', 'linux/arm/v7']);
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(found['linux/amd64']?.layers).toEqual([
      ['755 0:0 opt/', '755 0:0 opt/rarely/', '644 0:0 opt/rarely/big.dll = big'],
      ['755 0:0 usr/', '755 0:0 usr/bin/', '755 0:0 usr/bin/app = #!/bin/sh'],
    ]);
    expect(found['linux/arm/v7']?.config).toEqual({
      created: '2023-11-14T22:13:20Z',
      architecture: 'arm',
      os: 'linux',
      variant: 'v7',
      config: {
        User: '65532',
        ExposedPorts: { '53/udp': {}, '8080/tcp': {} },
        Env: ['A=1', 'B=x y'],
        Entrypoint: ['app', 'a b'],
        Cmd: ['-v'],
        Volumes: { '/data': {} },
        WorkingDir: '/srv',
        StopSignal: 'SIGINT',
        Labels: { k: 'v' },
      },
      rootfs: { type: 'layers', diff_ids: [expect.any(String), expect.any(String)] },
      history: [
        {
          created: '2023-11-14T22:13:20Z',
          created_by: 'alba: ChangesRarely/** => /opt/rarely',
          comment: 'alba',
        },
        { created: '2023-11-14T22:13:20Z', created_by: 'alba: ChangesOften/** => /usr/bin', comment: 'alba' },
      ],
    });
  });

  it('sends and makes nothing for what did not change, and one layer for one small file', async () => {
    const cwd = await workplace(seed);
    const first = await pushed(cwd, ...layers, 'df');
    const again = await pushed(cwd, ...layers, 'df');
    expect(again).toMatchObject({ digest: first.digest, pushedBytes: 0 });
    expect(again.manifests.map(({ made }) => made)).toEqual([0, 0]);
    await writeFile(join(cwd, 'df/linux/amd64/ChangesOften/app'), '#!/bin/bash');
    const next = await pushed(cwd, ...layers, 'df');
    expect(next.manifests.map(({ made, pushed }) => ({ made, pushed }))).toEqual([
      { made: 1, pushed: true },
      { made: 0, pushed: false },
    ]);
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    const layer = found['linux/amd64']?.manifest.layers[1]?.size ?? 0;
    const config = found['linux/amd64']?.manifest.config.size ?? 0;
    const documents = (found['linux/amd64']?.descriptor.size ?? 0) + next.size;
    expect(next.pushedBytes).toBe(layer + config + documents);
  });

  it('has one digest whatever times, modes and orders a machine gives', async () => {
    const cwd = await workplace(seed);
    const first = await pushed(cwd, ...layers, 'df');
    const other = await workplace(Object.fromEntries(Object.entries(seed).reverse()));
    for (const name of Object.keys(seed)) {
      await chmod(join(other, name), 0o600);
      await utimes(join(other, name), 1e9, 1e9);
      await chmod(dirname(join(other, name)), 0o700);
    }
    expect(await pushed(other, ...layers, 'df')).toMatchObject({ digest: first.digest });
    const action = await runAction(
      {
        artifacts: 'df',
        tag: 'app:1',
        target: 'file://./site',
        layers: 'ChangesRarely/** => /opt/rarely\nChangesOften/** => /usr/bin',
        cache: 'false',
      },
      { cwd: other, env },
    );
    expect(action.outputs, action.stdout).toMatchObject({ digest: first.digest });
  });

  it('takes a plain folder where one platform is named, whatever its folders are called', async () => {
    const cwd = await workplace({ 'site/js/app.js': 'js', 'site/index.html': 'html' });
    await pushed(cwd, '--from-files', '--prefix', '/srv', '--platforms', 'linux/amd64', 'site');
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(found['linux/amd64']?.layers).toEqual([
      ['755 0:0 srv/', '644 0:0 srv/index.html = html', '755 0:0 srv/js/', '644 0:0 srv/js/app.js = js'],
    ]);
  });

  it('parts variants from their architecture, and leaves out what a line with ! says', async () => {
    const cwd = await workplace({
      ...{
        'df/linux/amd64/app': '1',
        'df/linux/amd64/v3/app': '3',
        'df/linux/amd64/notes': '',
        'df/windows/x': '',
      },
    });
    await pushed(cwd, '--from-files', 'df', '!df/windows', '!df/linux/amd64/notes');
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(Object.entries(found).map(([platform, image]) => [platform, image.layers])).toEqual([
      ['linux/amd64', [['644 0:0 app = 1']]],
      ['linux/amd64/v3', [['644 0:0 app = 3']]],
    ]);
  });

  it('writes a skeleton where it is missing', async () => {
    const cwd = await workplace({
      ...{ 'df/linux/amd64/etc/passwd': 'mine', 'ca.pem': '-----BEGIN CERTIFICATE-----' },
    });
    await pushed(cwd, '--from-files', '--skeleton', 'passwd,tmp,nsswitch,ca=ca.pem', 'df');
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(found['linux/amd64']?.layers).toEqual([
      [
        '755 0:0 etc/',
        '644 0:0 etc/group = root:x:0:\n',
        '644 0:0 etc/nsswitch.conf = hosts: fil',
        '755 0:0 etc/ssl/',
        '755 0:0 etc/ssl/certs/',
        '644 0:0 etc/ssl/certs/ca-certificates.crt = -----BEGIN',
        '1777 0:0 tmp/',
      ],
      ['755 0:0 etc/', '644 0:0 etc/passwd = mine'],
    ]);
  });

  it('makes the file of the entrypoint a program, be it found by a link or by PATH, and warns where there is none', async () => {
    const cwd = await workplace({
      'df/linux/amd64/opt/run': 'text',
      'df/linux/amd64/bin/go': '->../opt/run',
    });
    for (const entrypoint of ['/bin/go', 'go', 'opt/run']) {
      const ended = await push(cwd, '--entrypoint', entrypoint, 'df');
      expect(ended.stderr).not.toContain('warning');
      const found = await readPublished(join(cwd, 'out'), 'app', '1');
      expect(found['linux/amd64']?.layers[0]).toContain('755 0:0 opt/run = text');
    }
    const ended = await push(cwd, '--entrypoint', '/bin/gone', 'df');
    expect(ended).toMatchObject({ code: 0 });
    expect(ended.stderr).toContain('warning: linux/amd64: entrypoint "/bin/gone" is not in the image');
  });

  it('tells configs the time of the commit where nobody says another', async () => {
    const cwd = await workplace({ 'df/linux/amd64/app': '1' });
    const created = async (more: Readonly<Record<string, string>>, ...args: string[]) => {
      const ended = await runAlba(
        ['container', 'push', '--no-cache', '-t', 'app:1', '--from-files', ...args, 'df', 'file://./out'],
        { cwd, env: { GIT_CEILING_DIRECTORIES: temporary.path, ...more } },
      );
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      return (await readPublished(join(cwd, 'out'), 'app', '1'))['linux/amd64']?.config.created;
    };
    expect(await created({})).toBe('1970-01-01T00:00:00Z');
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd,
        env: { ...process.env, GIT_COMMITTER_DATE: '1600000000 +0200' },
      });
    git('init', '-q');
    git('commit', '-q', '--allow-empty', '-m', 'x');
    expect(await created({})).toBe('2020-09-13T12:26:40Z');
    expect(await created(env)).toBe('2023-11-14T22:13:20Z');
    expect(await created(env, '--created', '2026-01-31T12:00:00+01:00')).toBe('2026-01-31T11:00:00Z');
  });
});

describe('the time of a commit that git does not tell', () => {
  it('is a warning that says why, in a repository alone', async () => {
    const cwd = await workplace({ 'df/linux/amd64/app': '1' });
    const tell = async (more: Readonly<Record<string, string>>) =>
      (
        await runAlba(
          ['container', 'push', '--no-cache', '-t', 'app:1', '--from-files', 'df', 'file://./out'],
          { cwd, env: { GIT_CEILING_DIRECTORIES: temporary.path, ...more } },
        )
      ).stderr;
    const empty = await workplace({ 'bin/': '' });
    const noGit = { PATH: join(empty, 'bin'), Path: join(empty, 'bin') };
    expect(await tell({})).not.toContain('created');
    expect(await tell(noGit)).not.toContain('created');
    execFileSync('git', ['init', '-q'], { cwd });
    expect(await tell({})).toMatch(/warning: .*no commit.*created.*1970/);
    const commit = ['-c', 'user.name=a', '-c', 'user.email=a@b', 'commit', '-q', '--allow-empty', '-m', 'x'];
    execFileSync('git', commit, { cwd });
    expect(await tell({})).not.toContain('created');
    expect(await tell({ GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' })).toMatch(
      /warning: .*dubious ownership.*1970/,
    );
    expect(await tell(noGit)).toMatch(/warning: .*git is not there.*1970/);
    expect(await tell({ ...noGit, ...env })).not.toContain('1970');
  });
});

describe('bad input of files', () => {
  it.each<[title: string, args: string[], why: string]>([
    [
      'a layer that takes nothing',
      ['--layer', 'nope/**', 'df'],
      'layer "nope/**" takes no file of any platform',
    ],
    ['a destination with ..', ['--layer', 'a => /x/../y', 'df'], 'has a ".."'],
    ['an unbalanced quote in cmd', ['--cmd', "it's", 'df'], "cmd has a ' that nothing ends"],
    ['JSON that is no list of texts', ['--cmd', '[1]', 'df'], 'cmd begins like JSON'],
    ['a skeleton without its certificates', ['--skeleton', 'ca', '--from-files', 'df'], 'ca=PATH'],
    [
      'an input that means nothing without files',
      ['--workdir', '/x', 'df'],
      'workdir: for images that are made of files alone',
    ],
    ['a folder that is no tree', ['--from-files', 'plain'], 'plain is no tree by platform'],
    ['a file outside of platforms', ['--from-files', 'stray'], 'stray/notes: lies outside a platform'],
    ['an empty platform', ['--from-files', 'hollow'], 'hollow/linux/amd64 has no file for linux/amd64'],
    [
      'a link that leads out',
      ['--from-files', 'out-link'],
      'linux/amd64/x is a symbolic link that leads out of the tree',
    ],
    [
      'a platform that leads out',
      ['--from-files', 'out-platform'],
      'out-platform/linux/amd64: is a symbolic link that leads out of the tree',
    ],
    [
      'two folders of one platform',
      ['--from-files', 'twice'],
      "twice/app_linux_amd64_v1 and twice/tool_linux_amd64_v1 are both for linux/amd64, and one image holds all files of a platform: put them into one folder linux/amd64, keep GoReleaser's artifacts.json beside them if it made them, or leave one out by a line !twice/tool_linux_amd64_v1",
    ],
    ['a folder of files, without a word about them', ['df'], 'from-files makes images of files'],
    [
      'a time that is none',
      ['--from-files', '--created', 'yesterday', 'df'],
      'created "yesterday" is no time',
    ],
    [
      'a base of Docker Hub without its scheme',
      ['--base', 'debian:12-slim', 'df'],
      'base "debian:12-slim" is not there: did you mean docker://docker.io/library/debian:12-slim?',
    ],
    [
      'a base on a registry without its scheme',
      ['--base', 'ghcr.io/org/base:1', 'df'],
      'base "ghcr.io/org/base:1" is not there: did you mean docker://ghcr.io/org/base:1?',
    ],
    [
      'a base that is not there',
      ['--base', './base.tar', 'df'],
      'base "./base.tar" is not there: expected the path of an archive or a layout',
    ],
    ['a port that is none', ['--from-files', '--expose', '99999', 'df'], 'expose "99999" is not a port'],
  ])('is %s', async (_, args, why) => {
    const cwd = await workplace({
      ...{ 'df/linux/amd64/app': '1', 'plain/app': '1', 'stray/linux/amd64/app': '1', 'stray/notes': '' },
      ...{ 'hollow/linux/amd64/': '', 'out-link/linux/amd64/x': '->/etc/hostname', 'secret/x': 's' },
      ...{ 'twice/app_linux_amd64_v1/app': '1', 'twice/tool_linux_amd64_v1/tool': '2' },
      ...{ 'out-platform/linux/amd64': '->../../secret' },
    });
    const ended = await push(cwd, ...args);
    expect(ended.code, ended.stderr).not.toBe(0);
    expect(ended.stderr).toContain(why);
  });

  it('is a file that cannot be read, by its name', async () => {
    const cwd = await workplace({ 'df/linux/amd64/app': '1' });
    await rm(join(cwd, 'df/linux/amd64/app'));
    await symlink('/proc/1/mem', join(cwd, 'df/linux/amd64/app'));
    const ended = await push(cwd, '--from-files', '--follow', '/proc', 'df');
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(/\/proc\/1\/mem/);
  });
});

describe('files over a base', () => {
  /** A base like Debian: /bin leads to /usr/bin, /tmp is for all, and a layer above takes things away. */
  async function base(cwd: string): Promise<void> {
    const lower = tar([
      { name: 'bin', symlink: 'usr/bin' },
      { name: 'etc/', mode: 0o750, owner: [0, 4] },
      { name: 'etc/passwd', content: 'base' },
      { name: 'opt/', mode: 0o700, owner: [7, 7] },
      { name: 'tmp/', mode: 0o1777 },
      { name: 'usr/', mode: 0o755 },
      { name: 'usr/bin/', mode: 0o711, owner: [1, 2] },
      { name: 'usr/bin/sh', content: '#!', mode: 0o755 },
      { name: 'var/' },
      { name: 'var/run', symlink: '/run' },
    ]);
    const upper = tar([{ name: '.wh.opt' }]);
    const layout = new FixtureLayout();
    for (const architecture of ['amd64', 'arm64']) {
      const platform = { os: 'linux', architecture };
      const config = makeConfig(platform, [lower, upper], {
        config: {
          Env: ['PATH=/usr/bin', 'A=base'],
          Entrypoint: ['/bin/sh'],
          Cmd: ['-c'],
          WorkingDir: '/w',
          Labels: { b: '1' },
          Shell: ['x'],
        },
      });
      layout.list({ ...layout.image({ platform, config, layers: [lower, upper] }), platform });
    }
    await layout.write(join(cwd, 'base'));
  }

  it('are written below where its links lead, in folders as it has them, on its layers as they are', async () => {
    const cwd = await workplace({
      ...{ 'df/linux/amd64/bin/app': '#!', 'df/linux/amd64/opt/x': 'x', 'df/linux/amd64/var/run/pid': '1' },
      ...{ 'df/linux/amd64/tmp/t': 't', 'df/linux/amd64/sh': '->/bin/sh' },
    });
    await base(cwd);
    const args = ['--base', 'base', '--skeleton', 'passwd,tmp', '--env', 'A=own', '--compression', 'none'];
    const result = await pushed(cwd, ...args, '--entrypoint', 'app', 'df');
    const { 'linux/amd64': image } = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(image?.layers.slice(2)).toEqual([
      ['750 0:4 etc/', '644 0:0 etc/group = root:x:0:\n'],
      [
        ...['755 0:0 opt/', '644 0:0 opt/x = x', '755 0:0 run/', '644 0:0 run/pid = 1', 'sh -> /bin/sh'],
        ...[
          '1777 0:0 tmp/',
          '644 0:0 tmp/t = t',
          '755 0:0 usr/',
          '711 1:2 usr/bin/',
          '755 0:0 usr/bin/app = #!',
        ],
      ],
    ]);
    const layout = JSON.parse(await readFile(join(cwd, 'base/index.json'), 'utf8'));
    const below = JSON.parse(
      await readFile(join(cwd, 'base/blobs/sha256', layout.manifests[0].digest.slice(7)), 'utf8'),
    );
    expect(image?.manifest.layers.slice(0, 2)).toEqual(below.layers);
    expect(image?.manifest.annotations).toEqual({
      'org.opencontainers.image.base.digest': layout.manifests[0].digest,
    });
    expect(image?.config.config).toEqual({
      Env: ['PATH=/usr/bin', 'A=own'],
      Entrypoint: ['app'],
      WorkingDir: '/w',
      Labels: { b: '1' },
      Shell: ['x'],
    });
    expect(image?.config.history).toHaveLength(4);
    expect(await pushed(cwd, ...args, '--entrypoint', 'app', 'df')).toMatchObject({
      digest: result.digest,
      pushedBytes: 0,
    });
  });

  it('keep its entrypoint and change the cmd', async () => {
    const cwd = await workplace({ 'df/linux/arm64/x': 'x' });
    await base(cwd);
    const ended = await push(cwd, '--base', 'base', '--cmd', '-x "y z"', 'df');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    const { 'linux/arm64': image } = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(image?.config.config).toMatchObject({ Entrypoint: ['/bin/sh'], Cmd: ['-x', 'y z'] });
  });

  it('need one that has their platform', async () => {
    const cwd = await workplace({ 'df/linux/riscv64/x': 'x' });
    await base(cwd);
    const ended = await push(cwd, '--base', 'base', 'df');
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toMatch(
      /base .* has no image for linux\/riscv64; it has linux\/amd64, linux\/arm64/,
    );
  });

  it('are refused where that comes to more layers than any machine runs', async () => {
    const files = Object.fromEntries(Array.from({ length: 126 }, (_, i) => [`df/linux/amd64/${i}`, `${i}`]));
    const cwd = await workplace(files);
    await base(cwd);
    const lines = Array.from({ length: 126 }, (_, i) => ['--layer', `${i}`]).flat();
    const ended = await push(cwd, '--base', 'base', ...lines, 'df');
    expect(ended.code).not.toBe(0);
    expect(ended.stderr).toContain(
      'comes to 128 layers, 2 of them of the base, and no machine runs more than 127',
    );
  });
});

describe('files of other systems', () => {
  it('are images for wasi, whose program has its extension there', async () => {
    const cwd = await workplace({ 'df/wasi/wasm/app.wasm': '\0asm', 'df/linux/amd64/app': '#!' });
    const ended = await push(cwd, '--entrypoint', '/app -v', 'df');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(ended.stderr).not.toContain('warning');
    const found = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(found['wasi/wasm']?.config.config).toEqual({ Entrypoint: ['/app.wasm', '-v'] });
    expect(found['wasi/wasm']?.layers).toEqual([['755 0:0 app.wasm = \0asm']]);
    expect(found['linux/amd64']?.config.config).toEqual({ Entrypoint: ['/app', '-v'] });
  });

  it('have layers of their own form on Windows, over a base that tells its version', async () => {
    const cwd = await workplace({
      'df/windows/amd64/app/app.exe': 'MZ',
      'df/windows/amd64/app/lib.dll': 'MZ',
    });
    const refused = await push(cwd, '--from-files', 'df');
    expect(refused.stderr).toContain('df/windows/amd64 is for Windows, whose images need a base');
    await link(join(cwd, 'df/windows/amd64/app/app.exe'), join(cwd, 'df/windows/amd64/app/b.exe'));
    const platform = { os: 'windows', architecture: 'amd64', 'os.version': '10.0.20348.2322' };
    const layer = tar([{ name: 'Files/' }, { name: 'Files/Windows/' }, { name: 'Hives/' }]);
    const layout = new FixtureLayout();
    const image = layout.image({
      platform,
      config: makeConfig(platform, [layer], { config: {} }),
      layers: [layer],
    });
    await layout.list({ ...image, platform }).write(join(cwd, 'base'));
    await pushed(cwd, '--base', 'base', '--entrypoint', '["C:\\\\app\\\\app"]', 'df');
    const { 'windows/amd64': found } = await readPublished(join(cwd, 'out'), 'app', '1');
    expect(found?.descriptor.platform).toEqual(platform);
    expect(found?.config).toMatchObject({
      'os.version': '10.0.20348.2322',
      config: { Entrypoint: ['C:\\app\\app.exe'] },
    });
    expect(found?.layers[1]).toEqual([
      ...['755 0:0 Files/', '755 0:0 Files/app/', '755 0:0 Files/app/app.exe = MZ'],
      ...['755 0:0 Files/app/b.exe => Files/app/app.exe', '644 0:0 Files/app/lib.dll = MZ', '755 0:0 Hives/'],
    ]);
    const blob = await readFile(join(cwd, 'out/v2/app/blobs', found?.manifest.layers[1]?.digest ?? ''));
    const records = gunzipSync(blob)
      .toString('latin1')
      .match(/\d+ MSWINDOWS\.\w+=.+/g);
    expect(records?.slice(0, 2)).toEqual([
      '25 MSWINDOWS.fileattr=16',
      '92 MSWINDOWS.rawsd=AQAAgBQAAAAkAAAAAAAAAAAAAAABAgAAAAAABSAAAAAhAgAAAQIAAAAAAAUgAAAAIQIAAA==',
    ]);
  });
});
