import { execFileSync } from 'node:child_process';
import { chmod, link, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeTar } from '../../../src/content/tar/write-tar.ts';
import { Problems } from '../../../src/errors.ts';
import { parseLayerLine } from '../../../src/source/files/layer-line.ts';
import { type LowerTree, planLayers } from '../../../src/source/files/plan-layers.ts';
import { readFolder } from '../../../src/source/files/read-folder.ts';
import { readFollowed } from '../../../src/source/tree/links.ts';
import { readAll } from '../../content/tar/read.ts';
import { useTemporary } from '../../fixtures/temporary.ts';

const temporary = useTemporary();
const program = Buffer.from(`\x7fELF\x02\x01\x01${'\0'.repeat(9)}\x02\0${'\0'.repeat(46)}`, 'latin1');
const nothing: LowerTree = { place: (path) => path, folderAt: () => undefined };

/** A folder with these files; `->` before a text makes a link, a slash behind a name a folder. */
async function folderOf(files: Readonly<Record<string, string | Buffer>>): Promise<string> {
  const folder = await mkdtemp(join(temporary.path, 'tree-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true });
    if (typeof content === 'string' && content.startsWith('->')) await symlink(content.slice(2), path);
    else if (!name.endsWith('/')) await writeFile(path, content, { mode: 0o644 });
  }
  return folder;
}

interface Options {
  readonly lines?: readonly string[];
  readonly prefix?: string;
  readonly follow?: readonly string[];
  readonly lower?: LowerTree;
}

async function plan(
  folder: string,
  { lines = [], prefix = '/', follow = [], lower = nothing }: Options = {},
) {
  const problems = new Problems();
  const nodes = await readFolder(folder, {
    directory: temporary.path,
    problems,
    isExcluded: () => false,
    followed: await readFollowed(follow, temporary.path, problems),
    inImage: (path) => ({ path: path.slice(1), isThere: false }),
  });
  problems.throwIfAny('source');
  const warnings: string[] = [];
  const parsed = lines.map(parseLayerLine);
  const { layers, matched } = planLayers(nodes, {
    lines: parsed,
    prefix,
    lower,
    warn: (text) => warnings.push(text.replaceAll(/tree-\w+\//g, '')),
  });
  const listed = [];
  for (const { line, entries } of layers) {
    const chunks: Buffer[] = [];
    for await (const chunk of writeTar(entries.map(({ entry }) => entry))) chunks.push(Buffer.from(chunk));
    listed.push({ line: line?.text, entries: (await readAll(Buffer.concat(chunks))).map(describeEntry) });
  }
  return { layers: listed, warnings, unmatched: parsed.filter((line) => !matched.has(line)).length };
}

/** `755 0:0 app/`, `644 0:0 a = content`, `a -> b`, `a => b` for a hard link. */
function describeEntry(entry: Awaited<ReturnType<typeof readAll>>[number]): string {
  const { name, type, linkname, mode, uid, gid, content } = entry;
  if (type === 'symlink') return `${name} -> ${linkname}`;
  const owned = `${mode.toString(8)} ${uid}:${gid} ${name}`;
  if (type === 'link') return `${owned} => ${linkname}`;
  return type === 'file' ? `${owned} = ${content.toString().slice(0, 10)}` : owned;
}

const seed = {
  'ChangesRarely/big.dll': 'big',
  'ChangesRarely/deep/er/asset': 'asset',
  'ChangesOften/app': '#!/bin/sh',
  'readme.txt': 'text',
};

describe('planLayers', () => {
  it('puts all files into one layer with their folders, when nobody asks for layers', async () => {
    const { layers } = await plan(await folderOf({ ...seed, 'empty/': '', program }));
    expect(layers).toEqual([
      {
        line: undefined,
        entries: [
          '755 0:0 ChangesOften/',
          '755 0:0 ChangesOften/app = #!/bin/sh',
          '755 0:0 ChangesRarely/',
          '644 0:0 ChangesRarely/big.dll = big',
          '755 0:0 ChangesRarely/deep/',
          '755 0:0 ChangesRarely/deep/er/',
          '644 0:0 ChangesRarely/deep/er/asset = asset',
          '755 0:0 empty/',
          expect.stringMatching(/^755 0:0 program = \x7fELF/),
          '644 0:0 readme.txt = text',
        ],
      },
    ]);
  });

  it('parts layers by lines, and puts what no line takes into the last one', async () => {
    const { layers, warnings } = await plan(await folderOf(seed), {
      prefix: '/srv',
      lines: ['ChangesRarely/** => /opt/rarely chown=1000:1001', 'ChangesOften/*'],
    });
    expect(layers).toEqual([
      {
        line: 'ChangesRarely/** => /opt/rarely chown=1000:1001',
        entries: [
          '755 0:0 opt/',
          '755 1000:1001 opt/rarely/',
          '644 1000:1001 opt/rarely/big.dll = big',
          '755 1000:1001 opt/rarely/deep/',
          '755 1000:1001 opt/rarely/deep/er/',
          '644 1000:1001 opt/rarely/deep/er/asset = asset',
        ],
      },
      {
        line: 'ChangesOften/*',
        entries: ['755 0:0 srv/', '755 0:0 srv/ChangesOften/', '755 0:0 srv/ChangesOften/app = #!/bin/sh'],
      },
      { line: undefined, entries: ['755 0:0 srv/', '644 0:0 srv/readme.txt = text'] },
    ]);
    expect(warnings).toEqual([]);
  });

  it.each([
    ['readme.txt => /etc/motd', ['755 0:0 etc/', '644 0:0 etc/motd = text']],
    ['readme.txt => /etc/', ['755 0:0 etc/', '644 0:0 etc/readme.txt = text']],
    ['*.txt => /etc', ['755 0:0 etc/', '644 0:0 etc/readme.txt = text']],
    ['ChangesOften => /usr/bin', ['755 0:0 usr/', '755 0:0 usr/bin/', '755 0:0 usr/bin/app = #!/bin/sh']],
    ['**/*.txt chmod=0600', ['600 0:0 readme.txt = text']],
    ['ChangesOften/* => /data chown=7:8 chmod=2640', ['2750 7:8 data/', '2640 7:8 data/app = #!/bin/sh']],
  ])('takes files to where "%s" says', async (line, entries) => {
    expect((await plan(await folderOf(seed), { lines: [line] })).layers[0]?.entries).toEqual(entries);
  });

  it('lets the later of two layers have what both claim, and warns', async () => {
    const folder = await folderOf({ 'a/x': '1', 'b/x': '2' });
    expect(await plan(folder, { lines: ['**', 'b/**'] })).toMatchObject({
      layers: [
        { entries: ['755 0:0 a/', '644 0:0 a/x = 1'] },
        { entries: ['755 0:0 b/', '644 0:0 b/x = 2'] },
      ],
      warnings: ['b/x is taken by "**" and "b/**": the last one has it'],
    });
    expect(await plan(folder, { lines: ['a/** => /c', 'b/** => /c'] })).toMatchObject({
      layers: [{ line: 'b/** => /c', entries: ['755 0:0 c/', '644 0:0 c/x = 2'] }],
      warnings: ['/c/x is claimed by b/x and by a/x, which is left out: the later layer has it'],
    });
    expect(await plan(folder, { lines: ['a/x => /c', 'b/x => /c/'] })).toMatchObject({
      layers: [{ entries: ['755 0:0 c/', '644 0:0 c/x = 2'] }],
      warnings: ['/c is claimed by b/x and by a/x, which is left out: the later layer has it'],
    });
  });

  it('warns once of all that the same two lines claim', async () => {
    const folder = await folderOf({
      'a/1': '',
      'a/2': '',
      'a/3': '',
      'b/1': '',
      'b/2': '',
      'b/3': '',
      c: '',
    });
    expect((await plan(folder, { lines: ['**', 'a/**', '*'] })).warnings).toEqual([
      'a/1 and 2 other files are taken by "**", "a/**" and "*": the last one has them',
      'b/1 and 3 other files are taken by "**" and "*": the last one has them',
    ]);
    expect((await plan(folder, { lines: ['a/** => /x', 'b/** => /x'] })).warnings).toEqual([
      '/x/1 is claimed by b/1 and by a/1, which is left out: the later layer has it; so it is with 2 other paths of "a/** => /x" and "b/** => /x"',
    ]);
  });

  it('tells which lines took nothing', async () => {
    expect((await plan(await folderOf(seed), { lines: ['nope/**', '*.txt'] })).unmatched).toBe(1);
  });

  it('gives a folder the same owner in all layers', async () => {
    const { layers } = await plan(await folderOf({ 'data/a': '1', 'data/b': '2' }), {
      lines: ['data/a', 'data/* => /data chown=5:5'],
    });
    expect(layers.map(({ entries }) => entries[0])).toEqual(['755 5:5 data/']);
    const both = await plan(await folderOf({ 'data/a': '1', 'other/b': '2' }), {
      lines: ['other/b => /data/', 'data/* chown=5:5'],
    });
    expect(both.layers.map(({ entries }) => entries[0])).toEqual(['755 5:5 data/', '755 5:5 data/']);
  });

  it('writes two names of one file as a hard link, within one layer', async () => {
    const folder = await folderOf({ 'a/1': 'one', 'b/': '' });
    await link(join(folder, 'a/1'), join(folder, 'a/2'));
    await link(join(folder, 'a/1'), join(folder, 'b/3'));
    await chmod(join(folder, 'a/1'), 0o700);
    expect((await plan(folder, { lines: ['a/**'] })).layers).toMatchObject([
      { entries: ['755 0:0 a/', '755 0:0 a/1 = one', '755 0:0 a/2 => a/1'] },
      { entries: ['755 0:0 b/', '755 0:0 b/3 = one'] },
    ]);
  });

  it('writes below where links of the lower tree lead, in folders as it has them', async () => {
    const lower: LowerTree = {
      place: (path) => path.replace(/^bin\//, 'usr/bin/'),
      folderAt: (path) => (path === 'usr/bin' ? { mode: 0o711, uid: 3, gid: 4 } : undefined),
    };
    const folder = await folderOf({ 'bin/app': '#!', 'bin/same': '->app' });
    const { layers } = await plan(folder, { lower, lines: ['bin/** chown=9:9'] });
    expect(layers[0]?.entries).toEqual([
      '755 0:0 usr/',
      '711 3:4 usr/bin/',
      '755 9:9 usr/bin/app = #!',
      'usr/bin/same -> app',
    ]);
  });
});

describe('links in a folder of files', () => {
  it('stay links where they lead within it, and lead there wherever the two go', async () => {
    const folder = await folderOf({
      'lib/real': 'real',
      'lib/near': '->real',
      'lib/dangling': '->gone',
      'bin/up': '->../lib/real',
      'bin/folder': '->../lib',
      absolute: '->/lib/real',
    });
    await symlink(join(folder, 'lib/real'), join(folder, 'bin/here'));
    const inPlace = ['absolute -> /lib/real', 'bin/folder -> ../lib', 'bin/here -> ../lib/real'];
    const links = (entries: readonly string[] = []) => entries.filter((text) => text.includes('->'));
    expect(links((await plan(folder)).layers[0]?.entries)).toEqual([
      ...inPlace,
      'bin/up -> ../lib/real',
      'lib/dangling -> gone',
      'lib/near -> real',
    ]);
    const { layers } = await plan(folder, { lines: ['lib/** => /opt/deep/lib'] });
    expect(layers.flatMap(({ entries }) => links(entries))).toEqual([
      'opt/deep/lib/dangling -> gone',
      'opt/deep/lib/near -> real',
      'absolute -> /opt/deep/lib/real',
      'bin/folder -> ../opt/deep/lib',
      'bin/here -> ../opt/deep/lib/real',
      'bin/up -> ../opt/deep/lib/real',
    ]);
  });

  it('stand for what they lead to below a root that may be followed, and only there', async () => {
    const outside = await folderOf({
      'tool/run': '#!',
      'tool/alias': '->run',
      'tool/other': '->../data',
      data: 'd',
    });
    const folder = await folderOf({});
    await symlink(join(outside, 'tool'), join(folder, 'tool'));
    await symlink(`../${outside.split('/').at(-1)}/data`, join(folder, 'data'));
    expect((await plan(folder, { follow: [outside] })).layers[0]?.entries).toEqual([
      '644 0:0 data = d',
      '755 0:0 tool/',
      'tool/alias -> run',
      '644 0:0 tool/other = d',
      '755 0:0 tool/run = #!',
    ]);
    const refused = plan(folder, { follow: [join(outside, 'tool')] });
    await expect(refused).rejects.toThrow(
      /tree-\w+\/data is a symbolic link that leads out of the tree, to .*\/data: /,
    );
    await expect(plan(folder)).rejects.toThrow(
      /tree-\w+\/tool is a symbolic link that leads out of the tree, to .*\/tool: /,
    );
  });

  it('name one whose text is no text', async () => {
    const folder = await folderOf({});
    await symlink(Buffer.from([0x61, 0xff]), join(folder, 'x'));
    await expect(plan(folder)).rejects.toThrow(/x is a symbolic link to .* not valid UTF-8/);
  });

  it('name what leads nowhere out of the tree, and what leads in circles', async () => {
    await expect(plan(await folderOf({ x: '->/no/where' }))).rejects.toThrow(
      'x is a symbolic link to /no/where, which is not there',
    );
    const folder = await folderOf({ 'a/': '' });
    const [one, other] = [await folderOf({}), await folderOf({})];
    await symlink(one, join(folder, 'a/b'));
    await symlink(one, join(one, 'itself'));
    expect((await plan(folder, { follow: [one] })).layers[0]?.entries).toContain('a/b/itself -> .');
    await symlink(other, join(one, 'other'));
    await symlink(one, join(other, 'one'));
    await expect(plan(folder, { follow: [one, other] })).rejects.toThrow('a loop');
  });
});

it('names sockets, pipes and devices that lie among files', async () => {
  const folder = await folderOf({ file: '' });
  execFileSync('mkfifo', [join(folder, 'pipe')]);
  const server = createServer().listen(join(folder, 'socket'));
  try {
    await expect(plan(folder)).rejects.toThrow(
      /pipe is a pipe, which no layer can have.*\n.*socket is a socket/s,
    );
  } finally {
    server.close();
    await rm(folder, { recursive: true });
  }
});
