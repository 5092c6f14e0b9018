import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { useTemporary } from '../fixtures/temporary.ts';
import { compareTo, listen, pullTree, readTreeOf, type Tree, writeTreeOf } from './trees.ts';

const temporary = useTemporary();
const one: Tree = { 'bin/tool': 'one', 'share/a/b': 'b', link: '->bin/tool', readme: 'x' };
const two: Tree = { 'bin/tool': 'two', 'new/deep/file': 'n' };

/** Whether this process may mount at all: few but root on Linux may, and not in every container. */
function mayMount(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'alba-mount-'));
  try {
    mount(folder);
    unmount(folder);
    return true;
  } catch {
    return false;
  }
}

function mount(folder: string, ...words: string[]): void {
  const what = words.length > 0 ? words : ['-t', 'tmpfs', 'alba'];
  execFileSync('mount', [...what, folder], { stdio: 'ignore' });
}

function unmount(folder: string): void {
  execFileSync('umount', [folder], { stdio: 'ignore' });
}

function mountFor(test: string, ...words: string[]): void {
  mkdirSync(test, { recursive: true });
  mount(test, ...words);
  onTestFinished(() => unmount(test));
}

describe.skipIf(!mayMount())('a destination, to a process that may mount,', () => {
  const workplace = () => mkdtempSync(join(temporary.path, 'at-'));

  it('that is a mount point is replaced entry by entry, with its record in it', async () => {
    const directory = workplace();
    const path = join(directory, 'volume');
    mountFor(path);
    const { dev, ino } = statSync(path);
    const { lines, progress } = listen();
    for (const [digest, tree] of [
      ['one', one],
      ['two', two],
    ] as const) {
      await pullTree('volume', digest, tree, { directory, progress });
      expect(readTreeOf(path)).toEqual(tree);
      expect(await compareTo('volume', digest, { directory })).toMatchObject({ kind: 'same' });
    }
    expect(statSync(path)).toMatchObject({ dev, ino });
    expect(lines).toEqual(Array(2).fill('volume is replaced entry by entry, as something is mounted there'));
    expect(readdirSync(directory)).toEqual(['volume']);
  });

  it('that is a folder mounted elsewhere on its own file system is, too', async () => {
    const directory = workplace();
    mkdirSync(join(directory, 'real'));
    const path = join(directory, 'with space');
    mountFor(path, '--bind', join(directory, 'real'));
    await pullTree('with space', 'one', one, { directory });
    expect(readTreeOf(join(directory, 'real'))).toEqual(one);
  });

  it('in which something is mounted is refused, and that stays whole', async () => {
    const directory = workplace();
    writeTreeOf(one, join(directory, 'app'));
    const data = join(directory, 'app', 'var', 'data');
    mountFor(data);
    writeFileSync(join(data, 'precious'), '');
    await expect(pullTree('app', 'two', two, { directory, replace: true })).rejects.toThrow(
      `app cannot be replaced, as something is mounted in it: ${data}`,
    );
    expect(readdirSync(data)).toEqual(['precious']);
  });

  it('that came with an image, and cannot be renamed in its container, is replaced entry by entry', async () => {
    const directory = workplace();
    mountFor(directory);
    for (const name of ['lower', 'upper', 'work']) mkdirSync(join(directory, name));
    writeTreeOf(one, join(directory, 'lower/app'));
    symlinkSync('nowhere', join(directory, 'lower/app/share/broken'));
    const root = join(directory, 'root');
    const layers = ['lower', 'upper', 'work'].map(
      (name) => `${name}${name === 'work' ? '' : ''}dir=${join(directory, name)}`,
    );
    mountFor(root, '-t', 'overlay', '-o', `${layers.join(',')},redirect_dir=off`, 'overlay');
    const { lines, progress } = listen();
    await pullTree('app', 'two', two, { directory: root, replace: true, progress });
    expect(readTreeOf(join(root, 'app'))).toEqual(two);
    expect(readdirSync(root)).toEqual(['.app.alba.json', 'app']);
    expect(lines).toEqual(['app cannot be renamed here: it is replaced entry by entry']);
    expect(await compareTo('app', 'two', { directory: root })).toMatchObject({ kind: 'same' });
  });
});
