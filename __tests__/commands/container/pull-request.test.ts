import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { parsePlatform } from '../../../src/oci/platform.ts';
import { choosePlatforms, ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { parseSize } from '../../../src/pull/size-limit.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { makeImage } from '../../fixtures/image.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAction, runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
beforeAll(async () => {
  await temporary.write('one.tar', dockerArchive(makeImage({ os: 'linux', architecture: 'arm64' })));
  await mkdir(join(temporary.path, 'several'));
  for (const architecture of ['arm64', 'amd64']) {
    await temporary.write(
      `several/${architecture}.tar`,
      dockerArchive(makeImage({ os: 'linux', architecture })),
    );
  }
  await writeFile(join(temporary.path, 'file'), '');
});

describe('a call that does not go together', () => {
  it.each([
    [['one.tar'], "missing required argument 'destination'"],
    [['one.tar', './app', './more'], 'too many arguments'],
    [['one.tar', './app.tar'], 'docker-archive:./app.tar and oci-archive:./app.tar are archives'],
    [['one.tar', 'docker://ghcr.io/org/app:1'], 'is no destination on this machine'],
    [['one.tar', 'file://./site'], 'alba container copy'],
    [['one.tar', 'docker-archive:'], 'names no file'],
    [['one.tar', 'docker-archive:./x.tar:App'], 'gives the image the name "App"'],
    [['one.tar', 'docker-archive:./x.tar', '--platform', 'all'], 'holds one platform'],
    [['one.tar', 'oci:./x', '--path', 'etc', '--replace'], 'path is for files'],
    [['one.tar', 'oci:./x', '--replace'], 'replace is for a folder'],
    [['one.tar', './x', '--link'], 'link is to a store'],
    [['one.tar', './x', '--layer', 'top'], 'layer "top" is no layer'],
    [['one.tar', './x', '--max-size', '2 apples'], 'max-size "2 apples" is no size'],
    [['one.tar', './x', '--platform', 'all,linux/amd64'], 'platform "all" is all of them'],
    [['one.tar', './x', '--platform', 'toaster'], '"toaster" is not a platform'],
    [['several', './x'], 'leads to 2 archives and layouts'],
    [['gopher://x/y:1', './x'], 'is of no known kind'],
    [['-', '-', '--platform', 'all'], '- is one tar'],
  ])('is told what is wrong with %j', async (words, says) => {
    const ended = await runAlba(['container', 'pull', ...words], { cwd: temporary.path });
    expect(ended, ended.stderr).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect((await readdir(temporary.path)).sort()).toEqual(['file', 'one.tar', 'several']);
  });

  it.each([
    [['ghcr.io/org/app:1.0', './x'], 'is a published image meant, docker://ghcr.io/org/app:1.0?'],
    [['one.tar', './file'], 'file is a file, expected a folder'],
    [['one.tar', './x', '--platform', 'linux/s390x'], 'has no image for linux/s390x: it has linux/arm64'],
    [['one.tar', './x', '--platform', 'linux/arm64', '--path', '/opt'], '/opt is not in the image'],
  ])('is told what is not there by %j', async (words, says) => {
    const ended = await runAlba(['container', 'pull', ...words], { cwd: temporary.path });
    expect(ended, ended.stderr).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect((await readdir(temporary.path)).sort()).toEqual(['file', 'one.tar', 'several']);
  });

  it('is told in the action, too, which has no words', async () => {
    const ended = await runAction({ command: 'container pull' }, { cwd: temporary.path });
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stdout).toContain('no source');
    expect(ended.stdout).toContain('no destination');
  });

  it('may be shown who we are by what is typed, in a workflow by what is trusted alone', async () => {
    const source = 's3://bucket?endpoint=http://127.0.0.1:9#app:1';
    const ended = await runAction(
      { command: 'container pull', source, destination: './x' },
      { cwd: temporary.path },
    );
    expect(ended.stdout).toContain('an artifact alone names http://127.0.0.1:9');
    const typed = await runAlba(['container', 'pull', source, './x'], { cwd: temporary.path });
    expect(typed.stderr).not.toContain('alone names');
  });
});

describe('platforms', () => {
  const choose = (wanted: string, ...offered: string[]) =>
    choosePlatforms(
      { kind: 'named', platforms: [parsePlatform(wanted)] },
      offered.map((text) => ({ platform: parsePlatform(text), text })),
      'app',
      silent,
    ).map(({ text }) => text);

  it.each([
    ['linux/arm/v7', ['linux/arm/v5', 'linux/arm/v6', 'linux/arm64'], 'linux/arm/v6'],
    ['linux/arm/v7', ['linux/arm/v6', 'linux/arm/v7'], 'linux/arm/v7'],
    ['linux/amd64/v3', ['linux/amd64', 'linux/amd64/v2', 'linux/amd64/v4'], 'linux/amd64/v2'],
    ['linux/arm64', ['linux/arm64/v8'], 'linux/arm64/v8'],
    [
      'windows/amd64',
      ['windows(10.0.17763)/amd64', 'windows(10.0.20348)/amd64'],
      'windows(10.0.17763)/amd64',
    ],
  ])('%s of %j are %s', (wanted, offered, expected) => {
    expect(choose(wanted, ...offered)).toEqual([expected]);
  });

  it.each([
    ['linux/arm/v6', ['linux/arm/v7']],
    ['linux/arm64', ['linux/arm/v7']],
    ['linux/amd64', ['linux/amd64/v2', 'linux/386']],
  ])('%s are not met by %j', (wanted, offered) => {
    expect(() => choose(wanted, ...offered)).toThrow(`app has no image for ${wanted}: it has ${offered[0]}`);
  });

  it.each([
    [{ arch: 'x64' }, 'linux/amd64'],
    [{ arch: 'arm64' }, 'linux/arm64'],
    [{ arch: 'arm', armVersion: '6' }, 'linux/arm/v6'],
    [{ arch: 'arm' }, 'linux/arm/v7'],
    [{ arch: 'ia32' }, 'linux/386'],
  ])('of a machine with %j are %s', (facts, expected) => {
    expect(ownPlatform(facts)).toEqual(parsePlatform(expected));
  });
});

it.each([
  ['2GB', 2_000_000_000],
  ['500MiB', 524_288_000],
  ['1.5kB', 1500],
  ['12345', 12_345],
  ['7 tb', 7_000_000_000_000],
])('a size of %s is %d bytes', (text, bytes) => {
  expect(parseSize(text, 'max-size')).toBe(bytes);
});

it.each(['', '-1', '0', '1XB', '1e9', 'GB', '99999999TB'])('"%s" is no size', (text) => {
  expect(() => parseSize(text, 'max-size')).toThrow(`max-size "${text}" is no size`);
});
