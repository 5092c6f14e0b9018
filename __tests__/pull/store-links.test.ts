import { mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { beforeAll, expect, it } from 'vitest';
import { ownPlatform } from '../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { imageOf, usualLayers } from '../fixtures/pullable.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';

const temporary = useTemporary();
const alba = (...words: string[]) => runAlba(words, { cwd: temporary.path });

beforeAll(async () => {
  const image = imageOf(ownPlatform({ arch: process.arch }), ...usualLayers('1'));
  await temporary.write('image.tar', dockerArchive([image]));
});

it.each(['sha256', 'temporary', 'leases', 'locks', 'turns'])(
  'a store whose folder %s is a symbolic link is refused, and nothing is written or removed behind it',
  async (name) => {
    const store = join(temporary.path, `store-${name}`);
    const elsewhere = join(temporary.path, `elsewhere-${name}`);
    await mkdir(elsewhere);
    await writeFile(join(elsewhere, 'mine'), 'mine');
    await alba('container', 'pull', '--store', store, 'image.tar', `./first-${name}`);
    await rm(join(store, name), { recursive: true });
    await symlink(elsewhere, join(store, name));
    const pulled = await alba('container', 'pull', '--store', store, 'image.tar', `./second-${name}`);
    expect(pulled).toMatchObject({ code: 2, stderr: expect.stringContaining(`${name} is a symbolic link`) });
    const cleaned = await alba('store', 'gc', '--keep-days', '0', store);
    expect(cleaned).toMatchObject({ code: 2, stderr: expect.stringContaining(`${name} is a symbolic link`) });
    expect(await readdir(elsewhere)).toEqual(['mine']);
  },
);

it('a store whose shards are symbolic links is refused, and nothing is written behind one', async () => {
  const shards = join(temporary.path, 'sharded/sha256');
  const elsewhere = join(temporary.path, 'elsewhere');
  await mkdir(elsewhere);
  await alba('container', 'pull', '--store', './sharded', 'image.tar', './first');
  for (const shard of await readdir(shards)) {
    await rm(join(shards, shard), { recursive: true });
    await symlink(elsewhere, join(shards, shard));
  }
  const pulled = await alba('container', 'pull', '--store', './sharded', 'image.tar', './second');
  expect(pulled).toMatchObject({ code: 2, stderr: expect.stringContaining('is a symbolic link') });
  expect(await readdir(elsewhere)).toEqual([]);
});
