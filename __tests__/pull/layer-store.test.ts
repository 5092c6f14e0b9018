import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { takeApart } from '../../src/image/rootfs/take-apart.ts';
import type { UnpackedLayer } from '../../src/image/rootfs/unpacked-layer.ts';
import type { Digest } from '../../src/oci/digest.ts';
import { collectLayers } from '../../src/pull/store/collect-layers.ts';
import { openLayerStore } from '../../src/pull/store/layer-store.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runAlba } from '../support/alba.ts';
import { largeLayer, layerOf } from './layers.ts';
import { startFill, startFillThatMayNotWrite } from './start-pull.ts';
import { listen } from './trees.ts';

const temporary = useTemporary();
const layer = layerOf('one');
const other = layerOf('other');
const day = 86_400_000;

/** A store of its own, open, and what it tells. */
async function openStore(directory = mkdtempSync(join(temporary.path, 'at-'))) {
  const heard = listen();
  const store = await openLayerStore('store', { directory, progress: heard.progress });
  return { ...heard, directory, store, path: join(directory, 'store') };
}

const open = (tar: Buffer) =>
  async function* () {
    yield tar;
  };
const fillFrom = ({ tar, diffId }: typeof layer, folder: string): Promise<UnpackedLayer> =>
  takeApart({ open: open(tar), diffId, origin: 'a layer' }, folder);

function contents({ entries, locate }: UnpackedLayer): Record<string, string> {
  return Object.fromEntries(
    [...entries].flatMap(({ name, type }, number) =>
      type === 'file' ? [[name, readFileSync(locate(number), 'utf8')]] : [],
    ),
  );
}

function folderOf(path: string, diffId: Digest): string {
  const hex = diffId.slice('sha256:'.length);
  return join(path, 'sha256', hex.slice(0, 2), hex);
}

describe('a store of layers', () => {
  it('writes nothing behind a link that came once it was open, and is not made anew where it is gone', async () => {
    const { store, path, directory } = await openStore();
    const elsewhere = mkdtempSync(join(directory, 'elsewhere-'));
    symlinkSync(elsewhere, dirname(folderOf(path, layer.diffId)));
    await expect(store.fill(layer.diffId, (folder) => fillFrom(layer, folder))).rejects.toThrow(
      'cannot write the store store: there is a file, expected a directory',
    );
    expect(readdirSync(elsewhere)).toEqual([]);
    rmSync(path, { recursive: true });
    await expect(fillFrom(other, join(path, 'temporary', 'x'))).rejects.toThrow('no such file or directory');
    expect(existsSync(path)).toBe(false);
    await store[Symbol.asyncDispose]();
  });

  it('gives a layer back with all that its headers say', async () => {
    const { store, path, directory, warnings } = await openStore();
    expect(await store.find(layer.diffId)).toBeUndefined();
    const filled = await store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    await store[Symbol.asyncDispose]();
    expect(readdirSync(join(path, 'temporary'))).toEqual([]);
    const again = await openStore(directory);
    await using _ = again.store;
    const found = await again.store.find(layer.diffId);
    expect([...(found?.entries ?? [])]).toEqual([...filled.entries]);
    expect([...(found?.entries ?? [])].map(({ type }) => type)).toEqual(layer.types);
    expect(found && contents(found)).toEqual(layer.files);
    expect(found?.locate(1).startsWith(folderOf(path, layer.diffId))).toBe(true);
    expect([...warnings, ...again.warnings]).toEqual([]);
  });

  it('has nothing of a layer that was not what its diffID says', async () => {
    const { store, path } = await openStore();
    await expect(
      store.fill(other.diffId, (folder) =>
        takeApart({ open: open(layer.tar), diffId: other.diffId, origin: 'a layer' }, folder),
      ),
    ).rejects.toThrow('a layer is damaged');
    expect(await store.find(other.diffId)).toBeUndefined();
    await store[Symbol.asyncDispose]();
    for (const name of ['locks', 'turns', 'leases', 'temporary', 'sha256']) {
      expect(readdirSync(join(path, name)), name).toEqual([]);
    }
  });

  it.each<readonly [string, (folder: string) => void, string]>([
    [
      'a file is longer',
      (folder) => writeFileSync(join(folder, '1'), 'longer than it was'),
      'the content of bin/tool was changed',
    ],
    [
      'a file was written through a link',
      (folder) => writeFileSync(join(folder, '1'), 'eno'),
      'the content of bin/tool was changed',
    ],
    ['a file is gone', (folder) => rmSync(join(folder, '2')), 'the content of share/empty was changed'],
    [
      'its headers are cut off',
      (folder) =>
        writeFileSync(join(folder, 'headers'), readFileSync(join(folder, 'headers')).subarray(0, 40)),
      'its headers are damaged',
    ],
    ['its headers are gone', (folder) => rmSync(join(folder, 'headers')), 'its headers are damaged'],
  ])('takes a layer apart again of which %s', async (_, damage, why) => {
    const first = await openStore();
    await first.store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    await first.store[Symbol.asyncDispose]();
    damage(folderOf(first.path, layer.diffId));
    const { store, warnings } = await openStore(first.directory);
    await using _store = store;
    const again = await store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    expect(contents(again)).toEqual(layer.files);
    expect(warnings).toEqual([`store: layer ${layer.diffId} is taken apart again: ${why}`]);
    expect(await store.find(layer.diffId)).toBeDefined();
  });

  it('takes a layer apart again that the machine may not have written before it was started anew, but one from a cache', async () => {
    const large = largeLayer();
    const { store, path, directory } = await openStore();
    await store.fill(large.diffId, (folder) =>
      takeApart({ open: open(large.tar), diffId: large.diffId, origin: 'x' }, folder),
    );
    await store[Symbol.asyncDispose]();
    const headers = join(folderOf(path, large.diffId), 'headers');
    const bytes = readFileSync(headers);
    const end = bytes.indexOf('\n');
    const said = JSON.parse(bytes.toString('utf8', 0, end));
    const before = { ...said, unsettled: { ...said.unsettled, boot: 'before' } };
    writeFileSync(headers, Buffer.concat([Buffer.from(JSON.stringify(before)), bytes.subarray(end)]));
    cpSync(path, join(directory, 'cache/store'), { recursive: true, preserveTimestamps: true });
    const here = await openStore(directory);
    await using _ = here.store;
    expect(await here.store.find(large.diffId)).toBeUndefined();
    expect(here.warnings).toEqual([
      expect.stringContaining('it was written before this machine was last started'),
    ]);
    const copied = await openStore(join(directory, 'cache'));
    await using __ = copied.store;
    expect(await copied.store.find(large.diffId)).toMatchObject({ diffId: large.diffId });
    expect(copied.warnings).toEqual([]);
  });

  it('is no folder of anything else, nor one of a later version', async () => {
    const directory = mkdtempSync(join(temporary.path, 'at-'));
    const refused = () => expect(openLayerStore('store', { directory, progress: listen().progress })).rejects;
    mkdirSync(join(directory, 'store'));
    writeFileSync(join(directory, 'store', 'mine'), '');
    await refused().toThrow('store is not empty, and no store of layers: name another folder');
    expect(readdirSync(join(directory, 'store'))).toEqual(['mine']);
    writeFileSync(join(directory, 'store', 'alba-store.json'), '{"schemaVersion":2}');
    await refused().toThrow(
      'store was made by a later version of alba, by its alba-store.json: name another folder',
    );
    writeFileSync(join(directory, 'store', 'alba-store.json'), 'x');
    await refused().toThrow('store has a damaged alba-store.json');
    rmSync(join(directory, 'store'), { recursive: true });
    writeFileSync(join(directory, 'store'), '');
    await refused().toThrow('cannot write the store store: there is a file, expected a directory');
  });
});

describe('two pulls that want one layer in one store', () => {
  it('throw a damaged one away once, and neither fails, nor throws away what the other has put there', async () => {
    const first = await openStore();
    await first.store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    await first.store[Symbol.asyncDispose]();
    const headers = join(folderOf(first.path, layer.diffId), 'headers');
    for (let round = 0; round < 5; round += 1) {
      writeFileSync(headers, 'damaged');
      await using one = (await openStore(first.directory)).store;
      await using two = (await openStore(first.directory)).store;
      const kept = await Promise.all(
        [one, two].map((store) => store.fill(layer.diffId, (folder) => fillFrom(layer, folder))),
      );
      expect(kept.map(contents)).toEqual([layer.files, layer.files]);
      writeFileSync(headers, 'damaged');
      await using three = (await openStore(first.directory)).store;
      await using four = (await openStore(first.directory)).store;
      expect(await Promise.all([three, four].map((store) => store.find(layer.diffId)))).toEqual([
        undefined,
        undefined,
      ]);
      await three.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    }
  });

  it('take it apart once, as one waits for the other', async () => {
    const { store, path, directory } = await openStore();
    await using _ = store;
    const first = startFill({ directory, holds: true });
    await first.hears('taking apart');
    const second = startFill({ directory });
    await second.hears(`waiting for process ${first.child.pid}`);
    first.child.stdin.end();
    for (const { ended } of [first, second]) expect(await ended).toEqual({ signal: null, errors: '' });
    expect(second.told).not.toContain('taking apart');
    expect(second.told.at(-1)).toBe(first.told.at(-1));
    expect(readdirSync(join(path, 'temporary'))).toEqual([]);
  });

  it('do not wait for one that was killed, whose remains are swept', async () => {
    const { store, path, directory, lines } = await openStore();
    await using _ = store;
    const first = startFill({ directory, holds: true });
    await first.hears('taking apart');
    first.child.kill('SIGKILL');
    await first.ended;
    expect(readdirSync(join(path, 'temporary'))).toHaveLength(1);
    const filled = await store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    expect(contents(filled)).toEqual(layer.files);
    expect(lines).toEqual([]);
    const next = await openStore(directory);
    await using __ = next.store;
    expect(readdirSync(join(path, 'temporary'))).toEqual([]);
    expect(readdirSync(join(path, 'leases'))).toHaveLength(2);
  });

  it.skipIf(process.platform === 'win32')(
    'leave nothing of one that was killed before it could write that it uses the store',
    async () => {
      const { store, path, directory } = await openStore();
      await using _ = store;
      // Where the signal is ignored, the write fails and it ends by itself.
      const { signal, errors } = await startFillThatMayNotWrite({ directory }).ended;
      expect(signal ?? errors).toMatch(/SIGXFSZ|EFBIG/);
      const next = await openStore(directory);
      await using __ = next.store;
      expect(readdirSync(join(path, 'leases'))).toHaveLength(2);
      expect(readdirSync(join(path, 'temporary'))).toEqual([]);
    },
  );

  it('leave no lock of one that was killed, be it that nobody wants its layer any more', async () => {
    const { store, path, directory } = await openStore();
    await using _ = store;
    const killed = startFill({ directory, holds: true });
    await killed.hears('taking apart');
    killed.child.kill('SIGKILL');
    await killed.ended;
    for (const name of ['old', 'new']) writeFileSync(join(path, 'turns', name), name);
    utimesSync(join(path, 'turns', 'old'), 1, 1);
    expect(readdirSync(join(path, 'locks'))).toHaveLength(1);
    const next = await openStore(directory);
    await using __ = next.store;
    expect(readdirSync(join(path, 'locks'))).toEqual([]);
    expect(readdirSync(join(path, 'turns'))).toEqual(['new']);
  });

  it('both do it where one takes too long, and have one layer in the end', async () => {
    const { store, directory } = await openStore();
    await using _ = store;
    const first = startFill({ directory, holds: true });
    await first.hears('taking apart');
    await using impatient = await openLayerStore('store', {
      directory,
      progress: listen().progress,
      patience: 0,
    });
    const filled = await impatient.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    expect(contents(filled)).toEqual(layer.files);
    first.child.stdin.end();
    expect(await first.ended).toEqual({ signal: null, errors: '' });
    expect(first.told.at(-1)).toBe(dirname(filled.locate(1)));
  });
});

describe('alba store gc', () => {
  /** Two layers, of which one was used so many days ago. */
  async function storeWith(days: number) {
    const opened = await openStore();
    await opened.store.fill(layer.diffId, (folder) => fillFrom(layer, folder));
    await opened.store.fill(other.diffId, (folder) => fillFrom(other, folder));
    const used = new Date(Date.now() - days * day);
    await opened.store[Symbol.asyncDispose]();
    utimesSync(join(folderOf(opened.path, layer.diffId), 'headers'), used, used);
    const isThere = (diffId: Digest): boolean => existsSync(folderOf(opened.path, diffId));
    return { ...(await openStore(opened.directory)), isThere };
  }

  it('removes what was not used for so many days, and tells how much that was', async () => {
    const { store, directory, isThere, path } = await storeWith(8);
    await store[Symbol.asyncDispose]();
    const gc = (...words: string[]) => runAlba(['store', 'gc', ...words, 'store'], { cwd: directory });
    expect(await gc('--keep-days', '9')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/removed 0 layers of 0 B, kept 2 layers of .+kB/),
    });
    expect(await gc('--keep-days', '7', '--dry-run')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/would remove 1 layer of .*, would keep 1 layer of /),
    });
    expect([layer, other].map(({ diffId }) => isThere(diffId))).toEqual([true, true]);
    expect(await gc('--keep-days', '7')).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/removed 1 layer of .*, kept 1 layer of /),
    });
    expect([layer, other].map(({ diffId }) => isThere(diffId))).toEqual([false, true]);
    expect(await gc('--keep-days', '0')).toMatchObject({
      code: 0,
      stderr: expect.stringContaining('removed 1 layer of '),
    });
    for (const name of ['locks', 'turns', 'leases', 'temporary'])
      expect(readdirSync(join(path, name))).toEqual([]);
  });

  it('leaves what a pull that runs may have found', async () => {
    const { store, directory, isThere } = await storeWith(8);
    const collect = () =>
      collectLayers('store', {
        directory,
        usedBefore: Date.now() + day,
        dryRun: false,
        progress: listen().progress,
      });
    await store.find(layer.diffId);
    expect(await collect()).toMatchObject({ removed: { layers: 0 }, kept: { layers: 2 } });
    await store[Symbol.asyncDispose]();
    expect(await collect()).toMatchObject({ removed: { layers: 2 }, kept: { layers: 0 } });
    expect([layer, other].map(({ diffId }) => isThere(diffId))).toEqual([false, false]);
  });

  it('knows a use by the last pull that found the layer', async () => {
    const { store, path } = await storeWith(8);
    await using _ = store;
    await store.find(layer.diffId);
    expect(Date.now() - statSync(join(folderOf(path, layer.diffId), 'headers')).mtimeMs).toBeLessThan(day);
  });

  it('cleans no folder but a store, and keeps days of which there are whole ones', async () => {
    const directory = mkdtempSync(join(temporary.path, 'at-'));
    const gc = (...words: string[]) => runAlba(['store', 'gc', ...words], { cwd: directory });
    expect(await gc('.')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining(
        '. is no store of layers: expected a folder with alba-store.json in it',
      ),
    });
    expect(await gc('nowhere')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('nowhere is no store of layers'),
    });
    expect(await gc('--keep-days', '-1', '.')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('keep-days "-1" is not a whole number from 0'),
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});
