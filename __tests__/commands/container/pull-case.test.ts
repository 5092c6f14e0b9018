import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, listFolder, usualLayers } from '../../fixtures/pullable.ts';
import { runAlba } from '../../support/alba.ts';

const own = ownPlatform({ arch: process.arch });
const undo: (() => void)[] = [];
afterAll(() => {
  for (const step of undo.reverse()) step();
});

const call = (tool: string, ...words: string[]): Buffer => execFileSync(tool, words, { stdio: 'pipe' });

function ignoresCase(folder: string): boolean {
  writeFileSync(join(folder, 'probe'), '');
  return existsSync(join(folder, 'PROBE'));
}

/** A folder to which `A` and `a` are one name: any on macOS, on Linux one of ext4 that root may mount, where the kernel knows Unicode. */
function caselessFolder(): string | undefined {
  const folder = process.env.ALBA_CASELESS ?? mkdtempSync(join(tmpdir(), 'alba-case-'));
  if (ignoresCase(folder)) return folder;
  try {
    const [disk, mounted] = [join(folder, 'disk'), join(folder, 'mounted')];
    call('truncate', '--size', '32M', disk);
    call('mkfs.ext4', '-q', '-O', 'casefold', '-E', 'encoding=utf8', disk);
    mkdirSync(mounted);
    call('mount', '-o', 'loop', disk, mounted);
    undo.push(() => call('umount', mounted));
    const caseless = join(mounted, 'caseless');
    mkdirSync(caseless);
    call('chattr', '+F', caseless);
    return ignoresCase(caseless) ? caseless : undefined;
  } catch {
    return undefined;
  }
}

const folder = caselessFolder();

describe.skipIf(folder === undefined)('on a file system to which A and a are one name', () => {
  const directory = mkdtempSync(join(folder ?? tmpdir(), 'pull-'));
  const pull = (...words: string[]) => runAlba(['container', 'pull', ...words], { cwd: directory });
  const write = (name: string, ...layers: Parameters<typeof imageOf>[1][]) =>
    writeFileSync(join(directory, name), dockerArchive([imageOf(own, ...layers)]));

  it('an image whose names stay apart is pulled, and found unchanged', async () => {
    write('app.tar', ...usualLayers('1'));
    expect(await pull('app.tar', './App')).toMatchObject({ code: 0 });
    expect(await listFolder(join(directory, 'App'))).toContain('app/run 755 run 1');
    const again = await pull('app.tar', './app');
    expect(again, again.stderr).toMatchObject({ code: 0, stderr: expect.stringContaining('unchanged') });
  });

  it.each([
    [
      'in one layer',
      [
        [
          { name: 'bin/Tool', content: 'a' },
          { name: 'bin/tool', content: 'b' },
        ],
      ],
      'bin/Tool and bin/tool',
    ],
    ['in two layers', [[{ name: 'bin/x', content: 'a' }], [{ name: 'BIN/y', content: 'b' }]], 'bin and BIN'],
  ])('one with two names that meet, %s, is refused before anything is written', async (_, layers, names) => {
    write('stays.tar', ...usualLayers('2'));
    expect(await pull('stays.tar', './stays')).toMatchObject({ code: 0 });
    write('meet.tar', ...layers);
    const [tree, beside] = [await listFolder(join(directory, 'stays')), readdirSync(directory)];
    const ended = await pull('meet.tar', './stays');
    expect(ended.code).toBe(1);
    expect(ended.stderr).toContain(`${names} are one name in this place`);
    expect(await listFolder(join(directory, 'stays'))).toEqual(tree);
    expect(readdirSync(directory)).toEqual(beside);
  });

  it('one in which a later layer takes the other name away is pulled', async () => {
    write(
      'renamed.tar',
      [{ name: 'bin/Tool', content: 'a' }],
      [{ name: 'bin/.wh.Tool' }, { name: 'bin/tool', content: 'b' }],
    );
    const ended = await pull('renamed.tar', './renamed');
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
    expect(await listFolder(join(directory, 'renamed'))).toEqual([
      'bin/',
      expect.stringMatching(/^bin\/tool .* b$/),
    ]);
  });
});
