import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { afterEach, expect, it, vi } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { mediaTypes } from '../../src/oci/media-type.ts';
import { openStaticDeleter } from '../../src/repository/static/deleter.ts';
import { decideByRules } from '../../src/retention/decide.ts';
import { planDeletion } from '../../src/retention/plan.ts';
import { parseKeep } from '../../src/retention/rules.ts';
import { sweep } from '../../src/retention/sweep.ts';
import { putBytes } from '../../src/storage/bytes.ts';
import type { Storage, StoredObject } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { MemoryStorage } from '../fixtures/storages.ts';

/** A bucket that counts requests as S3 would get them: a thousand keys a page, a thousand a deletion. */
class Counted extends MemoryStorage {
  requests = 0;
  objects = 0;
  hasEtags = true;
  readonly #etags = new Map<string, string>();

  override async put(...[key, upload]: Parameters<MemoryStorage['put']>): Promise<void> {
    this.requests += 1;
    const hash = createHash('md5');
    for await (const chunk of upload.open()) hash.update(chunk);
    if (!this.#etags.has(key)) this.objects += 1;
    this.#etags.set(key, `"${hash.digest('hex')}"`);
    await super.put(key, upload);
  }

  override async get(key: string): Promise<Readable | undefined> {
    this.requests += 1;
    return super.get(key);
  }

  override async *list(...given: Parameters<MemoryStorage['list']>): AsyncGenerator<StoredObject> {
    let count = 0;
    for await (const object of super.list(...given)) {
      if (count % 1000 === 0) this.requests += 1;
      count += 1;
      yield { ...object, ...(this.hasEtags && { etag: this.#etags.get(object.key) ?? '' }) };
    }
    if (count === 0) this.requests += 1;
  }

  async deleteMany(keys: readonly string[]): Promise<boolean> {
    this.requests += 1;
    for (const key of keys) await this.delete(key);
    return true;
  }
}

const { oci } = mediaTypes;
const json = (content: object) => Buffer.from(JSON.stringify(content));

/** So many tags, each of a manifest with a config and four layers of its own. */
async function fill(storage: Storage, tags: number): Promise<void> {
  for (let at = 0; at < tags; at += 1) {
    const blobs = await Promise.all(
      [0, 1, 2, 3, 4].map(async (part) => {
        const bytes = Buffer.from(`blob ${at} ${part}`);
        await putBytes(storage, `v2/app/blobs/${digestOf(bytes)}`, bytes, {});
        return {
          mediaType: part === 0 ? oci.config : oci.layer.gzip,
          digest: digestOf(bytes),
          size: bytes.length,
        };
      }),
    );
    const [config, ...layers] = blobs;
    const bytes = json({ schemaVersion: 2, mediaType: oci.manifest, config, layers });
    await putBytes(storage, `v2/app/manifests/${digestOf(bytes)}`, bytes, {});
    await putBytes(storage, `v2/app/manifests/1.${at}.0`, bytes, {});
  }
}

/** Deletes all but so many of the newest, as nothing is young. */
async function gc(storage: Storage, keep: string) {
  const query = { needsTime: () => false };
  const grace = { text: '0s', milliseconds: 0 };
  const rules = { keep: [parseKeep(keep)], keepMatching: [], grace, force: false };
  const deleter = openStaticDeleter(storage, 'app');
  const inventory = await deleter.inventory(query);
  const decision = decideByRules(inventory, rules, new Date(Date.now() + 1_000));
  return sweep(deleter, { plan: planDeletion(inventory, decision), inventory, decision }, query, silent);
}

it('asks a bucket no more than objects / 1000 + kept manifests + deletions, for 10,000 tags and 50,000 blobs', async () => {
  const storage = new Counted();
  await fill(storage, 10_000);
  const { objects } = storage;
  storage.requests = 0;
  const run = () => gc(storage, '100');
  const removed = await run();
  expect(removed).toMatchObject({ manifests: 9_900, blobs: 49_500 });
  const deletions = removed.tags.length + removed.manifests + removed.blobs;
  expect(storage.requests).toBeLessThan(objects / 1_000 + 100 + deletions);
  // Each manifest is read once: what it needs is not known before.
  expect(storage.requests).toBeLessThan(10_000 + (8 * objects) / 1_000);
  storage.requests = 0;
  expect(await run()).toMatchObject({ manifests: 0, blobs: 0 });
  expect(storage.requests).toBeLessThan(700 / 1_000 + 100 + 5);
}, 120_000);

/** One that lists keys which it then says are not there. */
class Hiding extends Counted {
  isHidden = (_: string): boolean => false;

  override async get(key: string): Promise<Readable | undefined> {
    return this.isHidden(key) ? undefined : super.get(key);
  }
}

it.each([
  ['manifests', (key: string) => key.includes('/manifests/sha256:')],
  ['tags', (key: string) => /\/manifests\/1\./.test(key)],
])('deletes nothing where %s are listed and not given', async (_, isHidden) => {
  const storage = new Hiding();
  // Tags are read where entity tags do not tell what they name.
  storage.hasEtags = false;
  await fill(storage, 3);
  storage.isHidden = isHidden;
  await expect(gc(storage, '1')).rejects.toThrow(/manifests\/\S+ is listed, and told not to be there/);
  storage.isHidden = () => false;
  const left: string[] = [];
  for await (const { key } of storage.list('v2/app/blobs/')) left.push(key);
  expect(left).toHaveLength(15);
});

/** One in which a list takes a while. */
class Slow extends MemoryStorage {
  override async *list(...given: Parameters<MemoryStorage['list']>): AsyncGenerator<StoredObject> {
    await vi.advanceTimersByTimeAsync(12_000);
    yield* super.list(...given);
  }
}

afterEach(() => vi.useRealTimers());

it('shows that it is alive while it lists what is there, however long that takes', async () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setInterval', 'clearInterval'] });
  const storage = new Slow();
  await fill(storage, 3);
  const took = async () => {
    const began = performance.now();
    expect(await gc(storage, '1')).toMatchObject({ manifests: 2, blobs: 10 });
    return performance.now() - began;
  };
  expect(await took()).toBeGreaterThan(60_000);
});
