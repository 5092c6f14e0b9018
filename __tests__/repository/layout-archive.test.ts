import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isIndex } from '../../src/oci/media-type.ts';
import { openLayoutArchive } from '../../src/repository/layout.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { makeRelease, publish } from './release.ts';

const temporary = useTemporary();

it('a tag that another writer has moved costs an archive no writing', async () => {
  const path = join(temporary.path, 'moved.tar');
  const [first, other] = [makeRelease('one'), makeRelease('two')];
  const archive = openLayoutArchive(path);
  await publish(archive, first, ['1.0']);
  await publish(archive, other, ['2.0']);
  const { ino, mtimeNs } = await stat(path, { bigint: true });
  expect(await archive.moveTag('1.0', undefined, other)).toBe('lost');
  expect(await stat(path, { bigint: true })).toMatchObject({ ino, mtimeNs });
  expect(await archive.moveTag('1.0', first.descriptor.digest, other)).toBe('done');
  expect((await archive.resolve('1.0'))?.digest).toBe(other.descriptor.digest);
  await archive.close();
});

it('an archive gets no tag for what another writer has dropped since it was looked for', async () => {
  const path = join(temporary.path, 'app.tar');
  const [first, other] = [makeRelease('one'), makeRelease('two')];
  const one = openLayoutArchive(path);
  await publish(one, first, ['1.0']);
  await one.close();

  const late = openLayoutArchive(path);
  expect(await late.exists(first.children[0]?.descriptor ?? first.descriptor)).toBe(true);
  const meanwhile = openLayoutArchive(path);
  await publish(meanwhile, other, ['1.0']);
  await meanwhile.close();

  expect(isIndex(first.descriptor.mediaType)).toBe(true);
  await expect(late.tag(first, ['2.0'])).rejects.toThrow(
    /was replaced meanwhile, and has no sha256:\w+ any more/,
  );
  await late.close();
  const found = openLayoutArchive(path);
  expect(await found.resolve('2.0')).toBeUndefined();
  expect((await found.resolve('1.0'))?.digest).toBe(other.descriptor.digest);
  await found.close();
});
