import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { AlbaError } from '../../src/errors.ts';
import { digestOf } from '../../src/oci/digest.ts';
import type { ReleaseFile } from '../../src/source/tree/file.ts';
import { FilesystemStorage } from '../../src/storage/filesystem.ts';
import type { Storage } from '../../src/storage/storage.ts';
import { MemoryStorage, Tapped, Wrapped } from '../fixtures/storages.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { uploadOf } from '../storage/contract.ts';
import { interleave } from './interleave.ts';
import { readAsClient } from './reader.ts';
import { publish, publishFiles, readFiles, writeTree } from './support.ts';

type Tree = Readonly<Record<string, string>>;

const temporary = useTemporary();
let made = 0;
const fresh = (): string => {
  made += 1;
  return `${temporary.path}/${made}`;
};

/** Of the same sizes, so that only their bytes tell them apart; what is equal in two of them is not sent again. */
const trees = {
  one: { 'linux/amd64/app': 'one', 'linux/arm64/app': '111', 'linux/arm64/same': '=' },
  two: { 'linux/amd64/app': 'two', 'linux/arm64/app': '222', 'linux/arm64/same': '=' },
  old: { 'linux/amd64/app': 'old', 'linux/arm64/app': '222', 'linux/arm64/same': '=' },
  few: { 'linux/amd64/app': 'few' },
} satisfies Record<string, Tree>;
type Name = keyof typeof trees;

let files: Record<Name, readonly ReleaseFile[]>;
beforeAll(async () => {
  const read = async (name: Name) => readFiles(await writeTree(fresh(), trees[name]));
  files = { one: await read('one'), two: await read('two'), old: await read('old'), few: await read('few') };
});

/** Gives copies of a storage in memory that holds this tree as 1.0. */
async function startWith(name: Name | undefined): Promise<() => MemoryStorage> {
  const start = new MemoryStorage();
  if (name) await publish(start, '1.0', files[name]);
  return () => start.copyAll();
}

const times = (who: number, count: number): number[] => Array.from({ length: count }, () => who);
/** More calls than a publisher makes. */
const plenty = 1000;

async function countCalls(storage: Storage, work: (storage: Storage) => Promise<unknown>): Promise<number> {
  let count = 0;
  await work(
    new Wrapped(storage, (_call, call) => {
      count += 1;
      return call();
    }),
  );
  return count;
}

describe('two publishers of one tag with different files', () => {
  it.each<[string, Name | undefined, Name, Name]>([
    ['where there was none', undefined, 'one', 'two'],
    ['over a third one', 'old', 'one', 'two'],
    ['over one with more files', 'old', 'one', 'few'],
    ['of whom the first changes nothing', 'one', 'one', 'two'],
    ['of whom the second changes nothing', 'two', 'one', 'two'],
  ])('leave all of one of them, %s', { timeout: 120_000 }, async (_, old, a, b) => {
    const copy = await startWith(old);
    const works = [a, b].map((name) => (storage: Storage) => publishFiles(storage, '1.0', files[name]));
    const check = async (schedule: readonly number[]): Promise<void> => {
      const storage = copy();
      await interleave(storage, works, schedule);
      expect([trees[a], trees[b]]).toContainEqual(await readAsClient(storage, 'albatros:1.0'));
    };
    // The second does some or all of its calls between any two of the first.
    const [first = 0, second = 0] = await Promise.all(works.map((work) => countCalls(copy(), work)));
    for (let start = 0; start <= first; start += 1) {
      for (let middle = 1; middle <= second; middle += 1) {
        await check([...times(0, start), ...times(1, middle), ...times(0, plenty)]);
      }
    }
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(0, 1), { minLength: 10, maxLength: 60 }), check),
      { seed: 12, numRuns: 60 },
    );
  });

  it('leave the page of the one whose files stay', { timeout: 60_000 }, async () => {
    const copy = await startWith('old');
    const works = [files.one, files.two].map((own) => (storage: Storage) => publish(storage, '1.0', own));
    const check = async (schedule: readonly number[]): Promise<void> => {
      const storage = copy();
      await interleave(storage, works, schedule);
      const [app] = Object.values((await readAsClient(storage, 'albatros:1.0')) ?? {});
      const page = (
        await buffer((await storage.get('df-dist-v1/albatros/index.html')) ?? Readable.from([]))
      ).toString();
      expect(page).toContain(digestOf(Buffer.from(app ?? '')));
    };
    // Both are at their end, where the page is written.
    for (let first = 15; first < 35; first += 1) {
      for (let middle = 15; middle < 35; middle += 1) {
        await check([...times(0, first), ...times(1, middle), ...times(0, plenty)]);
      }
    }
  });

  it('send no more files once the other one has begun', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `linux/amd64/${index}`);
    const many = await readFiles(
      await writeTree(fresh(), Object.fromEntries(names.map((name) => [name, name]))),
    );
    const storage = new MemoryStorage();
    let sent = 0;
    let sentBefore: number | undefined;
    vi.useFakeTimers({ toFake: ['Date'] });
    try {
      const meeting = new Wrapped(storage, async (call, work) => {
        if (call.kind === 'put' && call.key.includes('linux')) sent += 1;
        if (sent === 1) {
          await storage.put('df-dist-v1/albatros/1.0/SHA256SUMS', uploadOf('of another one'));
          vi.setSystemTime(Date.now() + 6_000);
        }
        if (sent > 0 && call.kind === 'get') sentBefore ??= sent;
        if (call.kind === 'get') vi.setSystemTime(0);
        // As any storage does that is not in memory, it takes a while to answer.
        await new Promise(setImmediate);
        return work();
      });
      await publishFiles(meeting, '1.0', many);
    } finally {
      vi.useRealTimers();
    }
    expect(sentBefore).toBeLessThan(60);
    expect(sent).toBeLessThan(120);
    expect(Object.keys((await readAsClient(storage, 'albatros:1.0')) ?? {})).toHaveLength(60);
  });

  it('leave whole files in a directory, every time', { timeout: 120_000 }, async () => {
    for (let round = 0; round < 50; round += 1) {
      const storage = new FilesystemStorage(fresh());
      if (round % 2) await publish(storage, '1.0', files.old);
      await Promise.all([publish(storage, '1.0', files.one), publish(storage, '1.0', files.two)]);
      expect([trees.one, trees.two]).toContainEqual(await readAsClient(storage, 'albatros:1.0'));
    }
  });
});

describe('a release that copies from another one', () => {
  it('has its own bytes, whenever the other one is replaced', async () => {
    const copy = await startWith('one');
    const works = [
      (storage: Storage) => publishFiles(storage, '1.1', files.one),
      (storage: Storage) => publishFiles(storage, '1.0', files.two),
    ];
    const first = await countCalls(copy(), works[0] ?? (() => Promise.reject()));
    for (let start = 0; start <= first; start += 1) {
      for (let middle = 1; middle <= 16; middle += 1) {
        const storage = copy();
        await interleave(storage, works, [...times(0, start), ...times(1, middle), ...times(0, plenty)]);
        expect(await readAsClient(storage, 'albatros:1.1')).toEqual(trees.one);
        expect(await readAsClient(storage, 'albatros:1.0')).toEqual(trees.two);
      }
    }
  });
});

describe('a publisher who may not delete', () => {
  const limited = (inner: Storage): Storage =>
    new Wrapped(inner, (call, work) =>
      call.kind === 'delete' ? Promise.reject(new AlbaError('auth', 'no permission')) : work(),
    );

  it('replaces a release, whose document names no files meanwhile', async () => {
    for (let allowed = 1; allowed < 7; allowed += 1) {
      const storage = (await startWith('old'))();
      await publish(limited(new Tapped(storage, allowed)), '1.0', files.one).catch(() => {});
      expect([{}, trees.one], `${allowed}`).toContainEqual(await readAsClient(storage, 'albatros:1.0'));
      await publish(limited(storage), '1.0', files.one);
      expect(await readAsClient(storage, 'albatros:1.0')).toEqual(trees.one);
    }
  });
});

describe('a publisher who is killed', () => {
  const cases: [Name | undefined, Name][] = [
    [undefined, 'one'],
    ['old', 'one'],
    ['old', 'few'],
    ['few', 'one'],
  ];
  const kinds: [string, () => Storage][] = [
    ['a bucket', () => new MemoryStorage()],
    ['a directory', () => new FilesystemStorage(fresh())],
  ];
  for (const [kind, open] of kinds) {
    it.each(cases)(
      `leaves the tag whole or missing in ${kind}, and is healed by the next run: %s, %s`,
      async (old, name) => {
        for (let allowed = 0; ; allowed += 1) {
          const storage = open();
          if (old) await publish(storage, '1.0', files[old]);
          const killed = await publish(new Tapped(storage, allowed), '1.0', files[name]).then(
            () => false,
            () => true,
          );
          const states = [undefined, trees[name], ...(allowed === 0 && old ? [trees[old]] : [])];
          expect(states).toContainEqual(await readAsClient(storage, 'albatros:1.0'));
          await publish(storage, '1.0', files[name]);
          expect(await readAsClient(storage, 'albatros:1.0')).toEqual(trees[name]);
          const again = new Tapped(storage);
          await publish(again, '1.0', files[name]);
          expect(again.writes).toEqual([]);
          if (!killed) break;
        }
      },
    );
  }
});
