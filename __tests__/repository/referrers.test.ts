import { mkdtemp, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { formatDocument } from '../../src/oci/manifest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { referrersTag } from '../../src/oci/referrer.ts';
import { openLayout } from '../../src/repository/layout.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { read, uploadOf } from '../storage/contract.ts';
import { entryOf, makeReferrer, pushAll } from './referrer.ts';
import { blobOf, makeRelease, publish } from './release.ts';

const temporary = useTemporary();
const directory = (): Promise<string> => mkdtemp(join(temporary.path, 'root-'));
const storage = async (): Promise<Storage> => new FilesystemStorage(await directory());
const index = mediaTypes.oci.index;

const release = makeRelease('one');
const subject = release.descriptor;
const signature = makeReferrer(subject, 'signature');
const bom = makeReferrer(subject, 'bill of materials', { annotations: { of: 'größe' } });

const byDigest = (a: Descriptor, b: Descriptor): number => (a.digest < b.digest ? -1 : 1);
const entries = async (...nodes: readonly (typeof release)[]): Promise<Descriptor[]> =>
  (await Promise.all(nodes.map(entryOf))).sort(byDigest);

function listKeys(name = 'app'): [api: string, tag: string] {
  return [`v2/${name}/referrers/${subject.digest}`, `v2/${name}/manifests/${referrersTag(subject.digest)}`];
}

async function listsOf(root: Storage): Promise<(Descriptor[] | undefined)[]> {
  const lists = await Promise.all(listKeys().map((key) => read(root, key)));
  return lists.map((text) => text && JSON.parse(text).manifests);
}

/** Runs something just before the first write of a key. */
function before(root: Storage, key: string, act: () => Promise<void>): Storage {
  let done = false;
  return new Proxy(root, {
    get(target, name: keyof Storage) {
      if (name !== 'put') {
        const member = target[name];
        return typeof member === 'function' ? member.bind(target) : member;
      }
      const put: Storage['put'] = async (at, ...rest) => {
        if (at === key && !done) {
          done = true;
          await act();
        }
        await target.put(at, ...rest);
      };
      return put;
    },
  });
}

describe('referrers of a static registry', () => {
  it('are listed for the API and by the fallback tag, with their types and annotations', async () => {
    const root = await storage();
    const repository = openStatic(root, 'app');
    await publish(repository, release, ['1.0']);
    expect(await repository.referrers(subject.digest)).toEqual([]);
    for (const node of [signature, bom, bom]) await pushAll(repository, node);
    const expected = await entries(signature, bom);
    expect(expected.map(({ artifactType }) => artifactType).sort()).toEqual([
      'application/vnd.oci.empty.v1+json',
      'test/signature',
    ]);
    expect(await repository.referrers(subject.digest)).toEqual(expected);
    expect(await listsOf(root)).toEqual([expected, expected]);
    expect(await repository.tags()).toEqual(['1.0']);
    expect(await read(root, 'v2/app/tags/list')).toBe('{"name":"app","tags":["1.0"]}');
    expect(await repository.referrers(signature.descriptor.digest)).toEqual([]);
    expect(await read(root, `v2/app/referrers/${signature.descriptor.digest}`)).toContain(index);
  });

  it('are there before or after what they are about', async () => {
    const repository = openStatic(await storage(), 'app');
    await pushAll(repository, signature);
    await publish(repository, release, ['1.0']);
    expect(await repository.referrers(subject.digest)).toEqual(await entries(signature));
  });

  it('take the place of the empty list of an attested image', async () => {
    const root = await storage();
    const attested = makeRelease('one', true);
    const image = attested.children[0]?.descriptor as Descriptor;
    await publish(openStatic(root, 'app'), attested, ['1.0']);
    const key = `v2/app/referrers/${image.digest}`;
    expect(JSON.parse((await read(root, key)) ?? '')).toEqual({
      schemaVersion: 2,
      mediaType: index,
      manifests: [],
    });
    const about = makeReferrer(image, 'about one platform');
    await pushAll(openStatic(root, 'app'), about);
    await publish(openStatic(root, 'app'), attested, ['1.0']);
    expect(JSON.parse((await read(root, key)) ?? '').manifests).toEqual(await entries(about));
  });

  it('keep what others listed, in either list', async () => {
    const root = await storage();
    const theirs = [makeReferrer(subject, 'a'), makeReferrer(subject, 'b')].map(({ descriptor }) => ({
      ...descriptor,
      artifactType: 'theirs',
      data: 'e30=',
    }));
    for (const [at, key] of listKeys().entries()) {
      const manifests = theirs.slice(at, at + 1);
      await root.put(key, uploadOf(formatDocument({ schemaVersion: 2, mediaType: index, manifests })), {});
    }
    await pushAll(openStatic(root, 'app'), signature);
    const expected = [...theirs, ...(await entries(signature))].sort(byDigest);
    expect(await listsOf(root)).toEqual([expected, expected]);
  });

  it('are read from the fallback tag where the other list is empty or missing', async () => {
    const root = await storage();
    const [api, tag] = listKeys();
    const list = (manifests: Descriptor[]) =>
      uploadOf(formatDocument({ schemaVersion: 2, mediaType: index, manifests }));
    await root.put(tag, list(await entries(bom)), {});
    expect(await openStatic(root, 'app').referrers(subject.digest)).toEqual(await entries(bom));
    await root.put(api, list([]), {});
    expect(await openStatic(root, 'app').referrers(subject.digest)).toEqual(await entries(bom));
  });

  it('stay listed when an older list is written over them', async () => {
    for (const key of listKeys()) {
      const root = await storage();
      const late = before(root, key, () => pushAll(openStatic(root, 'app'), bom));
      await pushAll(openStatic(late, 'app'), signature);
      const expected = await entries(signature, bom);
      expect(await listsOf(root)).toEqual([expected, expected]);
    }
  });

  it('stay listed when the empty list of an attested image is written over them', async () => {
    const root = await storage();
    const attested = makeRelease('one', true);
    const image = attested.children[0]?.descriptor as Descriptor;
    const about = makeReferrer(image, 'about one platform');
    const key = `v2/app/referrers/${image.digest}`;
    const late = before(root, key, () => pushAll(openStatic(root, 'app'), about));
    await publish(openStatic(late, 'app'), attested, ['1.0']);
    expect(JSON.parse((await read(root, key)) ?? '').manifests).toEqual(await entries(about));
  });

  it('of many publishers at once are all listed', async () => {
    const root = await storage();
    const nodes = Array.from({ length: 12 }, (_, number) => makeReferrer(subject, `signature ${number}`));
    await Promise.all(nodes.map((node) => pushAll(openStatic(root, 'app'), node)));
    const expected = await entries(...nodes);
    expect(await listsOf(root)).toEqual([expected, expected]);
  });

  it('are listed by the next publisher when one died before it did so', async () => {
    const root = await storage();
    const dead = before(root, listKeys()[0], () => Promise.reject(new Error('killed')));
    await expect(pushAll(openStatic(dead, 'app'), bom)).rejects.toThrow('killed');
    await pushAll(openStatic(root, 'app'), signature);
    const expected = await entries(signature, bom);
    expect(await listsOf(root)).toEqual([expected, expected]);
  });

  it('that were never stored are not listed', async () => {
    const root = await storage();
    const key = `v2/app/manifests/${bom.descriptor.digest}`;
    const dead = before(root, key, () => Promise.reject(new Error('killed')));
    await expect(pushAll(openStatic(dead, 'app'), bom)).rejects.toThrow('killed');
    await pushAll(openStatic(root, 'app'), signature);
    expect(await openStatic(root, 'app').referrers(subject.digest)).toEqual(await entries(signature));
  });

  it('are an error where the list is broken, and the list stays', async () => {
    const root = await storage();
    const [api] = listKeys();
    await root.put(api, uploadOf('<html>'), {});
    const repository = openStatic(root, 'app');
    await expect(repository.referrers(subject.digest)).rejects.toThrow(/referrers\/sha256:.* is not JSON/);
    await expect(pushAll(repository, signature)).rejects.toThrow(/is not JSON/);
    expect(await read(root, api)).toBe('<html>');
  });
});

describe('referrers of a layout', () => {
  it('are found by their entries, with their types and annotations', async () => {
    const path = await directory();
    await publish(openLayout(path), release, ['1.0']);
    expect(await openLayout(path).referrers(subject.digest)).toEqual([]);
    for (const node of [signature, bom, bom]) await pushAll(openLayout(path), node);
    const layout = openLayout(path);
    expect(await layout.referrers(subject.digest)).toEqual(await entries(signature, bom));
    expect(await layout.tags()).toEqual(['1.0']);
    const { manifests } = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    expect(manifests.slice(1)).toEqual([signature.descriptor, bom.descriptor]);
  });

  it('are found within an index, which then is their only entry', async () => {
    const path = await directory();
    const bytes = formatDocument({
      schemaVersion: 2,
      mediaType: index,
      manifests: [signature.descriptor, bom.descriptor],
    });
    const whole = { ...blobOf(index, bytes), children: [signature, bom] };
    await publish(openLayout(path), whole, ['both']);
    const layout = openLayout(path);
    expect(await layout.referrers(subject.digest)).toEqual(await entries(signature, bom));
    const { manifests } = JSON.parse(await readFile(join(path, 'index.json'), 'utf8'));
    expect(manifests).toHaveLength(1);
  });

  it('of many writers at once are all found', async () => {
    const path = await directory();
    const nodes = Array.from({ length: 12 }, (_, number) => makeReferrer(subject, `signature ${number}`));
    await Promise.all(nodes.map((node) => pushAll(openLayout(path), node)));
    expect(await openLayout(path).referrers(subject.digest)).toEqual(await entries(...nodes));
  });

  it('are looked for where a layout holds a part of what it lists', async () => {
    const path = await directory();
    await pushAll(openLayout(path), signature);
    const layout = openLayout(path);
    await layout.push(release);
    await layout.tag(release, ['1.0']);
    expect(await layout.referrers(subject.digest)).toEqual(await entries(signature));
  });
});
