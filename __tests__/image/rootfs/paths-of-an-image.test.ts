import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { AlbaError } from '../../../src/errors.ts';
import { tarNames } from '../../../src/image/rootfs/name-rules.ts';
import { planTree } from '../../../src/image/rootfs/plan-tree.ts';
import type { UnpackedLayer } from '../../../src/image/rootfs/unpacked-layer.ts';
import type { TarMember } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { linesOf, pathsOf, takeAllApart, unpack } from '../../fixtures/unpack.ts';

const temporary = useTemporary();
const file = (name: string, content = name): TarMember => ({ name, content });

const layers: TarMember[][] = [
  [
    { name: 'usr/', mode: 0o755, mtime: 11 },
    { name: 'usr/bin/', mode: 0o751, mtime: 22 },
    file('usr/bin/app'),
    { name: 'usr/bin/app2', link: 'usr/bin/app' },
    file('usr/share/doc/readme'),
    { name: 'bin', symlink: 'usr/bin' },
    { name: 'opt/up', symlink: '../../../../usr/share' },
    { name: 'opt/app', symlink: '/bin/app' },
    { name: 'loop', symlink: 'loop' },
    { name: 'lost', symlink: 'nowhere' },
    file('etc/app'),
  ],
];
const pull = (...paths: string[]) => unpack(layers, temporary.path, { paths });

describe('paths of an image', () => {
  it.each<[string, string[], string[]]>([
    ['the root by its name', ['/'], ['bin', 'etc', 'loop', 'lost', 'opt', 'usr']],
    ['a folder', ['/usr/bin'], ['app', 'app2']],
    ['a folder without a slash before it and with some behind', ['usr/bin//'], ['app', 'app2']],
    ['a folder through a link', ['bin'], ['app', 'app2']],
    ['a folder through a link that goes up', ['/opt/up'], ['doc', 'doc/readme']],
    ['a path that goes up', ['/usr/../../bin/../share'], ['doc', 'doc/readme']],
    ['a file', ['/usr/bin/app2'], ['app2']],
    ['a file by the name of a link to it', ['/opt/app'], ['app']],
    [
      'several',
      ['/usr/bin', '/usr/share', '/opt/up/doc/readme'].slice(0, 2),
      ['app', 'app2', 'doc', 'doc/readme'],
    ],
    ['two files', ['/etc/app', '/usr/share/doc/readme'], ['app', 'readme']],
  ])('are %s', async (_, paths, found) => {
    const { root } = await pull(...paths);
    expect(pathsOf(root).filter((path) => !path.includes('/') || paths[0] !== '/')).toEqual(found);
  });

  it('give the folder that becomes the root its mode and time, and hard links a file among what is wanted', async () => {
    const { root, plan } = await pull('/bin');
    const [first, ...rest] = linesOf(root);
    expect(first).toMatch(/^\/ folder 751 \d+:\d+ 22$/);
    expect(rest).toEqual([
      expect.stringMatching(/^\/app file/),
      expect.stringMatching(/^\/app2 .* = \/app$/),
    ]);
    expect([plan.files, plan.size]).toEqual([2, 11]);
    const one = await pull('/usr/bin/app2');
    expect([one.plan.files, one.plan.size]).toEqual([1, 11]);
  });

  it.each<[string, string[], string]>([
    [
      'are not there',
      ['/usr/bin/none'],
      'the image: /usr/bin/none is not in the image; /usr/bin is, and has app, app2',
    ],
    [
      'lie below what is not there',
      ['/none/x/y'],
      'the image: /none/x/y is not in the image; / is, and has bin, etc, loop, lost, opt and 1 more',
    ],
    [
      'lie below a file',
      ['/bin/app/x'],
      'the image: /bin/app/x is not in the image; /usr/bin/app is, and is no folder',
    ],
    [
      'are a link to nothing',
      ['/lost'],
      'the image: /lost is not in the image; / is, and has bin, etc, loop, lost, opt and 1 more',
    ],
    [
      'are a link that leads to itself',
      ['/loop'],
      'the image: loop is a symbolic link that leads back to itself, or lies behind one',
    ],
    [
      'lie behind one',
      ['/loop/x'],
      'the image: loop/x is a symbolic link that leads back to itself, or lies behind one',
    ],
    [
      'have something of one name',
      ['/etc', '/usr/bin'],
      'the image: both /etc and /usr/bin have app, and would meet in one folder: pull them one by one',
    ],
    [
      'lie in each other',
      ['/usr', '/bin'],
      'the image: the path /bin lies in the path /usr: name one of them',
    ],
    [
      'would say something to a terminal',
      ['/\u001b'],
      'the image: /\\u001b is not in the image; / is, and has bin, etc, loop, lost, opt and 1 more',
    ],
  ])('are refused where they %s', async (_, paths, sentence) => {
    await expect(pull(...paths)).rejects.toThrow(new AlbaError('source', sentence));
  });

  it('are all told that are wrong', async () => {
    await expect(pull('/none', '/nothing')).rejects.toThrow(/\/none is not.*\n.*\/nothing is not/);
  });
});

/** Rules of a place as a value, whatever this machine is. */
const windows = { ...tarNames, windows: true, ignoresCase: true, isText: true, longestPath: 32_000 };
const mac = { ...tarNames, ignoresCase: true, normalizes: true, isText: true };

describe('names of an image', () => {
  let taken: readonly UnpackedLayer[] = [];
  const refusalOf = async (names: readonly string[], rules: typeof tarNames): Promise<string> => {
    const folder = join(temporary.path, `names-${Math.random()}`);
    taken = await takeAllApart([names.map((name) => file(name, 'x'))], folder);
    try {
      planTree(taken, { paths: [], keepOwner: false, keepSpecial: false, names: rules }, 'I');
      return '';
    } catch (failure) {
      return failure instanceof Error ? failure.message : 'something else';
    }
  };

  it.each<[string[], string]>([
    [['a/File', 'a/file'], 'I: a/File and a/file are one name in this place'],
    [['A/x', 'a/y'], 'I: A and a are one name in this place'],
    [['stra\u00dfe', 'STRASSE'], 'I: straße and STRASSE are one name in this place'],
    [['\u00e9', 'e\u0301'], 'I: é and e\u0301 are one name in this place'],
    [['K', '\u212a'], 'I: K and \u212a are one name in this place'],
    [['aux'], 'I: aux has a name that Windows keeps for a device'],
    [['d/Con.txt'], 'I: d/Con.txt has a name that Windows keeps for a device'],
    [['LPT1 .x'], 'I: LPT1 .x has a name that Windows keeps for a device'],
    [['com\u00b9'], 'I: com¹ has a name that Windows keeps for a device'],
    [['C:x'], 'I: C:x has ":" in its name, which Windows does not take'],
    [['a:stream'], 'I: a:stream has ":" in its name, which Windows does not take'],
    [['..\\..\\x'], 'I: ..\\..\\x has "\\\\" in its name, which Windows does not take'],
    [['what?'], 'I: what? has "?" in its name, which Windows does not take'],
    [['a\nb'], 'I: a\\u000ab has "\\n" in its name, which Windows does not take'],
    [['d./x'], 'I: d. has a name that ends in a dot or a blank, which Windows leaves out'],
    [['x '], 'I: x  has a name that ends in a dot or a blank, which Windows leaves out'],
    [['...'], 'I: ... has a name that ends in a dot or a blank, which Windows leaves out'],
    [
      ['aux', 'b?'],
      'I: aux has a name that Windows keeps for a device\nI: b? has "?" in its name, which Windows does not take',
    ],
    [['console', 'com', 'com10', 'nul1', 'a.aux', 'größe', '.hidden', 'a b'], ''],
  ])('are refused for Windows: %j', async (names, sentence) => {
    expect(await refusalOf(names, windows)).toBe(sentence);
  });

  it('that meet are refused where case or accents make no difference, and nowhere else', async () => {
    const accents = ['\u00e9', 'e\u0301'];
    const cases = ['a', 'A'];
    expect(await refusalOf(accents, mac)).toMatch(/are one name/);
    expect(await refusalOf(cases, mac)).toMatch(/are one name/);
    expect(await refusalOf(accents, { ...tarNames, normalizes: true })).toMatch(/are one name/);
    expect(await refusalOf(cases, { ...tarNames, normalizes: true })).toBe('');
    expect(await refusalOf([...accents, ...cases, 'aux', 'C:\\', 'd.'], tarNames)).toBe('');
  });

  it('that meet in what is wanted of several paths are refused', async () => {
    taken = await takeAllApart([[file('a/x'), file('b/X')]], join(temporary.path, 'meet'));
    const plan = (names: typeof tarNames) =>
      planTree(taken, { paths: ['a', 'b'], keepOwner: false, keepSpecial: false, names }, 'I');
    expect(() => plan(mac)).toThrow(
      'I: both a and b have X, and would meet in one folder: pull them one by one',
    );
    expect([...plan(tarNames).entries].map(({ path }) => path)).toEqual(['', 'x', 'X']);
  });

  it('that are hidden or not wanted are no reason to refuse an image', async () => {
    taken = await takeAllApart(
      [[file('a/aux'), file('b/x')], [{ name: '.wh.a' }]],
      join(temporary.path, 'hidden'),
    );
    const all = { keepOwner: false, keepSpecial: false, names: windows };
    expect(planTree(taken, { ...all, paths: [] }, 'I').files).toBe(1);
    expect(planTree(taken.slice(0, 1), { ...all, paths: ['b'] }, 'I').files).toBe(1);
  });
});
