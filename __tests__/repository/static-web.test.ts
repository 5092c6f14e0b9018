import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { openDirectory } from '../../src/repository/static/web/open-directory.ts';
import { putBytes } from '../../src/storage/bytes.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const key = (tag: string) => `v2/app/manifests/${tag}`;
const bytes = Buffer.from(JSON.stringify({ mediaType: mediaTypes.oci.index, manifests: [] }));
const write = (storage: Storage, tag: string) =>
  putBytes(storage, key(tag), bytes, { contentType: mediaTypes.oci.index });

async function hasCopy(directory: string, tag: string): Promise<boolean> {
  return access(join(directory, 'alba-web', `${key(tag)}.oci-index`)).then(
    () => true,
    () => false,
  );
}

it('a publisher who knew of no web server brings the copies of one that was told meanwhile', async () => {
  const directory = join(temporary.path, 'told-later');
  const early = await openDirectory(directory);
  await write(early, 'before');
  await write(await openDirectory(directory, 'web'), 'web');
  expect(await hasCopy(directory, 'before')).toBe(true);
  await write(early, 'after');
  expect(await hasCopy(directory, 'after')).toBe(true);
  await early.delete(key('after'));
  expect(await hasCopy(directory, 'after')).toBe(false);
});

it('each document has its copy, however two publishers meet as the directory becomes one of a web server', async () => {
  for (let round = 0; round < 4; round += 1) {
    const directory = join(temporary.path, `race-${round}`);
    const early = await openDirectory(directory);
    const tags = Array.from({ length: 20 }, (_, at) => `t${at}`);
    await Promise.all([
      (async () => {
        for (const tag of tags) await write(early, tag);
      })(),
      write(await openDirectory(directory, 'web'), 'web'),
    ]);
    const copies = await Promise.all(tags.map((tag) => hasCopy(directory, tag)));
    expect(tags.filter((_, at) => !copies[at])).toEqual([]);
  }
});

it('a directory that no web server is told of gets no copies', async () => {
  const directory = join(temporary.path, 'plain');
  await write(await openDirectory(directory), '1.0');
  await expect(access(join(directory, 'alba-web'))).rejects.toThrow('ENOENT');
});
