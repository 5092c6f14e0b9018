import { randomBytes } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { draftRelease } from '../../src/release/draft.ts';
import { parseRelease } from '../../src/release/keys.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { Tapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { albatros, checkedTags, publish, readFiles, writeTree } from './support.ts';

const temporary = useTemporary();
let made = 0;
const fresh = (): string => {
  made += 1;
  return `${temporary.path}/${made}`;
};
const storageOf = (): FilesystemStorage => new FilesystemStorage(fresh());
const tree = async (files: Readonly<Record<string, string>>) => readFiles(await writeTree(fresh(), files));
const read = async (storage: Storage, key: string): Promise<string> => {
  const found = await storage.get(key);
  return found ? text(found) : '(missing)';
};
const put = (storage: Storage, key: string, content: string): Promise<void> =>
  storage.put(key, { size: content.length, open: () => Readable.from([Buffer.from(content)]) }, {});

describe('publishing files', () => {
  it('writes checksums, files, tag, list and page, in that order', async () => {
    const storage = new Tapped(storageOf());
    await publish(storage, '0.9', await tree(albatros));
    const root = 'df-dist-v1/albatros';
    expect(storage.writes[0]).toBe(`${root}/0.9/SHA256SUMS`);
    expect(storage.writes.slice(1, 5).sort()).toEqual(
      Object.keys(albatros).map((path) => `${root}/0.9/${path}`),
    );
    expect(storage.writes.slice(5)).toEqual([`${root}/0.9`, root, `${root}/index.html`]);
    expect(await read(storage, root)).toBe('{"name":"albatros","tags":["0.9"]}');
    expect(storage.headers.get(`${root}/0.9/linux/arm/albatros`)).toEqual({
      contentType: 'application/octet-stream',
      cacheControl: 'no-cache',
    });
    expect(storage.headers.get(root)).toEqual({ contentType: 'application/json', cacheControl: 'no-cache' });
  });

  it('writes nothing when nothing changed, whatever the order of the tags', async () => {
    const inner = storageOf();
    for (const tag of ['alpha', '0.9', 'beta']) await publish(inner, tag, await tree(albatros));
    for (const tag of ['alpha', '0.9', 'beta']) {
      const again = new Tapped(inner);
      await publish(again, tag, await tree(albatros));
      expect(again.writes).toEqual([]);
    }
    expect(await checkedTags(inner)).toEqual(['0.9', 'beta', 'alpha']);
  });

  it('writes one file when one changed, after its tag is withdrawn and before it is there again', async () => {
    const inner = storageOf();
    await publish(inner, '0.9', await tree(albatros));
    const changed = new Tapped(inner);
    await publish(changed, '0.9', await tree({ ...albatros, 'linux/arm/albatros': '#!ARM' }));
    expect(changed.writes).toEqual([
      'delete df-dist-v1/albatros/0.9',
      'df-dist-v1/albatros/0.9/SHA256SUMS',
      'df-dist-v1/albatros/0.9/linux/arm/albatros',
      'df-dist-v1/albatros/0.9',
      'df-dist-v1/albatros/index.html',
    ]);
    expect(await read(inner, 'df-dist-v1/albatros/0.9/linux/arm/albatros')).toBe('#!ARM');
  });

  it('sends again what is missing, has another size, or was written after its manifest', async () => {
    const storage = storageOf();
    await publish(storage, '1.0', await tree(albatros));
    const key = (architecture: string): string => `df-dist-v1/albatros/1.0/linux/${architecture}/albatros`;
    await storage.delete(key('386'));
    await put(storage, key('amd64'), 'another size');
    await rm(new URL(`${storage.url}/${key('arm')}`));
    await writeFile(new URL(`${storage.url}/${key('arm')}`), '#!mra');
    const { utimes } = await import('node:fs/promises');
    const soon = Date.now() / 1000 + 5;
    await utimes(new URL(`${storage.url}/${key('arm')}`), soon, soon);
    const draft = await draftRelease(storage, parseRelease('albatros', '1.0'), await tree(albatros), silent);
    expect(draft.steps.map(({ fate }) => fate)).toEqual(['pushed', 'pushed', 'pushed', 'skipped']);
    await publish(storage, '1.0', await tree(albatros));
    expect(await read(storage, key('arm'))).toBe('#!arm');
  });

  it('lets the server copy what another release holds', async () => {
    const inner = storageOf();
    await publish(inner, '1.0', await tree(albatros));
    const storage = new Tapped(inner);
    await publish(storage, '1.1', await tree({ ...albatros, 'linux/arm/albatros': '#!new' }));
    const copies = storage.writes.filter((write) => write.includes(' => '));
    expect(copies).toContain(
      'df-dist-v1/albatros/1.0/linux/386/albatros => df-dist-v1/albatros/1.1/linux/386/albatros',
    );
    expect(copies).toHaveLength(3);
    expect(await checkedTags(storage)).toEqual(['1.1', '1.0']);
    expect(await read(storage, 'df-dist-v1/albatros/1.1/linux/386/albatros')).toBe('#!386');
  });

  it('leaves files where they are that a tag no longer lists', async () => {
    const storage = storageOf();
    await publish(storage, '1.0', await tree(albatros));
    await publish(storage, '1.0', await tree({ 'linux/386/albatros': '#!386' }));
    expect(await read(storage, 'df-dist-v1/albatros/1.0')).not.toContain('arm64');
    expect(await read(storage, 'df-dist-v1/albatros/1.0/linux/arm64/albatros')).toBe('#!arm64');
    expect(await checkedTags(storage)).toEqual(['1.0']);
  });

  it('keeps releases of the older tool, and the order of their tags', async () => {
    const storage = storageOf();
    const older =
      '{"flavors":[{"resources":[{"path":"albatros"}],"platform":{"architecture":"386","os":"linux"}}]}';
    for (const tag of ['beta', 'alpha', '0.9']) await put(storage, `df-dist-v1/albatros/${tag}`, older);
    await put(
      storage,
      'df-dist-v1/albatros',
      '{"name":"albatros","tags":["beta","0.9","alpha"],"by":"hand"}',
    );
    await publish(storage, 'nightly', await tree(albatros));
    expect(await read(storage, 'df-dist-v1/albatros')).toBe(
      '{"name":"albatros","tags":["0.9","nightly","beta","alpha"],"by":"hand"}',
    );
    expect(await read(storage, 'df-dist-v1/albatros/0.9')).toBe(older);
  });

  it('takes no list of a deeper name for a tag, and no tag for a list', async () => {
    const storage = storageOf();
    const files = await tree(albatros);
    await publish(storage, '1.0', files, 'org/app');
    await publish(storage, '2.0', files, 'org');
    expect(await checkedTags(storage, 'org')).toEqual(['2.0']);
    expect(await checkedTags(storage, 'org/app')).toEqual(['1.0']);
    await expect(publish(storage, 'app', files, 'org')).rejects.toThrow(
      /where the manifest of a tag belongs/,
    );
    await expect(publish(storage, '1.0', files, 'org/2.0')).rejects.toThrow(/where the list of tags belongs/);
  });

  it('fails when a file changes while it is read, and tags nothing', async () => {
    for (const size of [20, 400_000]) {
      const root = await writeTree(fresh(), albatros);
      const file = `${root}/linux/arm64/albatros`;
      await writeFile(file, randomBytes(size));
      const files = await readFiles(root);
      const storage = storageOf();
      await writeFile(file, randomBytes(size));
      await expect(publish(storage, '1.0', files)).rejects.toThrow(
        /arm64.albatros changed while it was published/,
      );
      await writeFile(file, randomBytes(size + 1));
      await expect(publish(storage, '1.0', files)).rejects.toThrow(/changed while it was published/);
      await rm(file);
      await expect(publish(storage, '1.0', files)).rejects.toThrow(/can no longer be read/);
      expect(await read(storage, 'df-dist-v1/albatros')).toBe('(missing)');
      expect(await read(storage, 'df-dist-v1/albatros/1.0')).toBe('(missing)');
      expect(await storage.head('df-dist-v1/albatros/1.0/linux/arm64/albatros')).toBeUndefined();
    }
  });
});

describe('publishers who meet or die', () => {
  it('leave both tags in the list, every time', async () => {
    const files = await tree({ 'linux/amd64/app': 'x' });
    for (let round = 0; round < 50; round += 1) {
      const storage = storageOf();
      await Promise.all(['1.0', 'nightly', '1.1'].map((tag) => publish(storage, tag, files)));
      expect(await checkedTags(storage)).toEqual(['1.1', '1.0', 'nightly']);
    }
  });

  it('leave no tag that lists a file which is not there, killed at any moment', async () => {
    const first = await tree(albatros);
    const second = await tree({
      'linux/amd64/albatros': '#!longer than before',
      'darwin/arm64/albatros': '#!new',
    });
    for (let allowed = 0; allowed < 8; allowed += 1) {
      const storage = storageOf();
      await publish(storage, '1.0', first);
      await publish(new Tapped(storage, allowed), '1.1', second).catch(() => {});
      expect(['1.0', '1.1,1.0']).toContain((await checkedTags(storage)).join());
      await publish(storage, '1.1', second);
      expect(await checkedTags(storage)).toEqual(['1.1', '1.0']);
    }
  });
});
