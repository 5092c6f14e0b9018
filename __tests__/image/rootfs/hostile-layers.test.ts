import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBytes } from '../../../src/content/content.ts';
import { planTree } from '../../../src/image/rootfs/plan-tree.ts';
import { sizeBudget } from '../../../src/image/rootfs/size-budget.ts';
import { takeApart } from '../../../src/image/rootfs/take-apart.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { sparseMember } from '../../fixtures/sparse.ts';
import { header, type TarMember, tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type LayerFixture, pathsOf, takeAllApart, unpack } from '../../fixtures/unpack.ts';

const temporary = useTemporary();
const isRoot = process.getuid?.() === 0;
const file = (name: string, content = 'evil'): TarMember => ({ name, content });
const link = (name: string, target: string): TarMember => ({ name, link: target });
const symlink = (name: string, target: string): TarMember => ({ name, symlink: target });

/** A folder with something that belongs to somebody else, and the folder to unpack below. */
async function surroundings(): Promise<{ parent: string; assertUntouched: () => void }> {
  const outer = await mkdtemp(join(temporary.path, 'outer-'));
  const parent = join(outer, 'pulls');
  for (const name of ['pulls', 'secret', 'root-evil']) mkdirSync(join(outer, name));
  for (const name of ['secret/key', 'root-evil/key', 'key']) writeFileSync(join(outer, name), 'mine');
  return {
    parent,
    assertUntouched() {
      expect(pathsOf(outer).filter((path) => !path.startsWith('pulls'))).toEqual(
        ['key', 'root-evil', 'root-evil/key', 'secret', 'secret/key'].sort(),
      );
      for (const name of ['secret/key', 'root-evil/key', 'key']) {
        expect(readFileSync(join(outer, name), 'utf8')).toBe('mine');
      }
    },
  };
}

/** Names that lead to the key beside the folder that is unpacked below. */
const ups = ['../../../key', '/../../../key', 'a/../../../../key', './../../..//key'] as const;

describe('a hostile layer whose names lead out', () => {
  it.each<[string, LayerFixture[], string[]]>([
    ['names that go up', [ups.map((name) => file(name))], ['key']],
    ['an absolute name', [[file('/etc/x/passwd')]], ['etc', 'etc/x', 'etc/x/passwd']],
    [
      'a file through a link that leads out',
      [[symlink('out', '../../../secret'), file('out/key')]],
      ['out', 'secret', 'secret/key'],
    ],
    [
      'a file through an absolute link of a lower layer',
      [[symlink('out', '/secret')], [file('out/key')]],
      ['out', 'secret', 'secret/key'],
    ],
    [
      'a file in place of a link that leads to a file outside',
      [[symlink('out', '../../../key')], [file('out')]],
      ['out'],
    ],
    [
      'a file through links on links',
      [[symlink('a', '..'), symlink('b', 'a/..'), symlink('c', 'b/../secret'), file('c/key')]],
      ['a', 'b', 'c', 'secret', 'secret/key'],
    ],
    [
      'a folder in place of a link that leads out, and a file in it',
      [[symlink('out', '../../../secret')], [{ name: 'out/', mode: 0o755 }, file('out/key')]],
      ['out', 'out/key'],
    ],
    [
      'a folder whose mode is set through a link',
      [[{ name: 'd/', mode: 0o755 }], [symlink('d', '../../../secret')]],
      ['d'],
    ],
    ['a whiteout that goes up', [[file('a'), { name: '../../../.wh.key' }]], ['a']],
    ['a whiteout through a link', [[symlink('out', '../../../secret'), { name: 'out/.wh.key' }]], ['out']],
    ['an opaque whiteout of the root', [[file('a')], [{ name: '.wh..wh..opq' }, file('b')]], ['b']],
    [
      'a hard link to a file of its own by a name that goes up',
      [[file('a'), link('b', '../../a')]],
      ['a', 'b'],
    ],
    [
      'a hard link through a link, to a file of its own',
      [[file('d/a'), symlink('l', '/d'), link('b', 'l/a')]],
      ['b', 'd', 'd/a', 'l'],
    ],
    ['a hard link to itself where a lower layer has it', [[file('a')], [link('a', 'a')]], ['a']],
    [
      'a file that is the parent of another',
      [[file('a'), file('a/b/c'), link('a/l', 'a/b/c')]],
      ['a', 'a/b', 'a/b/c', 'a/l'],
    ],
    [
      'names of objects',
      [[file('__proto__/constructor'), file('toString')]],
      ['__proto__', '__proto__/constructor', 'toString'],
    ],
    [
      'a folder with content',
      [tar([{ name: 'd/', blocks: header('d/', 4096, '5') }, file('a')])],
      ['a', 'd'],
    ],
  ])('stays in its root: %s', async (_, layers, paths) => {
    const { parent, assertUntouched } = await surroundings();
    const { root } = await unpack(layers, parent);
    expect(pathsOf(root)).toEqual([...paths].sort());
    assertUntouched();
  });

  const working = process.cwd();
  it.each<[string, LayerFixture[], RegExp]>([
    [
      'a hard link that goes up',
      [[link('b', '../../../key')]],
      /: b is a hard link to what is no file in the image, or not there$/,
    ],
    ['a hard link to an absolute path', [[link('b', join(working, 'package.json'))]], /: b is a hard link/],
    ['a hard link to what the working directory has', [[link('b', 'package.json')]], /: b is a hard link/],
    [
      'a hard link through a link that leads out',
      [[symlink('l', '../../../secret'), link('b', 'l/key')]],
      /: b is a hard link/,
    ],
    ['a hard link to a folder', [[{ name: 'd/' }, link('b', 'd')]], /: b is a hard link/],
    ['a hard link to itself', [[link('b', 'b')]], /: b is a hard link/],
    ['a hard link to the root', [[link('b', '.')]], /: b is a hard link/],
    [
      'hard links that lead to each other',
      [[link('a', 'b'), link('b', 'a')]],
      /: a is a hard link.*\n.*: b is a hard link/,
    ],
    ['a hard link to a file that comes later', [[link('a', 'b'), file('b')]], /: a is a hard link/],
    [
      'links that lead to each other, and a file behind',
      [[symlink('a', 'b'), symlink('b', 'a'), file('a/x')]],
      /a is a symbolic link that leads back to itself/,
    ],
    [
      'a link to itself, and a file behind',
      [[symlink('a', 'a/a'), file('a/x')]],
      /a is a symbolic link that leads back to itself/,
    ],
    [
      'a file for the root',
      [[{ name: './', type: '7' }]],
      /^the image, layer 1: .\/ stands for the root, and is no folder$/,
    ],
    ['a link for the root', [[symlink('/', '/etc')]], /: \/ stands for the root/],
    ['a link for the root by a name that goes up', [[symlink('a/../..', '/etc')]], /stands for the root/],
    [
      'a whiteout without a name',
      [[{ name: 'a/.wh.' }]],
      /^the image, layer 1: a\/.wh. is a whiteout that names nothing$/,
    ],
    ['a whiteout of its own folder', [[{ name: 'a/.wh..' }]], /a\/.wh.. is a whiteout that names nothing$/],
    [
      'a whiteout of the folder above',
      [[{ name: 'a/.wh...' }]],
      /a\/.wh... is a whiteout that names nothing$/,
    ],
    ['a link to nothing', [[{ name: 'a', type: '2' }]], /: a is a symbolic link to nothing$/],
    [
      'a link with a NUL',
      [[{ ...symlink('a', 'x'), records: { linkpath: 'x\0y' } }]],
      /: a is a symbolic link with a NUL in it$/,
    ],
    [
      'a link that is too long',
      [[symlink('a', 'ö'.repeat(3000))]],
      /: a is a symbolic link of more than 4095 bytes$/,
    ],
    [
      'a name with a NUL',
      [[{ ...file('a'), records: { path: 'x/../../y\0z' } }]],
      /: y\\u0000z has a NUL in its name$/,
    ],
    ['a name that is too long', [[file('n'.repeat(256))]], /: n+ has a name of more than 255 bytes$/],
    [
      'a name that is too long in bytes',
      [[file('ö'.repeat(128))]],
      /: ö+ has a name of more than 255 bytes$/,
    ],
    [
      'a path that is too long',
      [[file(`${`${'n'.repeat(200)}/`.repeat(20)}x`)]],
      /has a path that is too long for this place$/,
    ],
    ['a name of a megabyte', [[file(`${'n/'.repeat(500_000)}x`)]], /has a name of more than 4096 characters/],
    [
      'folders in folders without end',
      [[file(`${'a/'.repeat(1990)}x`)]],
      /nests its folders more than 1000 deep$/,
    ],
    ['a type that is not known', [[{ name: 'v', type: 'V' }]], /: v is of a type that is not known$/],
    ['two faults, both told', [[link('a', 'x'), { name: '.wh.' }]], /\.wh\. is a whiteout/],
  ])('is refused by name, and nothing is written: %s', async (_, layers, sentence) => {
    const { parent, assertUntouched } = await surroundings();
    await expect(unpack(layers, parent)).rejects.toThrow(sentence);
    const [made = ''] = pathsOf(parent);
    expect(pathsOf(join(parent, made, 'root'))).toEqual([]);
    assertUntouched();
  });

  it('is told in at most twenty lines, whatever it has', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => link(`bad-${index}`, 'nothing'));
    const refusal = await unpack([many], temporary.path).catch((failure: Error) => failure.message);
    expect(refusal).toMatch(/\nand 980 problems more$/);
    expect(String(refusal).split('\n')).toHaveLength(21);
  });

  it('cannot make this terminal say something else', async () => {
    await expect(unpack([[link('a\u001b[2J\nb', 'x')]], temporary.path)).rejects.toThrow(
      /: a\\u001b\[2J\\u000ab is a hard link/,
    );
  });

  it.skipIf(!isRoot)(
    'gives nothing of devices, owners and setuid to root unless that is asked for',
    async () => {
      const members = [
        { name: 'disk', type: '4', device: [8, 0] as const },
        { ...file('su'), mode: 0o6755, owner: [12, 34] as const },
      ];
      const { root } = await unpack([members], temporary.path);
      expect(pathsOf(root)).toEqual(['su']);
    },
  );

  it('is refused where owners are kept that no system has', async () => {
    const members = [{ ...file('a'), records: { uid: '4294967295' } }];
    await expect(unpack([members], temporary.path, { keepOwner: true })).rejects.toThrow(
      /: a has an owner above 4294967294, which no system has$/,
    );
    expect(pathsOf((await unpack([members], temporary.path)).root)).toEqual(['a']);
  });
});

describe('a layer that comes to more than it may', () => {
  const origin = 'the layer: the files in its layers come to more than max-size, 1.0 MB (1000000 bytes)';

  it('is left before the file that is too much is written', async () => {
    const bomb = tar([file('small', 'x'), file('big', '\0'.repeat(20_000_000))]);
    const stored = gzipSync(bomb);
    let read = 0;
    const open = async function* () {
      for (let at = 0; at < stored.length; at += 1000) {
        read += 1000;
        yield stored.subarray(at, at + 1000);
      }
    };
    const folder = join(temporary.path, 'bomb');
    const budget = sizeBudget(1_000_000);
    await expect(
      takeApart({ open, diffId: digestOf(bomb), origin: 'the layer' }, folder, { budget }),
    ).rejects.toThrow(origin);
    expect(existsSync(folder)).toBe(false);
    expect(read).toBeLessThan(stored.length / 2);
  });

  it('is told by the sum of all layers, holes counted', async () => {
    const hole = sparseMember({ name: 'hole', size: 600_000, pieces: [] }, '1.0');
    const budget = sizeBudget(1_000_000);
    const first = await takeAllApart([[hole]], join(temporary.path, 'first'), { budget });
    await expect(takeAllApart([[hole]], join(temporary.path, 'second'), { budget })).rejects.toThrow(origin);
    const names = { windows: false, ignoresCase: false, normalizes: false, isText: false, longestPath: 4000 };
    const options = { paths: [], keepOwner: false, keepSpecial: false, names };
    expect(planTree(first, { ...options, maxSize: 600_000 }, 'the layer').size).toBe(600_000);
    expect(() => planTree(first, { ...options, maxSize: 599_999 }, 'the layer')).toThrow(/max-size/);
  });

  it('may have as much as it may', async () => {
    const { plan } = await unpack([[file('a', 'x'.repeat(1000))]], temporary.path, {
      budget: sizeBudget(1000),
    });
    expect(plan.size).toBe(1000);
  });

  it('is refused by its headers where it has more holes than any disk', async () => {
    const hole = sparseMember({ name: 'hole', size: 2 ** 50, pieces: [] }, '1.0');
    await expect(unpack([[hole]], temporary.path)).rejects.toThrow(/more than 64 GiB of holes$/);
  });

  it('is refused by the size of a header that no input has', async () => {
    const open = openBytes(
      tar([{ name: 'x', blocks: header('x', 8 ** 11 - 1, '0') }], { end: Buffer.alloc(0) }),
    );
    const folder = join(temporary.path, 'liar');
    const layer = { open, diffId: digestOf(Buffer.alloc(0)), origin: 'the layer' };
    const budget = sizeBudget(1_000_000);
    await expect(takeApart(layer, folder, { budget })).rejects.toThrow(origin);
  });
});
