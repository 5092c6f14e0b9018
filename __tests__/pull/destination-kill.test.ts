import { lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { openDestination } from '../../src/pull/destination/open.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import type { PullOrder } from './pull-process.ts';
import { startPull, stepsOf } from './start-pull.ts';
import { compareTo, listen, optionsOf, pullTree, readTreeOf, type Tree } from './trees.ts';

const temporary = useTemporary();
const old: Tree = { 'bin/tool': 'old', 'only-old': 'x', 'share/doc/a': 'a', link: '->bin/tool' };
const fresh: Tree = { 'bin/tool': 'new', 'only-new': 'y', 'share/man/b': 'b', link: '->bin/tool' };

describe.each([
  { how: 'by two renames', name: 'app', current: false, before: false },
  { how: 'by a link', name: 'app', current: true, before: true },
  { how: 'a folder by a link', name: 'app', current: true, before: false },
  { how: 'entry by entry', name: '.', current: false, before: false },
])('a pull that swaps $how', { timeout: 180_000 }, ({ how, name, current, before }) => {
  const place = (number: number): string => {
    const directory = join(temporary.path, how.replaceAll(' ', '-'), `${number}`);
    mkdirSync(directory, { recursive: true });
    return directory;
  };
  const orderIn = (directory: string): PullOrder => ({
    path: name,
    directory,
    digest: 'new',
    tree: fresh,
    current,
  });

  it('and is killed leaves the old tree or the new one, or is put right by the next one', async () => {
    const first = place(0);
    await pullTree(name, 'old', old, { directory: first, current: before });
    const steps = await stepsOf(orderIn(first));
    expect(steps).toBeGreaterThan(3);
    const seen = { old: 0, new: 0, between: 0 };
    for (let step = 1; step <= steps; step += 1) {
      const directory = place(step);
      const path = join(directory, name);
      await pullTree(name, 'old', old, { directory, current: before });
      expect((await startPull({ ...orderIn(directory), dieAt: step }).ended).signal).toBe('SIGKILL');

      const left = readTreeOf(path);
      const kind = isDeepStrictEqual(left, old) ? 'old' : isDeepStrictEqual(left, fresh) ? 'new' : 'between';
      seen[kind] += 1;

      const { lines, warnings, progress } = listen();
      const isLink = lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() === true;
      {
        await using _ = await openDestination(name, optionsOf({ directory, current: isLink, progress }));
      }
      expect(warnings).toEqual([]);
      if (kind === 'between') expect(lines).toEqual([expect.stringContaining('a pull was cut off')]);
      const now = readTreeOf(path);
      const is = now?.['bin/tool'] ?? '';
      expect(now).toEqual(is === 'old' ? old : fresh);
      const isLinkNow = lstatSync(path).isSymbolicLink();
      expect(await compareTo(name, is, { directory, current: isLinkNow })).toMatchObject({ kind: 'same' });
      const trees = join(directory, '.app.alba');
      const beside = readdirSync(name === '.' ? join(directory, '.alba') : directory).sort();
      expect(beside.filter((other) => other !== '.app.alba')).toEqual(
        name === '.' ? ['pull.json'] : ['.app.alba.json', 'app'],
      );

      if (current && is === 'old') {
        expect(readdirSync(directory).includes('.app.alba') ? readdirSync(trees) : []).toHaveLength(
          before ? 1 : 0,
        );
      }

      await pullTree(name, 'new', fresh, { directory, current });
      expect(readTreeOf(path)).toEqual(fresh);
    }
    expect(seen.old).toBeGreaterThan(0);
    expect(seen.new).toBeGreaterThan(0);
    if (current && before) expect(seen.between).toBe(0);
  });
});
