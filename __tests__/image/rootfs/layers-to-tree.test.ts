import { existsSync, lstatSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openBytes } from '../../../src/content/content.ts';
import { tarNames } from '../../../src/image/rootfs/name-rules.ts';
import { planTree } from '../../../src/image/rootfs/plan-tree.ts';
import { takeApart } from '../../../src/image/rootfs/take-apart.ts';
import { treeTar } from '../../../src/image/rootfs/tree-tar.ts';
import { writeTree } from '../../../src/image/rootfs/write-tree.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { noise } from '../../fixtures/image.ts';
import { contentOf, sparseFile, sparseFormats, sparseMember } from '../../fixtures/sparse.ts';
import { extra, header, type TarMember, tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { type LayerFixture, linesOf, pathsOf, takeAllApart, tarOf, unpack } from '../../fixtures/unpack.ts';

const temporary = useTemporary();
const isRoot = process.getuid?.() === 0;
const me = `${process.getuid?.()}:${process.getgid?.()}`;

/** The lines of a tree without times, and without the root. */
async function treeOf(...layers: LayerFixture[]): Promise<string[]> {
  const { root } = await unpack(layers, temporary.path);
  return linesOf(root)
    .slice(1)
    .map((line) => line.replace(/ [-\d.]+(?= (->|=|\d+ \w+$))| [-\d.]+$/, '').replace(` ${me}`, ''));
}

const file = (name: string, content = name, more: Partial<TarMember> = {}) => ({ name, content, ...more });
const digest = (content: string) => `${content.length} ${digestOf(Buffer.from(content)).slice(7, 19)}`;
const line = (path: string, content: string) => `${path} file 644 ${digest(content)}`;

describe('a tree of layers', () => {
  it('has files, folders and links with their modes and times, fractions of a second and times before 1970', async () => {
    const { root, plan } = await unpack(
      [
        [
          { name: './', mode: 0o711, mtime: 1234 },
          { name: './bin/', mode: 0o750, records: { mtime: '1600000000.5' } },
          file('./bin/run', 'run', { mode: 0o751, records: { mtime: '1600000000.25' } }),
          file('old', 'old', { mode: 0o600, records: { mtime: '-5.5' } }),
          { name: 'link', symlink: '/nowhere/../..', mtime: 99 },
          { name: 'tmp/', mode: 0o1777, mtime: 7 },
        ],
      ],
      temporary.path,
    );
    expect(linesOf(root)).toEqual([
      `/ folder 711 ${me} 1234`,
      `/bin folder 750 ${me} 1600000000.5`,
      `/bin/run file 751 ${me} 1600000000.25 ${digest('run')}`,
      `/link link 777 ${me} 99 -> /nowhere/../..`,
      `/old file 600 ${me} -5.5 ${digest('old')}`,
      `/tmp folder 1777 ${me} 7`,
    ]);
    expect([plan.files, plan.size, plan.warnings]).toEqual([2, 6, []]);
  });

  it('hides what lower layers have, wherever whiteouts stand in their layer', async () => {
    const lower = [file('d/old'), file('d/sub/old'), file('e/old'), file('f'), file('g')];
    const upper = [
      file('d/new'),
      file('d/sub/new'),
      { name: 'd/.wh..wh..opq' },
      { name: '.wh.e' },
      file('e/new'),
      { name: '.wh.f', link: 'g' },
      { name: '.wh..wh.aufs' },
      { name: '.wh..hidden' },
    ];
    expect(await treeOf([...lower, file('.hidden')], upper)).toEqual([
      '/d folder 755',
      line('/d/new', 'd/new'),
      '/d/sub folder 755',
      line('/d/sub/new', 'd/sub/new'),
      '/e folder 755',
      line('/e/new', 'e/new'),
      line('/g', 'g'),
    ]);
  });

  it('keeps hard links across layers, of removed names, to symbolic links and to names of AUFS', async () => {
    const lower = [file('a'), file('gone'), { name: 's', symlink: 'a' }];
    const upper = [
      { name: 'b', link: './a' },
      { name: 'kept', link: '/gone' },
      { name: '.wh.gone' },
      { name: 't', link: 's' },
      { name: '.wh..wh.plnk/' },
      file('.wh..wh.plnk/12.3', 'aufs'),
      { name: 'aufs', link: '.wh..wh.plnk/12.3' },
    ];
    expect(await treeOf(lower, upper)).toEqual([
      line('/a', 'a'),
      line('/aufs', 'aufs'),
      '/b file 644 = /a',
      line('/kept', 'gone'),
      '/s link 777 -> a',
      '/t link 777 -> a',
    ]);
  });

  it('has one file of several names whatever later layers do to one of them', async () => {
    expect(
      await treeOf([file('a'), { name: 'b', link: 'a' }, { name: 'c', link: 'b' }], [file('a', 'new')]),
    ).toEqual([line('/a', 'new'), line('/b', 'a'), '/c file 644 = /b']);
  });

  it('lets a file replace a folder or a link, and the reverse', async () => {
    const lower = [file('a/b'), file('c'), { name: 'd', symlink: 'a' }, { name: 'e', symlink: 'c' }];
    const upper = [file('a', 'new'), file('c/x'), { name: 'd/' }, file('e', 'new')];
    expect(await treeOf(lower, upper)).toEqual([
      line('/a', 'new'),
      '/c folder 755',
      line('/c/x', 'c/x'),
      '/d folder 644',
      line('/e', 'new'),
    ]);
  });

  it('puts what goes through a link of a lower layer where that leads, within the root', async () => {
    const lower = [
      { name: 'usr/lib/', mode: 0o755 },
      { name: 'lib', symlink: 'usr/lib' },
      { name: 'up', symlink: '../../../opt' },
    ];
    expect(await treeOf(lower, [file('lib/x'), file('up/y'), { name: 'z', link: 'lib/x' }])).toEqual([
      '/lib link 777 -> usr/lib',
      '/opt folder 755',
      line('/opt/y', 'up/y'),
      '/up link 777 -> ../../../opt',
      '/usr folder 755',
      '/usr/lib folder 755',
      line('/usr/lib/x', 'lib/x'),
      '/z file 644 = /usr/lib/x',
    ]);
  });

  it('has long names, names that are not ASCII and names that are not UTF-8', async () => {
    const long = `${'d'.repeat(200)}/${'größe-'.repeat(20)}`;
    const members = [file(long, 'x'), file('größe', 'y'), { name: 'l', symlink: long }];
    const raw = header('x', 1, '0', '', 0o644, (block) => block.write('\xe4\xf6\xff', 0, 'latin1'));
    const other = header('x', 1, '0', '', 0o644, (block) => block.write('\xe4\xf6\xfe', 0, 'latin1'));
    const blocks = (block: Buffer, text: string) =>
      Buffer.concat([block, Buffer.from(text.padEnd(512, '\0'))]);
    const odd = [
      { name: '', blocks: blocks(raw, '1') },
      { name: '', blocks: blocks(other, '2') },
      file('größe', 'z'),
    ];
    for (const longNames of ['pax', 'gnu'] as const) {
      expect(await treeOf(tar(members, { longNames }), odd)).toEqual([
        `/${'d'.repeat(200)} folder 755`,
        line(`/${Buffer.from(long).toString('latin1')}`, 'x'),
        line(`/${Buffer.from('größe').toString('latin1')}`, 'z'),
        expect.stringMatching(/^\/l link 777 -> d{200}\/größe-/),
        line('/\xe4\xf6\xfe', '2'),
        line('/\xe4\xf6\xff', '1'),
      ]);
    }
  });

  it.each(sparseFormats)('has sparse files of format %s with their holes', async (format) => {
    const content = Buffer.alloc(8 * 1024 * 1024);
    content.write('begin', 0);
    content.write('middle', 3 * 1024 * 1024 + 100);
    const sparse = sparseFile('sparse', content, { mode: 0o600 });
    const { root } = await unpack([[sparseMember(sparse, format), file('next')]], temporary.path);
    const path = join(root, 'sparse');
    expect(readFileSync(path).equals(contentOf(sparse))).toBe(true);
    expect(statSync(path).blocks * 512).toBeLessThan(1024 * 1024);
    expect(readFileSync(join(root, 'next'), 'utf8')).toBe('next');
  });

  it('has a file of more than 8 GiB whose size an extended header tells, all of it a hole', async () => {
    const size = 9 * 1024 ** 3;
    const sparse = { name: 'huge', size, pieces: [{ offset: size - 4, content: Buffer.from('tail') }] };
    const { root, plan } = await unpack([[sparseMember(sparse, '1.0')]], temporary.path);
    expect(lstatSync(join(root, 'huge')).size).toBe(size);
    expect(plan.size).toBe(size);
  });

  it('has contiguous files, empty files, and files that end in zeros', async () => {
    const zeros = `x${'\0'.repeat(300_000)}`;
    const members = [file('c', 'contiguous', { type: '7' }), file('e', ''), file('z', zeros)];
    expect(await treeOf(members)).toEqual([line('/c', 'contiguous'), line('/e', ''), line('/z', zeros)]);
  });

  it('keeps modes that close a file or a folder to its owner', async () => {
    const { root } = await unpack(
      [[{ name: 'd/', mode: 0o000 }, file('e/f', 'f', { mode: 0o000 }), file('w', 'w', { mode: 0o200 })]],
      temporary.path,
    );
    const modes = ['d', 'e/f', 'w'].map((name) => lstatSync(join(root, name)).mode & 0o7777);
    expect(modes).toEqual([0, 0, 0o200]);
  });

  it('has files in closed folders', async () => {
    const { root } = await unpack(
      [
        [
          { name: 'd/', mode: 0o500 },
          file('d/f'),
          { name: 'd/e/', mode: 0o100 },
          { name: 'd/e/l', symlink: 'f' },
        ],
      ],
      temporary.path,
    );
    expect([lstatSync(join(root, 'd')).mode & 0o777, lstatSync(join(root, 'd/e')).mode & 0o777]).toEqual([
      0o500, 0o100,
    ]);
    expect(lstatSync(join(root, 'd/e/l')).isSymbolicLink()).toBe(true);
  });
});

describe('a layer', () => {
  const content = noise('layer', 400_000);
  const bytes = tar([file('a'), { name: 'b', content }, ...stargzFiles()]);
  const half = Math.floor(bytes.length / 2);
  const parts = [bytes.subarray(0, half), bytes.subarray(half)];

  it.each<[string, () => Buffer]>([
    ['as it is', () => bytes],
    [
      'in several gzip members, as eStargz has them',
      () => Buffer.concat(parts.map((part) => gzipSync(part))),
    ],
    [
      'in several zstd frames with skippable ones between, as zstd:chunked has them',
      () => {
        const skippable = Buffer.concat([Buffer.from('502a4d1804000000', 'hex'), Buffer.from('toc!')]);
        return Buffer.concat(parts.flatMap((part) => [zstdCompressSync(part), skippable]));
      },
    ],
  ])('is taken apart when it is stored %s', async (_, compress) => {
    const stored = compress();
    const descriptor = { digest: digestOf(stored), size: stored.length };
    const layer = await takeApart(
      { open: openBytes(stored), descriptor, diffId: digestOf(bytes), origin: 'the layer' },
      join(temporary.path, `compressed-${stored.length}`),
    );
    expect([...layer.entries].map(({ name }) => name)).toEqual([
      'a',
      'b',
      '.no.prefetch.landmark',
      'stargz.index.json',
    ]);
    expect(readFileSync(layer.locate(1)).equals(content)).toBe(true);
  });

  it.each<[string, () => { stored?: Buffer; diffId?: string; size?: number; digest?: string }, RegExp]>([
    [
      'has another diffID',
      () => ({ diffId: digestOf(Buffer.from('x')) }),
      /^L is damaged: its diffID is .*, expected/,
    ],
    [
      'has another digest',
      () => ({ digest: digestOf(Buffer.from('x')) }),
      /^L is damaged: its digest is .*, expected/,
    ],
    [
      'is shorter than told',
      () => ({ size: 5_000_000 }),
      /^L is damaged: it has \d+ bytes, expected 5000000$/,
    ],
    ['is longer than told', () => ({ size: 10 }), /^L is damaged: it has more than the 10 bytes expected$/],
    ['ends inside gzip', () => ({ stored: gzipSync(bytes).subarray(0, 9000) }), /^L is truncated: gzip says/],
    ['ends inside a file', () => ({ stored: bytes.subarray(0, 9000) }), /^L is damaged: its diffID/],
    ['is no tar', () => ({ stored: Buffer.from('text'.repeat(500)) }), /^L is not a tar$/],
  ])('is refused in one sentence where it %s, and nothing of it stays', async (title, change, sentence) => {
    const { stored = bytes, ...wrong } = change();
    const expected = { digest: digestOf(stored), size: stored.length, diffId: digestOf(bytes), ...wrong };
    const folder = join(temporary.path, title);
    const { diffId, ...descriptor } = expected as { diffId: never; digest: never; size: number };
    await expect(
      takeApart({ open: openBytes(stored), descriptor, diffId, origin: 'L' }, folder),
    ).rejects.toThrow(sentence);
    expect(existsSync(folder)).toBe(false);
  });

  it('that ends inside an entry is refused, though its digests are right', async () => {
    const cut = bytes.subarray(0, 9000);
    await expect(unpack([cut], temporary.path)).rejects.toThrow(
      /^the layer is truncated: it ends at byte 9000, inside an entry/,
    );
  });

  it('may lack the marker of its end, and have something behind it', async () => {
    expect(await treeOf(tar([file('a')], { end: Buffer.alloc(0) }))).toEqual([line('/a', 'a')]);
    expect(await treeOf(Buffer.concat([tarOf([file('a')]), tarOf([file('b')])]))).toEqual([line('/a', 'a')]);
  });

  it('comes to the same in chunks of any size', async () => {
    const layer = tar([file('a'), { name: 'b'.repeat(150), content }, ...stargzFiles()], {
      longNames: 'gnu',
    });
    const found = await Promise.all(
      [1, 7, 511, 513, 65_536].map(async (size) => {
        const open = async function* () {
          for (let at = 0; at < layer.length; at += size) yield layer.subarray(at, at + size);
        };
        const folder = join(temporary.path, `chunks-${size}`);
        const { entries } = await takeApart({ open, diffId: digestOf(layer), origin: 'L' }, folder);
        return [[...entries], linesOf(folder).slice(1)];
      }),
    );
    for (const one of found) expect(one).toEqual(found[0]);
  });

  it('has times that file systems can store, whatever its headers say', async () => {
    const dated = (name: string, mtime: string) => file(name, 'x', { records: { mtime } });
    const { root } = await unpack(
      [[dated('late', '9999999999999999'), dated('early', '-9999999999'), dated('odd', 'soon')]],
      temporary.path,
    );
    const times = ['early', 'late', 'odd'].map((name) => lstatSync(join(root, name)).mtimeMs / 1000);
    expect(times).toEqual([-(2 ** 31), 15_032_385_535, 1]);
  });

  it('keeps the name of a header behind an empty long name of GNU tar', async () => {
    const blocks = Buffer.concat([
      ...extra('././@LongLink', 'L', Buffer.alloc(0)),
      ...extra('x', 'K', Buffer.of(0)),
    ]);
    expect(await treeOf([{ name: '', blocks }, file('short', 'x')])).toEqual([line('/short', 'x')]);
  });

  it('has long names of GNU tar that end in no NUL, and what else that puts before an entry', async () => {
    const name = 'n'.repeat(120);
    const blocks = [
      ...extra('././@LongLink', 'L', Buffer.from(name)),
      ...extra('x', 'N', Buffer.from('old')),
    ];
    expect(await treeOf([{ name: '', blocks: Buffer.concat(blocks) }, file('short', 'x')])).toEqual([
      line(`/${name}`, 'x'),
    ]);
  });
});

describe('what only root can make, or nobody wants', () => {
  const members = [
    { name: 'dev/null', type: '3', device: [1, 3] as const, mode: 0o666 },
    { name: 'dev/disk', type: '4', device: [8, 1] as const, mode: 0o640 },
    { name: 'run/pipe', type: '6', mode: 0o620 },
    file('bin/su', 'su', { mode: 0o4755, owner: [5, 6] }),
    { name: 'mail/', mode: 0o2775 },
    file('ping', 'ping', { records: { 'SCHILY.xattr.security.capability': 'x' } }),
    file('label', 'label', { records: { 'SCHILY.xattr.security.selinux': 'x' } }),
  ];

  it('is left out, with a warning that has a count and an example', async () => {
    const { root, plan } = await unpack([members], temporary.path);
    expect(plan.warnings).toEqual([
      '3 special files (devices, pipes) left out, such as dev/null, setuid or setgid dropped from 2 paths, such as bin/su; keep-special keeps them',
      'capabilities and other attributes of 1 path left out, such as ping',
    ]);
    expect(pathsOf(root)).toEqual(['bin', 'bin/su', 'dev', 'label', 'mail', 'ping', 'run']);
    expect(lstatSync(join(root, 'bin/su')).mode & 0o7777).toBe(0o755);
    expect(lstatSync(join(root, 'mail')).mode & 0o7777).toBe(0o775);
  });

  it.skipIf(!isRoot)('is kept where that is asked for, by root', async () => {
    const { root, plan } = await unpack([members], temporary.path, { keepOwner: true, keepSpecial: true });
    expect(plan.warnings).toEqual([expect.stringMatching(/^capabilities/)]);
    expect(linesOf(root).filter((one) => /su|null|disk|pipe|mail/.test(one))).toEqual([
      `/bin/su file 4755 5:6 1 ${digest('su')}`,
      '/dev/disk block device 640 0:0 1 8,1',
      '/dev/null character device 666 0:0 1 1,3',
      '/mail folder 2775 0:0 1',
      '/run/pipe pipe 620 0:0 1',
    ]);
  });

  it.skipIf(isRoot)('is an error in one sentence to who is not root', async () => {
    await expect(unpack([members], temporary.path, { keepSpecial: true })).rejects.toThrow(
      /^cannot make the device dev\/null: mknod says ".*"; devices can be made by root alone$/,
    );
    await expect(
      unpack([[file('a', 'a', { owner: [0, 0] })]], temporary.path, { keepOwner: true }),
    ).rejects.toThrow(/^cannot write .*\/a: this user may not do that there$/);
  });
});

describe('a tree that is copied or linked out of layers that stay', () => {
  it.each(['copy', 'link'] as const)('is the same by %s, however often', async (how) => {
    const layers = [
      [
        { name: './', mode: 0o755, mtime: 5 },
        file('a', 'a', { mode: 0o555, mtime: 77 }),
        { name: 'b', link: 'a' },
        file('closed', 'x', { mode: 0o000, mtime: 9 }),
        file('su', 'su', { mode: 0o4755, mtime: 9 }),
      ],
    ];
    const moved = await unpack(layers, temporary.path);
    const { root, plan, layers: taken } = await unpack(layers, temporary.path, { how });
    expect(linesOf(root)).toEqual(linesOf(moved.root));
    const again = await unpack(layers, temporary.path, { how });
    expect(linesOf(again.root)).toEqual(linesOf(root));
    expect(plan.files).toBe(4);
    const inode = (path: string) => lstatSync(path).ino;
    const source = taken[0]?.locate(1) ?? '';
    expect(inode(join(root, 'a')) === inode(source)).toBe(how === 'link');
    const closed = taken[0]?.locate(3) ?? '';
    expect([inode(join(root, 'closed')) === inode(closed), lstatSync(closed).mode & 0o777]).toEqual([
      false,
      0o600,
    ]);
  });
});

describe('small contents that lie together', () => {
  const layers: LayerFixture[] = [
    [
      { name: './', mode: 0o755 },
      { name: 'd/', mode: 0o755 },
      file('a', 'a', { mode: 0o4755, mtime: 77, owner: [3, 4] }),
      file('closed', 'x', { mode: 0o000, mtime: 9, records: { mtime: '-1.5' } }),
      file('group', 'x', { mode: 0o666 }),
      file('empty', ''),
      file('zeros', '\0'.repeat(5000)),
      { name: 'limit', content: noise('limit', 64 * 1024) },
      { name: 'above', content: noise('above', 64 * 1024 + 1) },
      { name: 'big', content: noise('big', 900_000) },
      { name: 'b', link: 'a' },
    ],
    [file('c', 'of the second layer'), { name: 'd/e', link: 'group' }],
  ];
  const kept = isRoot ? { keepOwner: true, keepSpecial: true } : { keepSpecial: true };

  it('become the same files as those that had files of their own, which are moved', async () => {
    const apart = await unpack(layers, temporary.path, { ...kept, packs: false });
    const { root, layers: taken } = await unpack(layers, temporary.path, kept);
    expect(linesOf(root)).toEqual(linesOf(apart.root));
    expect(pathsOf(dirname(taken[0]?.locate(0) ?? ''))).toEqual(['packed']);
    expect(lstatSync(join(root, 'zeros')).blocks).toBe(0);
  });

  it('are the same in a tar', async () => {
    const options = { paths: [], keepOwner: true, keepSpecial: true, names: tarNames };
    const tars = await Promise.all(
      [true, false].map(async (packs) => {
        const taken = await takeAllApart(layers, join(temporary.path, `tar-${packs}`), { packs });
        const chunks: Buffer[] = [];
        for await (const chunk of treeTar(planTree(taken, options, 'the image'), taken))
          chunks.push(Buffer.from(chunk));
        return digestOf(Buffer.concat(chunks));
      }),
    );
    expect(new Set(tars).size).toBe(1);
  });
});

it('many small files have their contents, be they asked for in the order of their layers or to and fro', async () => {
  const contents = new Map<string, string>();
  const layers = [0, 1].map((layer) =>
    Array.from({ length: 300 }, (_, at) => {
      // Neighbours in the layer are in other folders of the tree, and every other one of the lower layer is replaced.
      const name = `d${at % 7}/a-name-of-its-own-${layer === 0 ? at : 2 * at}`;
      const content = `${layer} ${at} `.repeat((at * 331) % 7000);
      contents.set(name, content);
      return file(name, content);
    }),
  );
  const { root } = await unpack(layers, temporary.path);
  const found = pathsOf(root).filter((path) => path.includes('/'));
  expect(found).toHaveLength(contents.size);
  for (const path of found) expect(readFileSync(join(root, path), 'utf8')).toBe(contents.get(path));
});

it('a layer that an image has twice is moved and linked between as two layers are', async () => {
  const [twice, between] = await takeAllApart(
    [[file('a'), file('c')], [{ name: 'b', link: 'a' }]],
    join(temporary.path, 'twice'),
  );
  if (!twice || !between) expect.fail('nothing was taken apart');
  const layers = [twice, between, twice];
  const options = { paths: [], keepOwner: false, keepSpecial: false, names: tarNames };
  const root = join(temporary.path, 'twice', 'root');
  mkdirSync(root);
  await writeTree(planTree(layers, options, 'the image'), layers, root, 'move');
  expect(pathsOf(root).map((name) => [name, readFileSync(join(root, name), 'utf8')])).toEqual([
    ['a', 'a'],
    ['b', 'a'],
    ['c', 'c'],
  ]);
});

/** What eStargz adds to a layer: files like others. */
function stargzFiles(): TarMember[] {
  return [file('.no.prefetch.landmark', '\x0f'), file('stargz.index.json', '{"version":1,"entries":[]}')];
}
