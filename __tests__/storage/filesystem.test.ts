import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTemporary } from '../../src/storage/atomic-write.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import { nameOnDisk, pathOfKey } from '../../src/storage/key-path.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { exchanges, keepsTheContract, listing, read, uploadOf } from './contract.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'alba-storage-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

function directoryStorage(root: string): Storage {
  return new FilesystemStorage(root);
}

async function directory(): Promise<string> {
  return mkdtemp(join(parent, 'root-'));
}

describe('a directory', () => {
  keepsTheContract(async () => directoryStorage(join(await directory(), 'made/when/missing')), {
    numRuns: 150,
    overlapping: true,
  });
  exchanges(async () => directoryStorage(join(await directory(), 'made/when/missing')), true);

  it('is not made by looking into it', async () => {
    const missing = join(await directory(), 'missing');
    const storage = directoryStorage(missing);
    expect(await storage.head('v2/')).toBeUndefined();
    expect(await listing(storage)).toEqual([]);
    await expect(readdir(missing)).rejects.toThrow();
  });

  it('keeps a folder as a key with a slash at its end', async () => {
    const storage = directoryStorage(await directory());
    await storage.put('v2', uploadOf('file'), {});
    await storage.put('v2/', uploadOf(''), {});
    expect(await storage.head('v2/')).toMatchObject({ size: 0 });
    expect(await read(storage, 'v2/')).toBe('');
    expect(await listing(storage)).toEqual([['v2', 4]]);
    await storage.delete('v2/');
    expect(await read(storage, 'v2')).toBe('file');
    await storage.delete('v2');
    expect(await storage.head('v2/')).toBeUndefined();
  });

  it('survives many writers who make files into folders at once', async () => {
    const root = await directory();
    const keys = Array.from(
      { length: 60 },
      (_, turn) => ['a', 'a/b', 'a/b/c', `a/b/c/${turn}`][turn % 4] ?? '',
    );
    await Promise.all(
      keys.map((key) => directoryStorage(root).put(key, uploadOf(key), { contentType: 'x' })),
    );
    const expected = [...new Set(keys)].sort();
    const storage = directoryStorage(root);
    expect((await listing(storage)).map(([key]) => key)).toEqual(expected);
    for (const key of expected) expect(await read(storage, key)).toBe(key);
  });

  it('gives an object or says that it is missing, while another writer deletes it and writes it', async () => {
    const root = await directory();
    const [writer, reader] = [directoryStorage(root), directoryStorage(root)];
    let isDone = false;
    const writing = async (): Promise<void> => {
      for (let round = 0; round < 300; round += 1) {
        await writer.put('a/b', uploadOf('whole'), {});
        await writer.delete('a/b');
      }
      isDone = true;
    };
    const reading = async (): Promise<void> => {
      while (!isDone) expect([undefined, 'whole']).toContain(await read(reader, 'a/b'));
    };
    await Promise.all([writing(), ...Array.from({ length: 4 }, reading)]);
  });

  it('does not list what a killed writer left, nor is it in the way', async () => {
    const root = await directory();
    await mkdir(join(root, '.alba-0011/deeper'), { recursive: true });
    await writeFile(join(root, '.alba-0011/deeper/file'), 'half');
    await writeFile(join(root, '.alba-2233'), 'half');
    const storage = directoryStorage(root);
    await storage.put('whole', uploadOf('whole'), {});
    expect(await listing(storage)).toEqual([['whole', 5]]);
  });

  it('removes what a killed writer of this machine left where it writes, and nothing of one that is alive', async () => {
    const root = await directory();
    const atomic = new URL('../../src/storage/atomic-write.ts', import.meta.url);
    const script = `
      import { openTemporary } from ${JSON.stringify(atomic)};
      for (const folder of ['', '/deep']) await openTemporary(process.argv[1], process.argv[1] + folder);
      process.kill(process.pid, 'SIGKILL');`;
    const killed = spawnSync(process.execPath, ['--input-type=module', '-e', script, root]);
    expect(killed.signal, String(killed.stderr)).toBe('SIGKILL');
    const alive = await openTemporary(root, root);
    expect((await readdir(root)).filter((name) => name.startsWith('.alba-'))).toHaveLength(1);
    expect(await readdir(join(root, 'deep'))).toHaveLength(1);
    await directoryStorage(root).put('deep/key', uploadOf('whole'), {});
    expect(await readdir(join(root, 'deep'))).toEqual(['key']);
    expect(await readdir(root)).toContain(basename(alive.path));
    await alive.file.close();
    await alive.remove();
  });

  it('leaves nothing behind that is not an object', async () => {
    const root = await directory();
    const storage = directoryStorage(root);
    await storage.put('a/b/c', uploadOf('x'), {});
    await expect(storage.put('a/d', uploadOf('x', 2), {})).rejects.toThrow();
    await storage.delete('a/b/c');
    expect(await readdir(root, { recursive: true })).toEqual([]);
  });

  it.each([
    '',
    '/a',
    'a//b',
    '../a',
    'a/..',
    'a/./b',
    'a\0b',
    '_self.json',
    'a/_self.json/b',
    '.alba-x',
    'a//',
  ])('refuses the key %j', async (key) => {
    const storage = directoryStorage(await directory());
    await expect(storage.put(key, uploadOf('x'), {})).rejects.toMatchObject({ name: 'AlbaError' });
    await expect(storage.get(key)).rejects.toMatchObject({ name: 'AlbaError' });
  });

  it('follows links, and passes over those that lead nowhere', async () => {
    const [root, elsewhere] = [await directory(), await directory()];
    await writeFile(join(elsewhere, 'file'), 'linked');
    await symlink(elsewhere, join(root, 'folder'));
    await symlink(join(elsewhere, 'file'), join(root, 'file'));
    await symlink(join(elsewhere, 'gone'), join(root, 'dangling'));
    const storage = directoryStorage(root);
    expect(await listing(storage)).toEqual([
      ['file', 6],
      ['folder/file', 6],
    ]);
  });

  it('writes and deletes nothing behind a link that leads out of it', async () => {
    const [root, elsewhere] = [await directory(), await directory()];
    await writeFile(join(elsewhere, 'file'), 'theirs');
    await symlink(elsewhere, join(root, 'out'));
    await mkdir(join(root, 'real'));
    await symlink('real', join(root, 'within'));
    const storage = directoryStorage(root);
    const refused =
      /^\S*out\S* is behind a symbolic link that leads out of \S+, to \S+: nothing is written there$/;
    for (const key of ['out/file', 'out/new', 'out/folder/new', 'out/folder/']) {
      await expect(storage.put(key, uploadOf('x'), {})).rejects.toThrow(refused);
    }
    await expect(storage.delete('out/file')).rejects.toThrow(refused);
    expect(await readdir(elsewhere)).toEqual(['file']);
    await storage.put('within/file', uploadOf('x'), {});
    await storage.delete('within/file');
  });

  it('follows no link to a folder that it lies in', async () => {
    const root = await directory();
    await mkdir(join(root, 'folder/inner'), { recursive: true });
    await writeFile(join(root, 'folder/inner/file'), 'x');
    for (const name of ['a', 'b']) await symlink('.', join(root, 'folder', name));
    await symlink('..', join(root, 'folder/inner/up'));
    await symlink(root, join(root, 'folder/top'));
    await symlink('folder', join(root, 'also'));
    expect(await listing(directoryStorage(root))).toEqual([
      ['also/inner/file', 1],
      ['folder/inner/file', 1],
    ]);
  });

  it('ends where links lead to the same folders again and again', async () => {
    const root = await directory();
    await mkdir(join(root, 'store/30'), { recursive: true });
    for (let name = 0; name < 2000; name += 1) await writeFile(join(root, `store/30/.alba-${name}`), '');
    for (let level = 0; level < 30; level += 1) {
      await mkdir(join(root, `store/${level}`), { recursive: true });
      for (const name of ['a', 'b']) await symlink(`../${level + 1}`, join(root, `store/${level}`, name));
    }
    await expect(listing(directoryStorage(root))).rejects.toThrow(/links lead to the same folders/);
  });

  it('tells why it cannot be written', async () => {
    const root = await directory();
    await writeFile(join(root, 'file'), '');
    const storage = directoryStorage(join(root, 'file'));
    await expect(storage.put('key', uploadOf('x'), {})).rejects.toThrow(
      /^cannot write .*key: there is a file, expected a directory$/,
    );
  });
});

describe('the path of a key on Windows', () => {
  it.each([
    ['v2/a/blobs/sha256:ab', 'v2\\a\\blobs\\sha256%3Aab'],
    ['a\\b/c%', 'a%5Cb\\c%25'],
    ['con/aux.txt/com10', '%63on\\%61ux.txt\\com10'],
    ['dot./space ', 'dot%2E\\space%20'],
    ['C:/x', 'C%3A\\x'],
  ])('%s is %s, and back', (key, path) => {
    expect(pathOfKey(key, 'win32')).toBe(path);
    const back = path.split('\\').map((name) => nameOnDisk(name, 'win32'));
    expect(back.join('/')).toBe(key);
  });
});
