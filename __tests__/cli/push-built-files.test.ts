import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readPublished } from '../fixtures/published.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { type Ended, runAlba } from '../support/alba.ts';

const temporary = useTemporary();

async function workplace(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await mkdtemp(join(temporary.path, 'work-'));
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  return folder;
}

function push(cwd: string, ...words: string[]): Promise<Ended> {
  const options = ['--from-files', '--no-cache', '--created', '0', '-t', 'app:1'];
  return runAlba(['container', 'push', ...options, ...words, 'file://./out'], { cwd });
}

/** What is in the image of each platform, whose layers are one. */
async function published(cwd: string, ...words: string[]): Promise<Record<string, readonly string[]>> {
  const ended = await push(cwd, ...words);
  expect(ended, ended.stderr).toMatchObject({ code: 0 });
  const found = await readPublished(join(cwd, 'out'), 'app', '1');
  return Object.fromEntries(Object.entries(found).map(([name, { layers }]) => [name, layers.flat()]));
}

const program = (path: string, os: string, architecture: string, more: object = {}) => {
  return { type: 'Binary', path, goos: os, goarch: architecture, ...more };
};
const dist = {
  'dist/artifacts.json': JSON.stringify([
    program('dist/app_linux_amd64_v1/app', 'linux', 'amd64', { goamd64: 'v1' }),
    program('dist/cli_linux_amd64_v1/bin/cli', 'linux', 'amd64', { goamd64: 'v1' }),
    program('dist/app_linux_arm_7/app', 'linux', 'arm', { goarm: '7' }),
  ]),
  'dist/config.yaml': '',
  'dist/app_1.0.0_linux_amd64.tar.gz': 'archive',
  'dist/app_linux_amd64_v1/app': '1',
  'dist/cli_linux_amd64_v1/bin/cli': 'cli',
  'dist/app_linux_arm_7/app': '7',
};

describe('images of files as tools leave them', () => {
  it('are of folders that are named after a platform in one word', async () => {
    const cwd = await workplace({
      'df/linux_amd64/app': '1',
      'df/linux-arm-v7/app': '7',
      'df/aarch64-linux/app': '8',
    });
    expect(await published(cwd, 'df')).toEqual({
      'linux/amd64': ['644 0:0 app = 1'],
      'linux/arm/v7': ['644 0:0 app = 7'],
      'linux/arm64': ['644 0:0 app = 8'],
    });
  });

  it('are of what dotnet publishes, and not of what it built for that', async () => {
    const cwd = await workplace({ 'out/linux-x64/App.dll': 'built', 'out/linux-x64/publish/App': 'program' });
    expect(await published(cwd, 'out')).toEqual({ 'linux/amd64': ['644 0:0 App = program'] });
  });

  it('are of the programs that GoReleaser lists, those of one platform together', async () => {
    const cwd = await workplace(dist);
    expect(await published(cwd, '--prefix', '/usr/bin', 'dist')).toEqual({
      'linux/amd64': [
        ...['755 0:0 usr/', '755 0:0 usr/bin/', '644 0:0 usr/bin/app = 1', '755 0:0 usr/bin/bin/'],
        '644 0:0 usr/bin/bin/cli = cli',
      ],
      'linux/arm/v7': ['755 0:0 usr/', '755 0:0 usr/bin/', '644 0:0 usr/bin/app = 7'],
    });
  });

  it('are of one platform as a whole where a folder is named for no platform of its own', async () => {
    const cwd = await workplace({ 'site/linux/guide.html': 'g', 'site/index.html': 'i' });
    expect(await published(cwd, '--platforms', 'linux/arm64', 'site')).toEqual({
      'linux/arm64': ['644 0:0 index.html = i', '755 0:0 linux/', '644 0:0 linux/guide.html = g'],
    });
  });

  it('are never of what a link leads out to', async () => {
    const cwd = await workplace({
      ...dist,
      'secret/app': 's',
      'df/linux-arm64/app': '8',
      'v/linux/amd64/app': '1',
    });
    await rm(join(cwd, 'dist/app_linux_arm_7/app'));
    await symlink('../../secret/app', join(cwd, 'dist/app_linux_arm_7/app'));
    await symlink('../secret', join(cwd, 'df/linux-x64'));
    await symlink('../../../secret', join(cwd, 'v/linux/amd64/v3'));
    for (const [root, name] of Object.entries({
      dist: 'dist/app_linux_arm_7/app',
      df: 'df/linux-x64',
      v: 'v/linux/amd64/v3',
    })) {
      const ended = await push(cwd, root);
      expect(ended.code).not.toBe(0);
      expect(ended.stderr).toContain(`${name}: is a symbolic link that leads out of the tree`);
    }
    expect(await published(cwd, '--follow', 'secret', 'df')).toMatchObject({
      'linux/amd64': ['644 0:0 app = s'],
    });
  });
});
