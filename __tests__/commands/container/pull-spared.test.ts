import { existsSync } from 'node:fs';
import { chown, cp, mkdir, readdir, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, it } from 'vitest';
import { ownPlatform } from '../../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../../fixtures/docker-archive.ts';
import { imageOf, usualLayers } from '../../fixtures/pullable.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { runAlba } from '../../support/alba.ts';

const temporary = useTemporary();
const at = (...names: string[]) => join(temporary.path, ...names);
const alba = (words: readonly string[], cwd = temporary.path, env = {}) => runAlba(words, { cwd, env });
const replace = (source: string, folder: string, ...more: string[]) =>
  alba(['container', 'pull', '--replace', ...more, source, folder]);

beforeAll(async () => {
  const archive = dockerArchive([imageOf(ownPlatform({ arch: process.arch }), ...usualLayers('1'))]);
  await temporary.write('image.tar', archive);
  const pulled = await alba(['container', 'pull', 'image.tar', 'oci:./layout:1.0']);
  expect(pulled, pulled.stderr).toMatchObject({ code: 0 });
});

it.each([
  ['is the source', './is', (name: string) => `./${name}`],
  ['is the source, a published layout', './is-published', (name: string) => `oci:./${name}:1.0`],
  ['is the source by a link', './linked', (name: string) => `./${name}-link`],
])('a folder that %s is not replaced by what it holds', async (_, folder, sourceOf) => {
  const name = folder.slice(2);
  await cp(at('layout'), at(name), { recursive: true });
  await symlink(name, at(`${name}-link`));
  const ended = await replace(sourceOf(name), folder);
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(`cannot be replaced: the pull itself reads`);
  expect((await readdir(at(name))).sort()).toEqual(['blobs', 'index.json', 'oci-layout']);
});

it.each([
  ['a checkout', './checked-out', '.', 'checked-out/.git/HEAD'],
  ['a checkout, the working directory', '.', 'checked-out-here', 'checked-out-here/.git/HEAD'],
  ['a working tree of git, whose .git is a file', './worktree', '.', 'worktree/.git'],
])('%s is not replaced, and its history with it', async (_, folder, cwd, inGit) => {
  await mkdir(dirname(at(inGit)), { recursive: true });
  await temporary.write(inGit, 'mine');
  const ended = await alba(['container', 'pull', '--replace', at('image.tar'), folder], at(cwd));
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(
    'it has .git in it, which no pull wrote: name another folder, such as one in it',
  );
  expect(existsSync(at(inGit))).toBe(true);
});

it('a folder of an earlier pull in which somebody has begun a repository is not replaced', async () => {
  expect(await alba(['container', 'pull', 'image.tar', './begun'])).toMatchObject({ code: 0 });
  await mkdir(at('begun/.git'));
  await temporary.write('begun/.git/HEAD', 'mine');
  const ended = await alba(['container', 'pull', 'image.tar', './begun']);
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('it has .git in it') });
  expect(existsSync(at('begun/.git/HEAD'))).toBe(true);
});

it('a folder whose .git came with its image is replaced', async () => {
  const own = ownPlatform({ arch: process.arch });
  const image = imageOf(own, [{ name: '.git/HEAD', content: 'theirs' }, { name: 'code' }]);
  await temporary.write('repository.tar', dockerArchive([image]));
  for (const source of ['repository.tar', 'image.tar']) {
    const ended = await alba(['container', 'pull', source, './with-git']);
    expect(ended, ended.stderr).toMatchObject({ code: 0 });
  }
  expect(existsSync(at('with-git/.git'))).toBe(false);
});

it('a folder that holds the archive which is pulled is not replaced, be it of an earlier pull', async () => {
  await replace('image.tar', './holding');
  await cp(at('image.tar'), at('holding/image.tar'));
  const ended = await replace('./holding/image.tar', './holding');
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('the pull itself reads') });
  expect(existsSync(at('holding/image.tar'))).toBe(true);
});

it('a folder that is the store of the pull is not replaced', async () => {
  await alba(['container', 'pull', '--store', './store', 'image.tar', './stored']);
  const ended = await replace('image.tar', './store', '--store', './store');
  expect(ended).toMatchObject({ code: 1, stderr: expect.stringContaining('the pull itself reads') });
  expect(existsSync(at('store/alba-store.json'))).toBe(true);
});

it.each([
  ['the home folder', 'home', '.', 'it is the home folder'],
  ['a folder above the home folder', '.', '.', 'it is the home folder, or holds it'],
  ['a folder above the working directory', 'working', 'working/below', 'it holds the working directory'],
  ['the folder that git keeps', 'checkout/.git', '.', 'it is what git keeps'],
])('%s is not replaced, whatever is asked', async (_, folder, cwd, why) => {
  await mkdir(at('home'), { recursive: true });
  await mkdir(at(cwd), { recursive: true });
  await mkdir(at(folder), { recursive: true });
  await temporary.write(join(folder, 'mine'), 'mine');
  const words = ['container', 'pull', '--replace', at('image.tar'), at(folder)];
  const ended = await alba(words, at(cwd), { HOME: at('home'), USERPROFILE: at('home') });
  expect(ended.code).toBe(1);
  expect(ended.stderr).toContain(why);
  expect(existsSync(at(folder, 'mine'))).toBe(true);
});

it.skipIf(process.getuid?.() !== 0)(
  'a folder is not replaced on the word of a record that another user wrote beside it',
  async () => {
    expect(await alba(['container', 'pull', 'image.tar', './forged'])).toMatchObject({ code: 0 });
    await chown(at('.forged.alba.json'), 12_345, 12_345);
    const ended = await alba(['container', 'pull', '--layer', '0', 'image.tar', './forged']);
    expect(ended).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is not empty, and no pull wrote it'),
    });
  },
);
