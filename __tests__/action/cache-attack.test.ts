import { mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeArtifacts } from '../../demo/artifacts.js';
import { type TarMember, tar } from '../fixtures/tar.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAction } from '../support/alba.ts';
import { type CacheService, startCacheService } from './cache-service.ts';

const temporary = useTemporary();
let service: CacheService;
let home: string;
beforeEach(async () => {
  service = await startCacheService();
  home = await mkdtemp(join(temporary.path, 'job-'));
  makeArtifacts(join(home, 'work/docker'));
  await mkdir(join(home, 'temp'));
  await writeFile(join(home, 'victim'), 'as it was');
});
afterEach(() => service[Symbol.asyncDispose]());

const push = () =>
  runAction(
    { artifacts: 'docker/', tag: 'app:1', target: `file://${join(home, 'site')}` },
    { cwd: join(home, 'work'), env: { ...service.env, RUNNER_TEMP: join(home, 'temp') } },
  );

/** What an entry has to hold: the file as it was saved, by its path from the workspace. */
const known = '../temp/alba-cache/alba-knowledge.json';

/** Saves an honest entry, puts another in its place, and runs once more. */
async function pushWith(members: (honest: Buffer) => readonly TarMember[], pack = zstdCompressSync) {
  await push();
  const honest = await readFile(join(home, 'temp/alba-cache/alba-knowledge.json'));
  const before = await everything();
  for (const entry of service.entries.values()) entry.bytes = pack(tar(members(honest)));
  const ended = await push();
  return { ended, before, after: await everything() };
}

/** Every path of the job's machine with its content, but what a push writes, and what saving an entry leaves. */
async function everything(): Promise<Record<string, string>> {
  const names = await readdir(home, { recursive: true, withFileTypes: true });
  const files = names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1))
    .filter((name) => !/^(site|work\/docker)\/|alba-knowledge\.json$|\/manifest\.txt$/.test(name));
  return Object.fromEntries(
    await Promise.all(files.map(async (name) => [name, await readFile(join(home, name), 'utf8')])),
  );
}

/** An entry is found by who may write one, in a pull request's job, too; what is in it reaches the release's. */
const attacks: Record<string, (honest: Buffer) => readonly TarMember[]> = {
  'a path out of the workspace': (honest) => [
    { name: known, content: honest },
    { name: '../victim', content: 'theirs' },
  ],
  'an absolute path': () => [{ name: join(home, 'victim'), content: 'theirs' }],
  'a new file beside the known one': () => [{ name: '../temp/alba-cache/more.sh', content: 'theirs' }],
  'a symbolic link, and a file through it': () => [
    { name: '../temp/alba-cache/door', symlink: home },
    { name: '../temp/alba-cache/door/victim', content: 'theirs' },
  ],
  'the known file as a symbolic link': () => [{ name: known, symlink: join(home, 'victim') }],
  'the known file as a hard link': () => [{ name: known, link: join(home, 'victim') }],
  'the known file twice': (honest) => [
    { name: known, content: honest },
    { name: known, content: honest },
  ],
  'a pipe': () => [{ name: known, type: '6' }],
  'a device': () => [{ name: known, type: '3' }],
  'a folder': () => [{ name: '../temp/alba-cache/alba-knowledge.json/' }],
  nothing: () => [],
  'more bytes than it may have': () => [{ name: known, content: Buffer.alloc(40_000_000) }],
};

describe('an entry of the Actions cache that others wrote', () => {
  it.each(Object.entries(attacks))(
    'writes nothing anywhere, and costs time alone: %s',
    async (_, members) => {
      const { ended, before, after } = await pushWith(members);
      expect(after).toEqual(before);
      expect(ended.code).toBe(0);
      expect(ended.stdout).not.toMatch(/^::(error|warning)::/m);
      expect(ended.stdout).toContain("The cache is not used: the cache entry is not one of alba's");
      expect(ended.outputs['cache-hit']).not.toBe('true');
    },
  );

  it.each([
    ['zstd', zstdCompressSync],
    ['gzip', gzipSync],
  ])('counts when it is what was saved, packed with %s', async (_, pack) => {
    const { ended } = await pushWith((honest) => [{ name: known, content: honest }], pack);
    expect(ended.outputs['cache-hit']).toBe('true');
  });
});
