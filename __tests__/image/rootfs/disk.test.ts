import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nameRulesOf } from '../../../src/image/rootfs/name-rules.ts';
import { planTree } from '../../../src/image/rootfs/plan-tree.ts';
import { takeApart } from '../../../src/image/rootfs/take-apart.ts';
import { treeTar } from '../../../src/image/rootfs/tree-tar.ts';
import { writeTree } from '../../../src/image/rootfs/write-tree.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { noise } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { linesOf, pathsOf, storedLayer, takeAllApart, unpack } from '../../fixtures/unpack.ts';
import { run } from '../../support/run.ts';

const temporary = useTemporary();
const isRoot = process.getuid?.() === 0;
const at = (name: string) => join(temporary.path, name);
const big = [{ name: 'd/big', content: noise('big', 3_000_000) }];
const usual = { paths: [], keepOwner: false, keepSpecial: false };

/** A file system of a few bytes, or one that cannot be written; gone when it is disposed of. */
async function mounted(name: string, options: string): Promise<AsyncDisposable & { readonly path: string }> {
  mkdirSync(at(name));
  await run('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', at(name)]);
  return { path: at(name), [Symbol.asyncDispose]: async () => void (await run('umount', [at(name)])) };
}

describe('a disk that refuses', () => {
  it.skipIf(!isRoot)(
    'is told in one sentence when it is full, and what was written of the layer is gone',
    async () => {
      await using disk = await mounted('full', 'size=1m');
      const folder = join(disk.path, 'layer');
      await expect(takeApart(storedLayer(big), folder)).rejects.toThrow(
        `cannot write below ${folder}: the disk is full: free some space, or name another place`,
      );
      expect(pathsOf(disk.path)).toEqual([]);
    },
  );

  it.skipIf(!isRoot)('is told with the path when it is full while the tree is written', async () => {
    const taken = await takeAllApart([big], at('taken'));
    await using disk = await mounted('full-tree', 'size=1m');
    const plan = planTree(taken, { ...usual, names: await nameRulesOf(disk.path) }, 'I');
    await expect(writeTree(plan, taken, disk.path, 'move')).rejects.toThrow(
      `cannot write ${disk.path}/d/big: the disk is full`,
    );
  });

  it.skipIf(!isRoot)('is told in one sentence when it is read-only', async () => {
    await using disk = await mounted('read-only', 'ro');
    const sentence = /^cannot (make|write below) .*read-only.*: the file system is read-only$/;
    await expect(takeApart(storedLayer(big), join(disk.path, 'x'))).rejects.toThrow(sentence);
    await expect(nameRulesOf(disk.path)).rejects.toThrow(sentence);
  });

  it.skipIf(isRoot)('is told in one sentence when this user may not write there', async () => {
    mkdirSync(at('closed'), { mode: 0o500 });
    await expect(takeApart(storedLayer(big), join(at('closed'), 'x'))).rejects.toThrow(
      /^cannot make .*closed\/x: this user may not write there$/,
    );
  });

  it('is told when a file lies where a folder should be', async () => {
    writeFileSync(at('file'), '');
    await expect(takeApart(storedLayer(big), join(at('file'), 'x'))).rejects.toThrow(
      /^cannot make .*file\/x: /,
    );
  });
});

it.skipIf(!isRoot).each(['move', 'link'] as const)(
  'what cannot be brought to another file system by %s is copied, with its times and its hard links',
  async (how) => {
    const layer = [
      { name: 'a', content: 'a', mode: 0o640, mtime: 77 },
      { name: 'b', link: 'a' },
    ];
    const taken = await takeAllApart([layer], at(`elsewhere-${how}`));
    await using disk = await mounted(`other-${how}`, 'size=1m');
    const plan = planTree(taken, { ...usual, names: await nameRulesOf(disk.path) }, 'I');
    await writeTree(plan, taken, disk.path, how);
    expect(linesOf(disk.path).slice(1)).toEqual([
      expect.stringMatching(/^\/a file 640 0:0 77 1 /),
      '/b file 640 0:0 77 = /a',
    ]);
  },
);

it('the names that a file system takes are found out, and nothing of that stays', async () => {
  mkdirSync(at('probed'));
  const rules = await nameRulesOf(at('probed'));
  writeFileSync(join(at('probed'), 'x'), '');
  expect(rules.ignoresCase).toBe(existsSync(join(at('probed'), 'X')));
  expect(rules.windows).toBe(process.platform === 'win32');
  expect(pathsOf(at('probed'))).toEqual(['x']);
});

it('the tar of a tree is the same each time, and that of a folder of it has its names from there', async () => {
  const layers = [
    [
      { name: './', mode: 0o700 },
      { name: 'a/b/', mode: 0o1777, mtime: 5 },
      { name: 'a/b/x', content: 'x', mode: 0o4755, owner: [3, 4] as const, records: { mtime: '-1.5' } },
      { name: 'a/b/y', link: 'a/b/x' },
      { name: 'größe', symlink: 'ä' },
    ],
  ];
  const taken = await takeAllApart(layers, at('tarred'));
  const names = await nameRulesOf(temporary.path);
  const bytesOf = async (paths: string[], keepOwner: boolean) => {
    const plan = planTree(taken, { ...usual, paths, keepOwner, names }, 'I');
    const chunks: Buffer[] = [];
    for await (const chunk of treeTar(plan, taken)) chunks.push(Buffer.from(chunk));
    return Buffer.concat(chunks);
  };
  const bytes = await bytesOf(['a/b'], true);
  expect(digestOf(await bytesOf(['a/b'], true))).toBe(digestOf(bytes));
  const { layers: again } = await unpack([bytes], temporary.path);
  expect([...(again[0]?.entries ?? [])]).toMatchObject([
    { name: 'x', type: 'file', mode: 0o755, uid: 3, gid: 4, mtime: -1.5, size: 1 },
    { name: 'y', type: 'link', linkname: 'x', mode: 0o755 },
  ]);
  const all = await unpack([await bytesOf([], false)], temporary.path);
  expect([...(all.layers[0]?.entries ?? [])].map(({ name, uid }) => [name, uid])).toEqual([
    ['a/', 0],
    ['a/b/', 0],
    ['a/b/x', 0],
    ['a/b/y', 0],
    ['größe', 0],
  ]);
});
