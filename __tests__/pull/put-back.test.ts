import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDestination } from '../../src/pull/destination/open.ts';
import { removeTree } from '../../src/pull/remove-tree.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { compareTo, optionsOf, pullTree, readTreeOf, type Tree, writeTreeOf } from './trees.ts';

const temporary = useTemporary();
const one: Tree = { a: 'one', 'b/c': 'one', d: 'one' };
const two: Tree = { a: 'two', 'b/c': 'two', d: 'two', e: 'two' };

/** Makes that nobody can rename a file or a folder: root may, on some file systems. */
function pin(path: string): void {
  execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
}

function free(path: string): void {
  execFileSync('chattr', ['-i', path], { stdio: 'ignore' });
}

function mayPin(): boolean {
  const folder = mkdtempSync(join(tmpdir(), 'alba-pin-'));
  const file = join(folder, 'file');
  writeFileSync(file, '');
  try {
    pin(file);
    free(file);
    return true;
  } catch {
    return false;
  } finally {
    removeTree(folder);
  }
}

describe.skipIf(!mayPin())(
  'what was there stays, and is known as before, where, to a process that may forbid renames,',
  () => {
    it.each([
      { what: 'the new tree cannot be renamed', path: 'app', current: false, pinned: '' },
      { what: 'the new tree cannot be renamed for a link', path: 'app', current: true, pinned: '' },
      { what: 'an entry of the new tree cannot be moved in', path: '.', current: false, pinned: 'd' },
      { what: 'a folder of the new tree cannot be moved in', path: '.', current: false, pinned: 'b' },
    ])('$what', async ({ path, current, pinned }) => {
      const directory = mkdtempSync(join(temporary.path, 'at-'));
      await pullTree(path, 'one', one, { directory, current });
      const before = readdirSync(directory).sort();
      {
        await using destination = await openDestination(path, optionsOf({ directory, current }));
        const staged = await destination.stage();
        writeTreeOf(two, staged);
        pin(join(staged, pinned));
        await expect(destination.take({ digest: 'two', options: {} })).rejects.toThrow(
          `cannot replace ${path}: no permission`,
        );
        expect(readTreeOf(join(directory, path))).toMatchObject(one);
        free(join(staged, pinned));
        expect(await destination.compare({ digest: 'one', options: {} })).toMatchObject({ kind: 'same' });
      }
      expect(readdirSync(directory).sort()).toEqual(before);
      await pullTree(path, 'two', two, { directory, current });
      expect(await compareTo(path, 'two', { directory, current })).toMatchObject({ kind: 'same' });
    });

    it('an entry of the old tree cannot be moved away', async () => {
      const directory = mkdtempSync(join(temporary.path, 'at-'));
      await pullTree('.', 'one', one, { directory });
      pin(join(directory, 'd'));
      await expect(pullTree('.', 'two', two, { directory })).rejects.toThrow(
        'cannot replace .: no permission',
      );
      free(join(directory, 'd'));
      expect(readTreeOf(directory)).toEqual(one);
      expect(readdirSync(join(directory, '.alba'))).toEqual(['pull.json']);
      expect(await compareTo('.', 'one', { directory })).toMatchObject({ kind: 'same' });
    });
  },
);
