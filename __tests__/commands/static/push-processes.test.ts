import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { FilesystemStorage } from '../../../src/storage/filesystem.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { readAsClient } from '../../release/reader.ts';
import { writeTree } from '../../release/support.ts';
import { type Ended, runAlba, type SpawnOptions } from '../../support/alba.ts';

/** Files of one size, so that only their bytes tell the two trees apart, large enough to be met while they are sent. */
const treeOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    Array.from({ length: 30 }, (_, index) => [`linux/amd64/${index}`, `${text} ${index} `.repeat(80_000)]),
  );
const trees = { one: treeOf('one'), two: treeOf('two') };

describe('processes that replace one tag of a directory', { timeout: 120_000 }, () => {
  const temporary = useTemporary();
  beforeAll(async () => {
    for (const [name, tree] of Object.entries(trees)) await writeTree(path.join(temporary.path, name), tree);
  });
  const push = (name: keyof typeof trees, out: string, options: SpawnOptions = {}): Promise<Ended> =>
    runAlba(['static', 'push', '--concurrency', '1', '-t', 'app:1', name, `file://./${out}`], {
      cwd: temporary.path,
      ...options,
    });
  const read = (out: string) => readAsClient(new FilesystemStorage(path.join(temporary.path, out)), 'app:1');

  it('leave all of one of them when they meet', async () => {
    for (let round = 0; round < 4; round += 1) {
      const out = `met-${round}`;
      if (round % 2) await push('one', out);
      const ended = await Promise.all([push('one', out), push('two', out)]);
      expect(ended.map(({ code }) => code)).toEqual([0, 0]);
      expect([trees.one, trees.two]).toContainEqual(await read(out));
    }
  });

  it('leave the tag whole or missing when they are killed, and the next one heals it', async () => {
    const out = 'killed';
    await push('one', out);
    let killed = 0;
    for (let lines = 1; lines < 6; lines += 1) {
      const name = lines % 2 ? 'two' : 'one';
      let seen = 0;
      const { code } = await push(name, out, {
        watch: (child) =>
          child.stderr?.on('data', (text: string) => {
            seen += text.split('->').length - 1;
            if (seen >= lines * 5) child.kill('SIGKILL');
          }),
      });
      if (code !== 0) killed += 1;
      expect([undefined, trees.one, trees.two]).toContainEqual(await read(out));
      expect((await push(name, out)).code).toBe(0);
      expect(await read(out)).toEqual(trees[name]);
    }
    expect(killed).toBeGreaterThan(0);
  });
});
