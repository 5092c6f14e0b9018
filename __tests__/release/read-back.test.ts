import { beforeAll, describe, expect, it } from 'vitest';
import type { ReleaseFile } from '../../src/source/tree/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { type Call, isWrite, MemoryStorage, Wrapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { readAsClient } from './reader.ts';
import { checkedTags, publishFiles, readFiles, writeTree } from './support.ts';

const temporary = useTemporary();
const old = { 'linux/amd64/app': 'old', 'linux/arm64/app': '111', 'linux/arm64/same': '=' };
const next = { 'linux/amd64/app': 'new', 'linux/arm64/app': '222', 'linux/arm64/same': '=' };
let files: { readonly old: ReleaseFile[]; readonly next: ReleaseFile[] };
beforeAll(async () => {
  files = {
    old: await readFiles(await writeTree(`${temporary.path}/old`, old)),
    next: await readFiles(await writeTree(`${temporary.path}/next`, next)),
  };
});

/** A bucket that answers some writes as if they had been done, and does not do them. */
function forgetful(inner: Storage, isForgotten: (call: Call, write: number) => boolean): Storage {
  let writes = 0;
  const nothing: never = undefined as never;
  return new Wrapped(inner, async (call, work) => {
    if (!isWrite(call)) return work();
    writes += 1;
    return isForgotten(call, writes) ? nothing : work();
  });
}

/** As if published long ago, so that a file that was not written is older than its turn. */
async function published(): Promise<MemoryStorage> {
  const storage = new MemoryStorage([], () => new Date('2020-01-01'));
  await publishFiles(storage, '1.0', files.old);
  return storage.copyAll();
}

describe('a storage that forgets a write which it has answered', () => {
  it.each([
    ['a first release', async () => new MemoryStorage(), 7],
    ['a release over another one', published, 5],
  ])('is sent it again: %s', async (_, open, writes) => {
    for (let lost = 1; lost <= writes; lost += 1) {
      const storage = await open();
      await publishFiles(
        forgetful(storage, (_call, write) => write === lost),
        '1.0',
        files.next,
      );
      expect(await readAsClient(storage, 'albatros:1.0'), `write ${lost}`).toEqual(next);
      expect(await checkedTags(storage)).toEqual(['1.0']);
    }
  });

  it.each<[string, () => Promise<MemoryStorage>, string, RegExp]>([
    [
      'a file',
      async () => new MemoryStorage(),
      'linux/arm64/app',
      /app was written twice and is not there.*again/,
    ],
    [
      'a file over another one',
      published,
      'linux/arm64/app',
      /app was written twice and is not there.*again/,
    ],
    [
      'the checksums',
      async () => new MemoryStorage(),
      'SHA256SUMS',
      /SUMS was written twice and is not there/,
    ],
    ['the checksums over others', published, 'SHA256SUMS', /does not keep what is written; publish again/],
  ])(
    'every time is told of, and gets no tag that names what is missing: %s',
    async (_, open, path, message) => {
      const storage = await open();
      const failing = publishFiles(
        forgetful(storage, ({ key }) => key.endsWith(path)),
        '1.0',
        files.next,
      );
      await expect(failing).rejects.toThrow(message);
      expect(await readAsClient(storage, 'albatros:1.0')).toBeUndefined();
    },
  );

  it('every time is told of where it is the tag itself', async () => {
    const storage = new MemoryStorage();
    const failing = publishFiles(
      forgetful(storage, ({ key }) => key === 'df-dist-v1/albatros/1.0'),
      '1.0',
      files.next,
    );
    await expect(failing).rejects.toThrow(/albatros\/1\.0 was written twice and is not there/);
  });
});

describe('a storage whose lists lack what is there', () => {
  it('is asked for each file', async () => {
    const inner = await published();
    const storage = new Wrapped(inner, (call, work) =>
      call.kind === 'list' ? Promise.resolve([] as never) : work(),
    );
    await publishFiles(storage, '1.0', files.next);
    expect(await readAsClient(inner, 'albatros:1.0')).toEqual(next);
  });
});
