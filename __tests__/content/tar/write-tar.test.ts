import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  appendFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rename,
  rm,
  truncate,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SteadyFile, steadyFile } from '../../../src/content/steady-file.ts';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import { type NewEntry, writeTar } from '../../../src/content/tar/write-tar.ts';
import { noise } from '../../fixtures/image.ts';
import { useTemporary } from '../../fixtures/temporary.ts';
import { describeWith } from '../../support/tools.ts';
import { readAll } from './read.ts';

const temporary = useTemporary();
const owner = { uid: 0, gid: 0 };

async function fileOf(name: string, content: Uint8Array | string): Promise<SteadyFile> {
  const path = await temporary.write(name, content);
  return steadyFile(path, name, await lstat(path));
}

function entryOf(name: string, content: SteadyFile | Buffer, mode = 0o644): NewEntry {
  return { kind: 'file', name, ...owner, content, modeOf: () => mode };
}

async function written(entries: readonly NewEntry[]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of writeTar(entries)) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

const deep = `${'folder/'.repeat(20)}file`;
const name = `${'größe-'.repeat(30)}/ü.bin`;

describe('writeTar', () => {
  it('writes what readTar reads: names of all kinds, links, owners, modes', async () => {
    const large = noise('large', 700_001);
    const found = await readAll(
      await written([
        { kind: 'folder', name: 'a', ...owner, mode: 0o755 },
        entryOf('a/empty', await fileOf('empty', '')),
        entryOf('a/large', await fileOf('large', large), 0o4755),
        { kind: 'hardlink', name: 'a/same', ...owner, linkname: 'a/large' },
        { kind: 'symlink', name: 'a/soft', ...owner, linkname: '../ä' },
        { kind: 'folder', name: 'data', uid: 65534, gid: 3_000_000_000, mode: 0o1777 },
        entryOf(deep, Buffer.from('deep')),
        entryOf(name, Buffer.from('long')),
      ]),
    );
    expect(found.map(({ content, ...entry }) => ({ ...entry, content: content.length }))).toMatchObject([
      { name: 'a/', type: 'directory', mode: 0o755, uid: 0, gid: 0 },
      { name: 'a/empty', type: 'file', mode: 0o644, content: 0 },
      { name: 'a/large', type: 'file', mode: 0o4755, content: large.length },
      { name: 'a/same', type: 'link', mode: 0o4755, linkname: 'a/large' },
      { name: 'a/soft', type: 'symlink', mode: 0o777, linkname: '../ä' },
      { name: 'data/', type: 'directory', mode: 0o1777, uid: 65534, gid: 3_000_000_000 },
      { name: deep, type: 'file', content: 4 },
      { name, type: 'file', content: 4 },
    ]);
    expect(found[2]?.content).toEqual(large);
  });

  it('gives the beginning of a file to who decides on its mode', async () => {
    const heads: string[] = [];
    const modeOf = (head: Buffer): number => {
      heads.push(head.toString());
      return head.length > 10 ? 0o755 : 0o600;
    };
    const large = await fileOf('large', noise('large', 300_000));
    const found = await readAll(
      await written([
        { kind: 'file', name: 'a', ...owner, content: Buffer.from('small'), modeOf },
        { kind: 'file', name: 'b', ...owner, content: large, modeOf },
      ]),
    );
    expect(found.map(({ mode }) => mode)).toEqual([0o600, 0o755]);
    expect(heads).toEqual(['small', noise('large', 64).toString()]);
  });

  it('is the same for the same files, whenever they were written and whoever owns them', async () => {
    const make = async (): Promise<Buffer> => written([entryOf('x', await fileOf('x', 'content'))]);
    const first = await make();
    await rm(join(temporary.path, 'x'));
    expect((await make()).equals(first)).toBe(true);
    expect(createHash('sha256').update(first).digest('hex')).toBe(
      '5dde5202e1d50f5ce50f9ebb5f7b815f5e602f66b38936e7fd7caab0b30dcb2b',
    );
  });

  it('writes more than 8 GiB as an extended header says it', async () => {
    const size = 9 * 1024 ** 3;
    const path = await temporary.write('sparse', '');
    await truncate(path, size);
    const sparse = steadyFile(path, 'sparse', await lstat(path));
    const reading = writeTar([entryOf('sparse', sparse), entryOf('behind', Buffer.from('b'))]);
    let head = Buffer.alloc(0);
    for await (const chunk of reading) {
      head = Buffer.concat([head, chunk.subarray(0, 4096)]);
      if (head.length >= 1536) break;
    }
    const entries = readTar(
      (async function* () {
        yield head;
      })(),
      'x.tar',
    );
    const { value } = await entries.next();
    expect(value).toMatchObject({ name: 'sparse', size });
    await entries.return(undefined).catch(() => undefined);
  });

  it.each([
    ['small', 5_000],
    ['large', 900_000],
  ])('refuses a %s file that is not what it was', async (_, size) => {
    const changes: [why: RegExp, change: (path: string) => Promise<unknown>][] = [
      [/shorter/, (path) => truncate(path, size - 1)],
      [/longer/, (path) => appendFile(path, 'x')],
      [
        /another file/,
        async (path) => {
          const bytes = noise('x', size);
          await writeFile(`${path}.new`, bytes);

          await rename(`${path}.new`, path);
        },
      ],
      [
        /written to/,
        async (path) => {
          await utimes(path, 1, 1);
        },
      ],
    ];
    for (const [why, change] of changes) {
      const file = await fileOf('changing', noise('x', size));
      await change(file.path);
      await expect(written([entryOf('changing', file)])).rejects.toThrow(
        /^changing changed while it was read/,
      );
      await expect(written([entryOf('changing', file)])).rejects.toThrow(why);
      await rm(file.path);
    }
  });

  it('refuses a large file that grows or shrinks while it is read', async () => {
    for (const change of [
      (path: string) => appendFile(path, 'x'),
      (path: string) => truncate(path, 2_000_000),
    ]) {
      const file = await fileOf('growing', noise('x', 3_000_000));
      const reading = async (): Promise<void> => {
        let isChanged = false;
        for await (const _ of writeTar([entryOf('growing', file)])) {
          if (!isChanged) await change(file.path);
          isChanged = true;
        }
      };
      await expect(reading()).rejects.toThrow(/^growing changed while it was read: it is (longer|shorter)/);
    }
  });

  it('names a file that cannot be read', async () => {
    for (const size of [10, 1_000_000]) {
      const file = await fileOf('gone', noise('x', size));
      await rm(file.path);
      await expect(written([entryOf('gone', file)])).rejects.toMatchObject({
        code: 'source',
        message: expect.stringMatching(/^cannot read gone: no such file/),
      });
    }
  });

  it('is read back as it was written, whatever the names', async () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
      .filter((text) => !/[/\0\p{Cs}]/u.test(text) && !['.', '..'].includes(text));
    const path = fc.array(part, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('/'));
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(path, { minLength: 1, maxLength: 5 }), async (names) => {
        const found = await readAll(await written(names.map((name) => entryOf(name, Buffer.from(name)))));
        expect(found.map(({ name, content }) => [name, content.toString()])).toEqual(
          names.map((name) => [name, name]),
        );
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

for (const tool of ['tar', 'bsdtar']) {
  describeWith([tool], `what ${tool} makes of a tar of ours`, () => {
    it('is the tree that was put into it', async () => {
      const folder = join(temporary.path, tool);
      await mkdir(folder);
      const bytes = await written([
        entryOf('a', Buffer.from('a'), 0o755),
        { kind: 'hardlink', name: 'b', ...owner, linkname: 'a' },
        { kind: 'symlink', name: 'c', ...owner, linkname: 'a' },
        { kind: 'folder', name: 'empty', ...owner, mode: 0o755 },
        entryOf(deep, Buffer.from('deep')),
        entryOf(name, Buffer.from('long')),
      ]);
      execFileSync(tool, ['-xf', '-', '-C', folder], { input: bytes });
      expect((await readdir(folder)).sort()).toEqual(['a', 'b', 'c', 'empty', 'folder', name.split('/')[0]]);
      expect((await lstat(join(folder, 'b'))).ino).toBe((await lstat(join(folder, 'a'))).ino);
      expect((await lstat(join(folder, 'a'))).mode & 0o777).toBe(0o755);
      expect((await lstat(join(folder, 'a'))).mtimeMs).toBe(1000);
      expect(await readlink(join(folder, 'c'))).toBe('a');
      expect(await readFile(join(folder, name), 'utf8')).toBe('long');
      expect(await readFile(join(folder, deep), 'utf8')).toBe('deep');
    });
  });
}
