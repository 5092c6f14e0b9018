import { execFileSync } from 'node:child_process';
import { lstat, mkdir, readdir, readlink } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type Ended, runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const own = ownPlatform({ arch: process.arch });
const pull = (...words: string[]): Promise<Ended> =>
  runAlba(['container', 'pull', ...words], { cwd: temporary.path });

beforeAll(async () => {
  await temporary.write('small.tar', dockerArchive(imageOf(own, ...usualLayers('small', 1000))));
  await temporary.write('large.tar', dockerArchive(imageOf(own, ...usualLayers('large', 3_000_000))));
});

const isRoot = process.platform === 'linux' && process.getuid?.() === 0;

describe.skipIf(!isRoot)('a disk of two megabytes', () => {
  beforeAll(async () => {
    await mkdir(at('disk'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', at('disk')]);
    const ended = await pull('small.tar', './disk/app');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  });
  afterAll(() => execFileSync('umount', [at('disk')]));

  it.each([
    ['what is larger than it is refused by its size', [], 'come to more than max-size'],
    ['a limit beyond it ends with the disk', ['--max-size', '1GB'], 'the disk is full'],
  ])('keeps what it had: %s', async (_, more, says) => {
    const before = await listFolder(at('disk/app'));
    const ended = await pull('large.tar', './disk/app', ...more);
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(says);
    expect(await listFolder(at('disk/app'))).toEqual(before);
    expect((await readdir(at('disk'))).sort()).toEqual(['.app.alba.json', 'app']);
  });

  it('keeps what it had where a store, a layout or an archive fills it', async () => {
    for (const words of [
      ['./elsewhere', '--store', './disk/store', '--max-size', '1GB'],
      ['docker-archive:./disk/image.tar'],
    ]) {
      const ended = await pull('large.tar', ...words);
      expect(ended).toMatchObject({ code: 1, stdout: '' });
      expect(ended.stderr).toContain('the disk is full');
    }
    expect(await readdir(temporary.path)).not.toContain('elsewhere');
    expect((await readdir(at('disk'))).filter((name) => name !== 'store').sort()).toEqual([
      '.app.alba.json',
      'app',
    ]);
  });
});

describe('a destination that is a link', () => {
  it('is swapped in one step with current, and refused without', async () => {
    const first = await pull('small.tar', './live', '--current');
    expect(first, first.stderr).toMatchObject({ code: 0 });
    const before = await readlink(at('live'));
    const second = await pull('large.tar', './live', '--current');
    expect(second, second.stderr).toMatchObject({ code: 0 });
    expect(await readlink(at('live'))).not.toBe(before);
    expect(await listFolder(at('live'))).toContain('app/run 755 run large');
    const refused = await pull('small.tar', './live');
    expect(refused).toMatchObject({ code: 1 });
    expect(refused.stderr).toContain('give current again');
  });
});

describe('files with a store', () => {
  it('are copies, and links where that is asked for', async () => {
    for (const [name, more, links] of [
      ['copied', [], 1],
      ['linked', ['--link'], 2],
    ] as const) {
      const ended = await pull('small.tar', `./${name}`, '--store', './layers', ...more);
      expect(ended, ended.stderr).toMatchObject({ code: 0 });
      expect((await lstat(at(name, 'base.bin'))).nlink).toBe(links);
    }
  });
});
