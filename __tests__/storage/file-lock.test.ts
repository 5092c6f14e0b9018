import { readdir, readlink, stat, symlink, truncate, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withLock } from '../../src/storage/file-lock.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const longAgo = new Date(0);
/** As another process names it: writers of one name wait in a row within a process, and do not meet at the file. */
const elsewhere = (name: string, process: number) => `${temporary.path}/${'./'.repeat(process)}${name}`;

it('lets in one at a time, also when many find what a killed writer left', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    inside += 1;
    most = Math.max(most, inside);
    for (let step = 0; step < 5; step += 1) await stat(temporary.path);
    inside -= 1;
  };
  const comeLate = async (steps: number): Promise<void> => {
    for (let step = 0; step < steps; step += 1) await stat(temporary.path);
    await withLock(elsewhere('many', steps), work);
  };
  for (let round = 0; round < 40; round += 1) {
    const path = join(temporary.path, 'many');
    await writeFile(path, '');
    await utimes(path, longAgo, longAgo);
    await Promise.all(Array.from({ length: 8 }, (_, late) => comeLate(late)));
  }
  expect(most).toBe(1);
  expect(await readdir(temporary.path)).toEqual([]);
});

it('leaves the lock of another alone that took a slow writer for dead', async () => {
  const path = join(temporary.path, 'slow');
  let leave = (): void => {};
  let other: Promise<void> | undefined;
  await withLock(path, async () => {
    await utimes(path, longAgo, longAgo);
    await new Promise<void>((isIn) => {
      other = withLock(elsewhere('slow', 1), () => {
        isIn();
        return new Promise((resolve) => {
          leave = resolve;
        });
      });
    });
  });
  expect((await stat(path)).mtime).not.toEqual(longAgo);
  leave();
  await other;
  expect(await readdir(temporary.path)).toEqual([]);
});

it('lets writers of one process in one after the other, in the order in which they came', async () => {
  const path = join(temporary.path, 'row');
  const came: number[] = [];
  const enter = (index: number) => withLock(path, async () => void came.push(index));
  await Promise.all(Array.from({ length: 300 }, (_, index) => enter(index)));
  expect(came).toEqual(Array.from({ length: 300 }, (_, index) => index));
  await expect(withLock(path, () => Promise.reject(new Error('in vain')))).rejects.toThrow('in vain');
  expect(await withLock(path, async () => 'next')).toBe('next');
  expect(await readdir(temporary.path)).toEqual([]);
}, 20_000);

it('says at once that a symbolic link lies where the lock would be, which no writer made', async () => {
  const path = join(temporary.path, 'planted');
  await symlink('/nowhere/lock', path);
  await expect(withLock(path, async () => {})).rejects.toThrow(
    `${path} is no lock of a writer, but something else, such as a symbolic link: delete it`,
  );
  expect(await readlink(path)).toBe('/nowhere/lock');
}, 5_000);

it('takes a lock away whose remover was killed, too', async () => {
  const path = join(temporary.path, 'claimed');
  await writeFile(path, 'token');
  await writeFile(`${path}-claim`, '');
  for (const left of [path, `${path}-claim`]) await utimes(left, longAgo, longAgo);
  expect(await withLock(path, async () => 'done')).toBe('done');
  expect((await readdir(temporary.path)).filter((name) => name.startsWith('claimed'))).toEqual([]);
}, 5_000);

it('takes a file of terabytes away that lies there as an old lock, without reading it', async () => {
  const path = join(temporary.path, 'large');
  await writeFile(path, 'token');
  await truncate(path, 4 * 1024 ** 4);
  await utimes(path, longAgo, longAgo);
  expect(await withLock(path, async () => 'done')).toBe('done');
  expect((await readdir(temporary.path)).filter((name) => name.startsWith('large'))).toEqual([]);
}, 5_000);
