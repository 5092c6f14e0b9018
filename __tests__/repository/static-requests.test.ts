import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { putBytes } from '../../src/storage/bytes.ts';
import type { StoredObject } from '../../src/storage/storage.ts';
import { MemoryStorage, Wrapped } from '../fixtures/storages.ts';
import { read } from '../storage/contract.ts';
import { makeRelease, publish } from './release.ts';

/** A bucket that counts requests as S3 would get them: a thousand keys a page, from the beginning of each range. */
class Counted extends MemoryStorage {
  requests = 0;
  listed = 0;

  override async head(key: string): Promise<StoredObject | undefined> {
    this.requests += 1;
    return super.head(key);
  }

  override async get(key: string): Promise<Readable | undefined> {
    this.requests += 1;
    return super.get(key);
  }

  override async put(...given: Parameters<MemoryStorage['put']>): Promise<void> {
    this.requests += 1;
    await super.put(...given);
  }

  override async *list(...[prefix, options = {}]: Parameters<MemoryStorage['list']>) {
    const { within = [undefined], ...rest } = options;
    for (const range of within) {
      let count = 0;
      const found = super.list(prefix, { ...rest, ...(range && { within: [range] }) });
      for await (const object of found) {
        count += 1;
        yield object;
      }
      this.requests += 1 + Math.floor(count / 1000);
      this.listed += count;
    }
  }
}

/** So many tags of a manifest of their own with five blobs, and their list. */
async function filled(count: number): Promise<Counted> {
  const storage = new Counted();
  const put = (key: string, text: string) => putBytes(storage, `v2/app/${key}`, Buffer.from(text), {});
  const tags: string[] = [];
  for (let at = 0; at < count; at += 1) {
    for (let part = 0; part < 5; part += 1) {
      await put(`blobs/${digestOf(Buffer.from(`${at} ${part}`))}`, `${at} ${part}`);
    }
    // Around the digests, as names may be.
    const tag = `${at % 2 === 0 ? '0' : 'v0'}.${at}`;
    for (const name of [digestOf(Buffer.from(`manifest ${at}`)), tag]) await put(`manifests/${name}`, '{}');
    tags.push(tag);
  }
  await put('tags/list', JSON.stringify({ name: 'app', tags: tags.sort() }));
  storage.requests = 0;
  return storage;
}

describe('a release beside thousands', () => {
  it('costs a bucket no more than 1.5 × the requests that it costs beside ten, and lists no content', async () => {
    const cost = async (count: number, release = makeRelease('one', true)) => {
      const storage = await filled(count);
      await publish(openStatic(storage, 'app'), release, ['1.0']);
      const anew = storage.requests;
      const { tags } = JSON.parse((await read(storage, 'v2/app/tags/list')) ?? '');
      expect(tags).toHaveLength(count + 1);
      expect(tags).toEqual([...tags].sort());
      storage.requests = 0;
      storage.listed = 0;
      await publish(openStatic(storage, 'app'), release, ['1.0']);
      expect(storage.listed).toBe(count + 1);
      return { anew, again: storage.requests };
    };
    const [few, many] = [await cost(10), await cost(2000)];
    expect(many.anew / few.anew).toBeLessThan(1.5);
    expect(many.again / few.again).toBeLessThan(1.5);
  }, 120_000);

  it('is mended when it is published again: a blob, a manifest and the list of tags that are gone', async () => {
    const storage = await filled(3);
    const release = makeRelease('one');
    await publish(openStatic(storage, 'app'), release, ['1.0']);
    const [manifest] = release.children;
    const [config] = manifest?.children ?? [];
    const gone = [
      `v2/app/blobs/${config?.descriptor.digest}`,
      `v2/app/manifests/${manifest?.descriptor.digest}`,
      `v2/app/manifests/${release.descriptor.digest}`,
      'v2/app/tags/list',
    ];
    const kept = await Promise.all(gone.map((key) => read(storage, key)));
    for (const key of gone) {
      await storage.delete(key);
      await publish(openStatic(storage, 'app'), release, ['1.0']);
      expect(await read(storage, key)).toBe(kept[gone.indexOf(key)]);
    }
  });

  it('looks for a deletion while its list of tags is written, after its tag', async () => {
    const calls: string[] = [];
    const looked = new AbortController();
    const asked = once(looked.signal, 'abort');
    const storage = new Wrapped(new MemoryStorage(), async (call, work) => {
      if (call.kind === 'put') calls.push(call.key);
      const isTagged = calls.includes('v2/app/manifests/1.0');
      if (call.kind === 'get' && call.key.endsWith('/_sweep') && isTagged) looked.abort();
      if (call.kind === 'put' && call.key.endsWith('/tags/list')) await asked;
      return work();
    });
    const repository = openStatic(storage, 'app');
    await publish(repository, makeRelease('one'), ['1.0']);
    const sweep = { id: 'one', state: 'done' };
    await putBytes(storage, 'v2/app/_sweep', Buffer.from(JSON.stringify(sweep)), {});
    expect(await repository.wasSwept?.([])).toBe(false);
    expect(await repository.wasSwept?.([])).toBe(true);
  });

  it.each([
    ['no JSON', 'no list'],
    ['no tags', '{"tags":[7]}'],
    [
      'other tags, thousands of them',
      JSON.stringify({ tags: Array.from({ length: 5000 }, (_, at) => `${at}`) }),
    ],
  ])('has its list of tags made anew where that is %s', async (_, text) => {
    const storage = await filled(20);
    const list = await read(storage, 'v2/app/tags/list');
    await putBytes(storage, 'v2/app/tags/list', Buffer.from(text), {});
    await openStatic(storage, 'app').tag(makeRelease('one'), ['0.0']);
    expect(await read(storage, 'v2/app/tags/list')).toBe(list);
  });
});
