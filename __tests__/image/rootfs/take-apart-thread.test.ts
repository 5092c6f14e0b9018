import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import { Threads } from '../../../src/concurrency/threads/threads.ts';
import { openBytes } from '../../../src/content/content.ts';
import { sizeBudget } from '../../../src/image/rootfs/size-budget.ts';
import { type StoredLayer, takeApart } from '../../../src/image/rootfs/take-apart.ts';
import { takeApartInThread } from '../../../src/image/rootfs/take-apart-task.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { noise } from '../../fixtures/image.ts';
import { tar } from '../../fixtures/tar.ts';
import { useTemporary } from '../../fixtures/temporary.ts';

const temporary = useTemporary();
const program = fileURLToPath(new URL('../../../src/main.ts', import.meta.url));
const threads = new Threads(program, 2);
afterAll(() => threads[Symbol.asyncDispose]());

const bytes = tar([
  { name: 'usr/', mode: 0o755 },
  { name: 'usr/large', content: noise('large', 3_000_000), mode: 0o750 },
  ...Array.from({ length: 500 }, (_, at) => ({ name: `usr/${at}`, content: `${at}`.repeat(at) })),
  { name: 'usr/link', symlink: '../etc' },
  { name: 'usr/ünïcode', content: '' },
]);
const half = Math.floor(bytes.length / 2);
const stored = {
  plain: bytes,
  gzip: gzipSync(bytes),
  'several members of gzip': Buffer.concat(
    [bytes.subarray(0, half), bytes.subarray(half)].map((one) => gzipSync(one)),
  ),
  zstd: zstdCompressSync(bytes),
};
const layerOf = (blob: Buffer, more: Partial<StoredLayer> = {}): StoredLayer => ({
  open: openBytes(blob),
  descriptor: { digest: digestOf(blob), size: blob.length },
  diffId: digestOf(bytes),
  origin: 'the layer',
  ...more,
});
const filesOf = (folder: string) =>
  new Map(readdirSync(folder).map((name) => [name, digestOf(readFileSync(join(folder, name)))]));

describe('a layer that a thread takes apart', () => {
  it.each(Object.entries(stored))('is what it is without one, stored as %s', async (name, blob) => {
    for (const packs of [true, false]) {
      const [here, there] = ['here', 'there'].map((where) =>
        join(temporary.path, `${name} ${where} ${packs}`),
      );
      const one = await takeApart(layerOf(blob), here ?? '', { packs });
      const other = await takeApartInThread(threads, layerOf(blob), there ?? '', { packs });
      expect([...other.entries]).toEqual([...one.entries]);
      expect(other.packed?.offsets).toEqual(one.packed?.offsets);
      expect(filesOf(there ?? '')).toEqual(filesOf(here ?? ''));
      expect(other.locate(1)).toBe(join(there ?? '', '1'));
    }
  });

  it.each([
    ['is cut off', stored.gzip.subarray(0, -20)],
    ['has other bytes', Buffer.concat([stored.gzip, Buffer.alloc(1)])],
  ])('is an error that names it where it %s, and leaves nothing', async (what, blob) => {
    const folder = join(temporary.path, what);
    const wrong = layerOf(stored.gzip, { open: openBytes(blob) });
    const failure = await takeApart(wrong, folder).catch((thrown: unknown) => thrown);
    expect(failure).toMatchObject({
      code: 'source',
      message: expect.stringMatching(/^the layer is damaged: /),
    });
    await expect(takeApartInThread(threads, wrong, folder, {})).rejects.toMatchObject({
      code: 'source',
      message: expect.stringMatching(/^the layer is damaged: /),
    });
    expect(existsSync(folder)).toBe(false);
  });

  it('is held to its diffID, and to what all layers may come to', async () => {
    const folder = join(temporary.path, 'held');
    const other = layerOf(stored.gzip, { diffId: digestOf(stored.gzip) });
    await expect(takeApartInThread(threads, other, folder, {})).rejects.toThrow(
      `the layer is damaged: its diffID is ${digestOf(bytes)}, expected ${digestOf(stored.gzip)}`,
    );
    const budget = sizeBudget(3_010_000);
    await expect(takeApartInThread(threads, layerOf(stored.gzip), folder, { budget })).rejects.toThrow(
      'max-size',
    );
  });

  it('fails as its source fails, and where the disk refuses', async () => {
    const broken = async function* () {
      yield stored.gzip.subarray(0, 100_000);
      throw new Error('the line is down');
    };
    const folder = join(temporary.path, 'broken');
    await expect(
      takeApartInThread(threads, layerOf(stored.gzip, { open: broken }), folder, {}),
    ).rejects.toThrow('the line is down');
    expect(existsSync(folder)).toBe(false);
    await expect(
      takeApartInThread(threads, layerOf(stored.gzip), join(program, 'x'), {}),
    ).rejects.toMatchObject({ code: 'target' });
  });
});
