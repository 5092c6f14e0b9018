import { mkdir, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Problems } from '../../../src/errors.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { formatPlatform } from '../../../src/oci/platform.ts';
import { measureFiles } from '../../../src/release/measure.ts';
import { pathOf } from '../../../src/source/tree/file.ts';
import { readTrees } from '../../../src/source/tree/tree.ts';
import { silent } from '../../fixtures/silent.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { albatros, readFiles, writeLink, writeTree } from '../../release/support.ts';

const temporary = useTemporary();
let made = 0;
const fresh = (): string => {
  made += 1;
  return path.join(temporary.path, `tree-${made}`);
};
const pathsOf = async (...roots: string[]): Promise<string[]> => (await readFiles(...roots)).map(pathOf);
const problemsOf = (...roots: string[]): Promise<string> =>
  readFiles(...roots).then(
    () => 'none',
    (error: Error) => error.message,
  );

describe('a tree of files', () => {
  it('is read with sizes, digests and modes', async () => {
    const files = await readFiles(await writeTree(fresh(), { ...albatros, 'linux/386/README': 'größer' }));
    expect(files.map(pathOf)).toEqual([
      'linux/386/README',
      'linux/386/albatros',
      'linux/amd64/albatros',
      'linux/arm/albatros',
      'linux/arm64/albatros',
    ]);
    expect(files[0]).toMatchObject({
      platform: { os: 'linux', architecture: '386' },
      path: 'README',
      size: 8,
      digest: digestOf(Buffer.from('größer')),
      executable: false,
    });
    expect(files[1]).toMatchObject({ executable: process.platform !== 'win32' });
  });

  it('takes a folder for a variant only where the architecture has it', async () => {
    const root = await writeTree(fresh(), {
      'linux/arm/v6/app': '6',
      'linux/arm/app': 'any',
      'linux/arm64/v9/app': '9',
      'linux/386/v6/app': 'a folder of its own',
      'linux/amd64/v2': 'a file',
    });
    const platforms = (await readFiles(root)).map((file) => [pathOf(file), file.platform.variant]);
    expect(platforms).toEqual([
      ['linux/386/v6/app', undefined],
      ['linux/amd64/v2', undefined],
      ['linux/arm/app', undefined],
      ['linux/arm/v6/app', 'v6'],
      ['linux/arm64/v9/app', 'v9'],
    ]);
  });

  it('is read in the words of Go, and told so', async () => {
    const root = await writeTree(fresh(), {
      'Linux/x86_64/app': 'x',
      'linux/aarch64/v9/app': 'x',
      'linux/armv7/app': 'x',
      'linux/armhf/lib/x': 'x',
      'linux/armel/app': 'x',
      'linux/i686/app': 'x',
      'macos/arm64/app': 'x',
      'linux/riscv64/app': 'x',
    });
    const told: string[] = [];
    const found = await readTrees([root], root, new Problems(), { tell: (line) => told.push(line) });
    const platforms = found.map((file) => `${pathOf(file)} ${formatPlatform(file.platform)}`);
    expect(platforms.sort()).toEqual([
      'darwin/arm64/app darwin/arm64',
      'linux/386/app linux/386',
      'linux/amd64/app linux/amd64',
      'linux/arm/v6/app linux/arm/v6',
      'linux/arm/v7/app linux/arm/v7',
      'linux/arm/v7/lib/x linux/arm/v7',
      'linux/arm64/v9/app linux/arm64/v9',
      'linux/riscv64/app linux/riscv64',
    ]);
    expect(told.map((line) => line.replaceAll(path.sep, '/')).sort()).toEqual([
      'Linux/x86_64 is read as linux/amd64',
      'linux/aarch64 is read as linux/arm64',
      'linux/armel is read as linux/arm/v6',
      'linux/armhf is read as linux/arm/v7',
      'linux/armv7 is read as linux/arm/v7',
      'linux/i686 is read as linux/386',
      'macos/arm64 is read as darwin/arm64',
    ]);
  });

  it.each([
    ['the folder of an operating system', 'linux', ['linux/amd64/app', 'linux/arm/v7/app']],
    ['the folder of an architecture', 'linux/arm', ['linux/arm/v7/app']],
    ['the folder of an architecture in other words', 'Linux/x86_64', ['linux/amd64/app']],
    ['a tree that is called as an operating system', 'js', ['linux/amd64/app', 'linux/arm/v7/app']],
  ])('may be %s', async (_, below, expected) => {
    const root = fresh();
    for (const name of ['linux/amd64', 'linux/arm/v7', 'Linux/x86_64']) {
      await writeTree(path.join(root, 'a', name), { app: 'x' });
      if (name !== 'Linux/x86_64') await writeTree(path.join(root, 'js', name), { app: 'x' });
    }
    expect(await pathsOf(path.join(root, below === 'js' ? '' : 'a', below))).toEqual(expected);
  });

  it('keeps every name as it is, and leaves out empty folders', async () => {
    const names = ['with space', 'a#b?c%20d', 'é', 'e\u0301', "it's <b>&", '.hidden', 'index.html'];
    const deep = `${'d/'.repeat(200)}leaf`;
    const root = await writeTree(
      fresh(),
      Object.fromEntries([...names, deep].map((name) => [`linux/amd64/${name}`, 'x'])),
    );
    await mkdir(path.join(root, 'darwin/arm64/empty/emptier'), { recursive: true });
    const expected = [...names, deep].map((name) => `linux/amd64/${name}`).sort();
    expect(await pathsOf(root)).toEqual(expected);
  });

  it.skipIf(process.platform === 'win32')(
    'follows links to files and folders where they may lead, as Nix leaves them',
    async () => {
      const store = await writeTree(fresh(), { 'bin/albatros': '#!x', single: '#!y' });
      const root = fresh();
      await writeLink(root, 'linux/amd64/albatros', store);
      await writeLink(root, 'linux/arm64/albatros', path.join(store, 'single'));
      await writeLink(root, 'darwin', path.join(root, 'linux'));
      const problems = new Problems();
      const followed = [await realpath(store)];
      const found = await readTrees([root], root, problems, { followed });
      problems.throwIfAny('source');
      expect(found.map(pathOf).sort()).toEqual([
        'darwin/amd64/albatros/bin/albatros',
        'darwin/amd64/albatros/single',
        'darwin/arm64/albatros',
        'linux/amd64/albatros/bin/albatros',
        'linux/amd64/albatros/single',
        'linux/arm64/albatros',
      ]);
    },
  );

  it.skipIf(process.platform === 'win32')('refuses links that lead nowhere or back', async () => {
    const root = await writeTree(fresh(), { 'linux/amd64/a/app': 'x' });
    await writeLink(root, 'linux/amd64/dangling', '/nowhere/at/all');
    await writeLink(root, 'linux/amd64/self', 'self');
    await writeLink(root, 'linux/amd64/a/up', '..');
    const problems = await problemsOf(root);
    expect(problems).toMatch(/linux.amd64.dangling: .*symbolic link to something that is not there/);
    expect(problems).toMatch(/linux.amd64.self: .*leads back to itself/);
    expect(problems).toMatch(/linux.amd64.a.up: .*a loop/);
    expect(problems.split('\n')).toHaveLength(3);
  });

  it.skipIf(process.platform === 'win32')('is read as it was found, whatever replaces it', async () => {
    const secret = await writeTree(fresh(), { app: 'secret' });
    const replacements: ((root: string) => Promise<void>)[] = [
      async (root) => {
        await rm(path.join(root, 'linux/amd64/bin/app'));
        await writeLink(root, 'linux/amd64/bin/app', path.join(secret, 'app'));
      },
      async (root) => {
        await rename(path.join(root, 'linux/amd64/bin'), path.join(root, 'aside'));
        await writeLink(root, 'linux/amd64/bin', secret);
      },
    ];
    for (const replace of replacements) {
      const root = await writeTree(fresh(), { 'linux/amd64/bin/app': 'x' });
      const problems = new Problems();
      const found = await readTrees([root], root, problems);
      await replace(root);
      expect(await measureFiles(found, problems, silent)).toEqual([]);
      expect(() => problems.throwIfAny('source')).toThrow(/amd64.bin.app: cannot be read/);
    }
  });

  it.skipIf(process.platform !== 'linux')('refuses names that no key can have', async () => {
    const root = await writeTree(fresh(), { 'linux/amd64/new\nline': 'x', 'linux/amd64/fine': 'x' });
    await writeFile(Buffer.concat([Buffer.from(`${root}/linux/amd64/`), Buffer.from([0x66, 0xff])]), 'x');
    const problems = await problemsOf(root);
    expect(problems).toMatch(/"new\\nline": its name has a control character/);
    expect(problems).toMatch(/its name is not valid UTF-8/);
  });

  it('tells all that lies in the wrong place at once, with what was meant', async () => {
    const root = await writeTree(fresh(), {
      'README.md': 'x',
      'linux/notes.txt': 'x',
      'linux/x64/app': 'x',
      'linux/amd46/app': 'x',
      'win32/arm64/app': 'x',
      'arm64/app': 'x',
      'zzzzzz/amd64/app': 'x',
    });
    const problems = await problemsOf(root);
    expect(problems).toMatch(/README.md: lies outside a platform; expected it below <os>\/<architecture>\//);
    expect(problems).toMatch(/notes.txt: lies outside a platform/);
    expect(problems).toMatch(/"x64" is not an architecture.*did you mean "amd64"\?/);
    expect(problems).toMatch(/"amd46" is not an architecture.*did you mean "amd64"\?/);
    expect(problems).toMatch(/"win32" is not an operating system.*did you mean "windows"\?/);
    expect(problems).toMatch(/"arm64" is an architecture, but an operating system comes first/);
    expect(problems).toMatch(/"zzzzzz" is not an operating system.*known are aix,/);
    expect(problems.split('\n')).toHaveLength(7);
  });

  it('tells of a tree without files, a file in its place and a folder that is missing', async () => {
    const empty = fresh();
    await mkdir(path.join(empty, 'linux/amd64'), { recursive: true });
    expect(await problemsOf(empty)).toMatch(/has no file to publish; expected <os>\/<architecture>\/<files>/);
    const file = await temporary.write('file.txt', 'x');
    expect(await problemsOf(file)).toMatch(/is a file; expected a folder/);
    expect(await problemsOf(path.join(temporary.path, 'missing'))).toMatch(/there is no such folder/);
  });

  it.skipIf(process.getuid?.() !== 0)('tells of a file that may not be read', async () => {
    const root = await writeTree(fresh(), { 'linux/amd64/secret': 'x', 'linux/amd64/open': 'x' });
    const { chmod } = await import('node:fs/promises');
    await chmod(path.join(root, 'linux/amd64/secret'), 0);
    await chmod(temporary.path, 0o755);
    process.seteuid?.(65_534);
    const problems = await problemsOf(root).finally(() => process.seteuid?.(0));
    expect(problems).toMatch(/secret: cannot be read: no permission/);
  });
});
