import { expect, it } from 'vitest';
import type { Descriptor } from '../../src/oci/descriptor.ts';
import { parseSuccessors } from '../../src/oci/manifest.ts';
import { isDocument } from '../../src/oci/media-type.ts';
import { openStaticDeleter } from '../../src/repository/static/deleter.ts';
import { openStatic } from '../../src/repository/static/static.ts';
import { decideByRules } from '../../src/retention/decide.ts';
import { planDeletion } from '../../src/retention/plan.ts';
import { parseKeep } from '../../src/retention/rules.ts';
import { sweep } from '../../src/retention/sweep.ts';
import { readBytes } from '../../src/storage/bytes.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { MemoryStorage, Tapped } from '../fixtures/storages.ts';
import { digestsOf, makeReleases, pushReleases } from './releases.ts';

const releases = makeReleases(7);
const kept = releases.slice(4);

async function gc(storage: Storage): Promise<void> {
  const deleter = openStaticDeleter(storage, 'app');
  const query = { needsTime: () => false };
  const inventory = await deleter.inventory(query);
  const grace = { text: '0s', milliseconds: 0 };
  const rules = { keep: [parseKeep('3')], keepMatching: [], grace, force: false };
  const decision = decideByRules(inventory, rules, new Date(Date.now() + 1_000));
  await sweep(deleter, { plan: planDeletion(inventory, decision), inventory, decision }, query, silent);
}

async function keysOf(storage: Storage): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.list('v2/app/')) if (!key.endsWith('/_sweep')) keys.push(key);
  return keys.sort();
}

/** Every tag that is listed is there, and every tag that is there is whole. */
async function assertWhole(storage: Storage): Promise<void> {
  const repository = openStatic(storage, 'app');
  const visit = async (descriptor: Descriptor): Promise<void> => {
    const bytes = Buffer.concat(await (await repository.fetch(descriptor)).toArray());
    if (!isDocument(descriptor.mediaType)) return;
    for (const child of parseSuccessors(descriptor.mediaType, bytes, 'child')) await visit(child);
  };
  const { tags } = JSON.parse(String(await readBytes(storage, 'v2/app/tags/list')));
  expect(await repository.tags()).toEqual(expect.arrayContaining(tags));
  for (const tag of await repository.tags()) {
    const root = await repository.resolve(tag);
    if (root) await visit(root);
  }
}

it('comes to the same end, whenever gc was killed, and no moment shows a tag without its content', async () => {
  const full = new MemoryStorage();
  await pushReleases(openStatic(full, 'app'), releases);
  const done = full.copyAll();
  const told = new Tapped(done);
  await gc(told);
  const expected = await keysOf(done);
  const digests = expected.flatMap((key) => /(?:manifests|blobs)\/(sha256:\w+)$/.exec(key)?.[1] ?? []);
  expect(digests.sort()).toEqual([...new Set(kept.flatMap(digestsOf))].sort());
  expect(told.writes.length).toBeGreaterThan(40);
  expect(told.writes.indexOf('v2/app/tags/list')).toBeLessThan(
    told.writes.findIndex((write) => write.startsWith('delete')),
  );
  for (let allowed = 0; allowed < told.writes.length; allowed += 1) {
    const storage = full.copyAll();
    await expect(gc(new Tapped(storage, allowed))).rejects.toThrow('killed');
    await assertWhole(storage);
    await gc(storage);
    expect(await keysOf(storage), `killed after ${allowed} writes`).toEqual(expected);
  }
}, 60_000);
