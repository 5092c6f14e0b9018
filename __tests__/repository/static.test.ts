import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Node } from '../../src/content/content.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { listing, read, uploadOf } from '../storage/contract.ts';
import { blobOf, makeRelease, publish } from './release.ts';

let parent: string;
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), 'alba-static-'));
});
afterAll(() => rm(parent, { recursive: true, force: true }));

async function directory(): Promise<Storage> {
  return new FilesystemStorage(await mkdtemp(join(parent, 'root-')));
}

function all(node: Node): Node[] {
  return [node, ...node.children.flatMap(all)];
}

describe('a static registry', () => {
  it('has a key for each request of a client', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    const repository = openStatic(storage, 'org/app');
    await publish(repository, release, ['1.0', 'latest']);

    const nodes = all(release);
    const folder = ({ children }: Node): string => (children.length > 0 ? 'manifests' : 'blobs');
    const expected = nodes.map((node) => `v2/org/app/${folder(node)}/${node.descriptor.digest}`);
    const named = ['v2/index.html', 'v2/org/app/manifests/1.0', 'v2/org/app/manifests/latest'];
    const keys = (await listing(storage)).map(([key]) => key);
    expect(keys.sort()).toEqual([...new Set([...expected, ...named, 'v2/org/app/tags/list'])].sort());
    expect(await storage.head('v2/')).toBeDefined();
    expect(await read(storage, 'v2/org/app/tags/list')).toBe('{"name":"org/app","tags":["1.0","latest"]}');
    expect(digestOf(Buffer.from((await read(storage, 'v2/org/app/manifests/1.0')) ?? ''))).toBe(
      release.descriptor.digest,
    );
  });

  it('gives back what was published', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    await publish(openStatic(storage, 'app'), release, ['1.0']);
    const repository = openStatic(storage, 'app');
    expect(await repository.resolve('1.0')).toEqual(release.descriptor);
    expect(await repository.resolve('2.0')).toBeUndefined();
    expect(await repository.tags()).toEqual(['1.0']);
    for (const { descriptor } of all(release)) {
      expect(digestOf(await buffer(await repository.fetch(descriptor)))).toBe(descriptor.digest);
    }
    const missing = blobOf('x/y', Buffer.from('never published')).descriptor;
    await expect(repository.fetch(missing)).rejects.toThrow(missing.digest);
  });

  it('is sent nothing twice, and again what is gone or has another size', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    const count = new Set(all(release).map(({ descriptor }) => descriptor.digest)).size;
    expect(await publish(openStatic(storage, 'app'), release, ['1'])).toBe(count);
    expect(await publish(openStatic(storage, 'app'), release, ['1'])).toBe(0);

    const [config, layer] = release.children[0]?.children ?? [];
    await storage.delete(`v2/app/blobs/${config?.descriptor.digest}`);
    await storage.put(`v2/app/blobs/${layer?.descriptor.digest}`, uploadOf('cut off'), {});
    expect(await publish(openStatic(storage, 'app'), release, ['1'])).toBe(2);
  });

  it('asks little of a storage that has everything', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    await publish(openStatic(storage, 'app'), release, ['1']);
    const calls: string[] = [];
    const counted = new Proxy(storage, {
      get(target, name: keyof Storage) {
        const member = target[name];
        if (typeof member !== 'function') return member;
        return (...args: unknown[]) => {
          calls.push(`${name} ${args[0]}`);
          return Reflect.apply(member, target, args);
        };
      },
    });
    await publish(openStatic(counted, 'app'), release, ['1']);
    const content = [...new Set(all(release))].map(({ children, descriptor: { digest } }) => {
      return `head v2/app/${children.length > 0 ? 'manifests' : 'blobs'}/${digest}`;
    });
    const rest = ['_sweep', '_sweep', 'manifests/1', 'tags/list'].map((key) => `get v2/app/${key}`);
    expect(calls.sort()).toEqual([...rest, ...new Set(content), 'keys v2/app/manifests/'].sort());
  });

  it('takes no blob that is not what its descriptor says', async () => {
    const storage = await directory();
    const repository = openStatic(storage, 'app');
    for (const mediaType of [mediaTypes.oci.layer.gzip, mediaTypes.oci.manifest]) {
      const { descriptor } = blobOf(mediaType, Buffer.from('{"right":1}'));
      const lie = { descriptor, open: () => Readable.from([Buffer.from('{"wrong":1}')]) };
      await expect(repository.push(lie)).rejects.toThrow(/damaged/);
    }
    expect((await listing(storage)).map(([key]) => key)).toEqual([]);
  });

  it('lists tags alone, in the order of the spec', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    const fallback = `v2/app/manifests/sha256-${'ab'.repeat(32)}`;
    await storage.put(fallback, uploadOf('{}'), {});
    await storage.put('v2/app/manifests/manifests/other', uploadOf('{}'), {});
    await publish(openStatic(storage, 'app'), release, ['b', 'B', 'a-1', 'a.1', '_', 'sha256-short']);
    const tags = ['B', '_', 'a-1', 'a.1', 'b', 'sha256-short'];
    expect(JSON.parse((await read(storage, 'v2/app/tags/list')) ?? '')).toEqual({ name: 'app', tags });
  });

  it('answers for the referrers of attestations, and leaves an answer that is there', async () => {
    const storage = await directory();
    const release = makeRelease('one', true);
    const manifests = release.children.map(({ descriptor }) => `v2/app/referrers/${descriptor.digest}`);
    const [first] = manifests;
    await storage.put(first ?? '', uploadOf('{"kept":true}'), {});
    await publish(openStatic(storage, 'app'), release, []);
    const present = (await listing(storage, 'v2/app/referrers/')).map(([key]) => key);
    expect(present).toEqual([...manifests].sort());
    for (const key of manifests) {
      const expected =
        key === first ? { kept: true } : { schemaVersion: 2, mediaType: mediaTypes.oci.index, manifests: [] };
      expect(JSON.parse((await read(storage, key)) ?? '')).toEqual(expected);
    }
  });

  it('needs no tag', async () => {
    const storage = await directory();
    const repository = openStatic(storage, 'app');
    await publish(repository, makeRelease('one'), []);
    expect(await repository.tags()).toEqual([]);
    expect(await storage.head('v2/app/tags/list')).toBeUndefined();
    expect(repository.reference(undefined, 'sha256:ab')).toBe(`${storage.url}/app@sha256:ab`);
    expect(repository.reference('1', undefined)).toBe(`${storage.url}/app:1`);
  });

  it('keeps the tags of publishers who meet', async () => {
    const storage = await directory();
    const release = makeRelease('one');
    const rounds = Array.from({ length: 25 }, (_, round) => [`a${round}`, `b${round}`]);
    for (const tags of rounds) {
      await Promise.all(tags.map((tag) => publish(openStatic(storage, 'app'), release, [tag])));
      const list = JSON.parse((await read(storage, 'v2/app/tags/list')) ?? '') as { tags: string[] };
      expect(list.tags).toEqual(expect.arrayContaining(tags));
    }
    const many = Array.from({ length: 8 }, (_, number) => `many${number}`);
    await Promise.all(many.map((tag) => publish(openStatic(storage, 'app'), release, [tag])));
    expect(await openStatic(storage, 'app').tags()).toEqual([...rounds.flat(), ...many].sort());
    const list = JSON.parse((await read(storage, 'v2/app/tags/list')) ?? '') as { tags: string[] };
    expect(list.tags).toEqual([...rounds.flat(), ...many].sort());
    const leftovers = await readdir(new URL(storage.url), { recursive: true });
    expect(leftovers.filter((path) => path.includes('.alba-'))).toEqual([]);
  });
});
