import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { glob } from 'tinyglobby';
import { describe, expect, it } from 'vitest';
import { parseFileGlob } from '../../../src/source/files/file-glob.ts';
import { parseImagePath, parseLayerLine } from '../../../src/source/files/layer-line.ts';
import { shellWords } from '../../../src/source/files/shell-words.ts';
import { useTemporary } from '../../fixtures/temporary.ts';

describe('shellWords', () => {
  it.each<[line: string, words: string[]]>([
    ['', []],
    ['  a\tb  c ', ['a', 'b', 'c']],
    [`'a b' "c d" e\\ f`, ['a b', 'c d', 'e f']],
    [`a'b'"c"d`, ['abcd']],
    [`'' ""`, ['', '']],
    [`"a\\"b\\\\c\\d"`, ['a"b\\c\\d']],
    [`'a\\b'`, ['a\\b']],
    ['$HOME *.txt `x` #no', ['$HOME', '*.txt', '`x`', '#no']],
  ])('reads %j as a shell does without expansions', (line, words) => {
    expect(shellWords(line, 'cmd')).toEqual(words);
  });

  it.each(["run 'a", 'run "a', 'run "a\\"', "it's"])('refuses %j, whose quote nothing ends', (line) => {
    expect(() => shellWords(line, 'cmd')).toThrow(/^cmd has a ['"] that nothing ends: /);
  });

  it('refuses a backslash at the end', () => {
    expect(() => shellWords('a \\', 'cmd')).toThrow('cmd ends in a backslash');
  });
});

describe('parseFileGlob', () => {
  const temporary = useTemporary();
  const files = [
    ...['a.dll', 'b.dll', 'app', '.hidden', 'lib/a.dll', 'lib/x/b.so', 'lib/x/y/c.so', 'lib/.x/d.so'],
    ...['with space/[a].txt', 'ü/größe', 'x,y/{z}', 'deps/one/1', 'deps/two/2', 'a-b', 'a+b', 'a(b)'],
  ];

  it.each([
    '*',
    '**',
    '**/*',
    '*.dll',
    '**/*.dll',
    'lib/**',
    'lib/**/*.so',
    '**/x/**',
    'lib/*/b.so',
    'l?b/*',
    '{a,b}.dll',
    '{lib,deps/one}/**',
    '[ab].dll',
    '[!a].dll',
    '[a-c].dll',
    'with space/\\[a\\].txt',
    'ü/*',
    'x,y/*',
    'a-b',
    'a+b',
    'a\\(b\\)',
    '**/{1,2}',
  ])('takes the files that other tools take for %s', async (pattern) => {
    for (const file of files) {
      await mkdir(join(temporary.path, dirname(file)), { recursive: true });
      await writeFile(join(temporary.path, file), '');
    }
    const options = { cwd: temporary.path, dot: true, onlyFiles: false, expandDirectories: false } as const;
    const expected = (await glob(pattern, options)).map((path) =>
      relative(temporary.path, join(temporary.path, path)).split(sep).join('/'),
    );
    const { takes } = parseFileGlob(pattern);
    const isBelow = (file: string) => expected.some((path) => file === path || file.startsWith(`${path}/`));
    expect(files.filter(takes)).toEqual(files.filter(isBelow));
    expect(expected.length).toBeGreaterThan(0);
  });

  it.each([
    ['lib/**', 'lib', false],
    ['**/*.dll', '', false],
    ['lib/x/b*', 'lib/x', false],
    ['lib/x', 'lib/x', true],
    ['./lib//x/', 'lib/x', true],
    ['a\\*b/c', 'a*b/c', true],
  ])('knows the fixed part of %s', (text, fixed, isPlain) => {
    expect(parseFileGlob(text)).toMatchObject({ fixed, isPlain });
  });
});

describe('parseLayerLine', () => {
  it('reads all parts of a line', () => {
    expect(parseLayerLine('"my lib/**"  => /opt/my\\ lib/ chown=1000:2000 chmod=0750')).toMatchObject({
      glob: { fixed: 'my lib' },
      destination: '/opt/my lib/',
      uid: 1000,
      gid: 2000,
      mode: 0o750,
    });
    expect(parseLayerLine('lib chown=65534')).toMatchObject({ uid: 65534, gid: 65534 });
    expect(parseLayerLine('lib')).not.toHaveProperty('destination');
  });

  it.each([
    ['', 'it names no files'],
    ['=> /x', 'it names no files'],
    ['a =>', 'nothing follows =>'],
    ['a => /x/../y', 'has a ".."'],
    ['a => ../y', 'has a ".."'],
    ['a => x', 'did you mean /x?'],
    ['../a', 'leads out of the folder'],
    ['a /x', '"/x" is unknown'],
    ['a chown=app', 'chown=app is not chown=UID:GID'],
    ['a chown=4294967295', 'is not chown=UID:GID'],
    ['a chmod=u+x', 'chmod=u+x is not chmod=MODE'],
    ['a chmod=0999', 'is not chmod=MODE'],
    ['"a', 'that nothing ends'],
  ])('refuses %j', (line, why) => {
    expect(() => parseLayerLine(line)).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(() => parseLayerLine(line)).toThrow(why);
  });

  it('cleans paths of images', () => {
    expect(parseImagePath('//a/./b//', 'x')).toBe('/a/b/');
    expect(parseImagePath('/', 'x')).toBe('/');
  });
});

describe('a glob that somebody wrote by mistake', () => {
  it.each([
    '*a'.repeat(20),
    '**/*a*b*c*d*e*f',
    `${'**/'.repeat(12)}x`,
    `${'{*a,*b'.repeat(12)}${'}'.repeat(12)}`,
  ])('says of a long path in good time whether it is taken: %s', (glob) => {
    const { takes } = parseFileGlob(glob);
    const begin = performance.now();
    for (const path of ['a'.repeat(255), `${'ab/'.repeat(1000)}${'a'.repeat(255)}`]) takes(path);
    expect(performance.now() - begin).toBeLessThan(5000);
  });

  it('is a usage error where it goes from a later letter to an earlier one', () => {
    expect(() => parseFileGlob('[z-a]*')).toThrow(/glob "\[z-a\]\*": \[z-a\] goes from a later letter/);
  });

  it('takes a brace that nothing closes for a letter', () => {
    expect(parseFileGlob('a}{b*').takes('a}{bc')).toBe(true);
    expect(parseFileGlob('{a,{b,c}').takes('{a,c')).toBe(true);
  });
});
