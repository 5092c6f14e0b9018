import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readHoldings } from '../../src/release/holdings.ts';
import { type RemovedReleases, removeReleases } from '../../src/release/remove.ts';
import { planReleases } from '../../src/retention/release-plan.ts';
import { parseKeep } from '../../src/retention/rules.ts';
import type { ReleaseFile } from '../../src/source/tree/file.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { silent } from '../fixtures/silent.ts';
import { MemoryStorage, Tapped, Wrapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { interleave } from './interleave.ts';
import { readAsClient } from './reader.ts';
import { checkedTags, publish, publishFiles, readFiles, writeTree } from './support.ts';

const trees = {
  old: { 'linux/amd64/app': 'old', 'linux/arm64/app': '222', 'linux/arm64/same': '=' },
  new: { 'linux/amd64/app': 'new', 'linux/arm64/app': '222', 'linux/arm64/same': '=' },
};
const temporary = useTemporary();
const plenty = 1_000;
const times = (who: number, count: number): number[] => Array.from({ length: count }, () => who);

let files: Record<'old' | 'new', readonly ReleaseFile[]>;
beforeAll(async () => {
  const read = async (name: 'old' | 'new') =>
    readFiles(await writeTree(`${temporary.path}/${name}`, trees[name]));
  files = { old: await read('old'), new: await read('new') };
});

/** Deletes 1.0 as it was when this was called. */
async function deletion(storage: Storage): Promise<(storage: Storage) => Promise<RemovedReleases>> {
  const { releases } = await readHoldings(storage, 'albatros');
  const going = releases.filter(({ tag }) => tag === '1.0');
  return (own) => removeReleases(own, 'albatros', going, [], silent, 0);
}

async function countCalls(storage: Storage, work: (storage: Storage) => Promise<unknown>): Promise<number> {
  let count = 0;
  const counted = new Wrapped(storage, (_call, call) => {
    count += 1;
    return call();
  });
  await work(counted);
  return count;
}

describe('a release that is published while gc deletes what its tag held', () => {
  it.each([['new'], ['old']] as const)(
    'is all there, or gc says what to look at: %s files',
    async (name) => {
      const start = new MemoryStorage();
      await publish(start, '1.0', files.old);
      await publish(start, '2.0', files.old);
      const remove = await deletion(start);
      let refusals: readonly string[] = [];
      let wasThere = false;
      const gc = async (storage: Storage) => {
        ({ refusals } = await remove(storage));
      };
      const push = async (storage: Storage) => {
        wasThere = (await publishFiles(storage, '1.0', files[name])).isThere;
      };
      const counts = { schedules: 0, whole: 0, gone: 0, told: 0 };
      const check = async (schedule: readonly number[]): Promise<void> => {
        const storage = start.copyAll();
        await interleave(storage, [gc, push], schedule);
        counts.schedules += 1;
        expect(await readAsClient(storage, 'albatros:2.0')).toEqual(trees.old);
        const found = await readAsClient(storage, 'albatros:1.0').catch(() => 'torn');
        if (refusals.length > 0) {
          expect(refusals[0]).toContain('1.0 was published while it was deleted: see that it is whole');
          counts.told += 1;
        } else if (found === undefined && wasThere) counts.gone += 1;
        else {
          expect(found, schedule.slice(0, 60).join('')).toEqual(trees[name]);
          counts.whole += 1;
        }
        if (found !== 'torn') expect((await checkedTags(storage)).includes('1.0')).toBe(found !== undefined);
      };
      const first = await countCalls(start.copyAll(), gc);
      const second = await countCalls(start.copyAll(), push);
      for (const [one, other, most, least] of [
        [0, 1, first, second],
        [1, 0, second, first],
      ] as const) {
        for (let before = 0; before <= most; before += 1) {
          for (let middle = 1; middle <= least; middle += 3) {
            await check([...times(one, before), ...times(other, middle), ...times(one, plenty)]);
          }
        }
      }
      await fc.assert(
        fc.asyncProperty(fc.array(fc.constantFrom(0, 1), { minLength: 10, maxLength: 60 }), check),
        { seed: 17, numRuns: 60 },
      );
      expect(counts.whole).toBeGreaterThan(counts.told);
    },
    60_000,
  );
});

describe('a deletion of releases that is killed', () => {
  const gc = async (own: Storage): Promise<void> => {
    const holdings = await readHoldings(own, 'albatros');
    const grace = { text: '0s', milliseconds: 0 };
    const rules = { keep: [parseKeep('1')], keepMatching: [], grace };
    const { going, loose } = planReleases('albatros', holdings, rules, new Date(Date.now() + 1_000));
    await removeReleases(holdings.storage, 'albatros', going, loose, silent);
  };
  const keysOf = async (storage: Storage): Promise<string[]> => {
    const keys: string[] = [];
    for await (const { key } of storage.list('')) keys.push(key);
    return keys;
  };

  it('comes to the same end when it runs again, and no moment lists a tag that is not whole', async () => {
    const full = new MemoryStorage();
    for (const tag of ['1.0', '1.1']) await publish(full, tag, files.old);
    await publish(full, '2.0', files.new);
    const done = full.copyAll();
    const told = new Tapped(done);
    await gc(told);
    const expected = await keysOf(done);
    expect(expected.some((key) => key.startsWith('df-dist-v1/albatros/1.'))).toBe(false);
    for (let allowed = 0; allowed < told.writes.length; allowed += 1) {
      const storage = full.copyAll();
      await expect(gc(new Tapped(storage, allowed))).rejects.toThrow('killed');
      expect(await checkedTags(storage)).toContain('2.0');
      await gc(storage);
      expect(await keysOf(storage), `killed after ${allowed} writes`).toEqual(expected);
    }
  });
});
