import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { PackedEntries } from '../../../src/image/rootfs/packed-entries.ts';
import type { LayerEntry } from '../../../src/image/rootfs/unpacked-layer.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { readRecord } from '../../../src/pull/destination/record.ts';
import { lookAtLock } from '../../../src/pull/lock/process-lock.ts';
import { parseLayerHeaders } from '../../../src/pull/store/layer-headers-file.ts';
import { findStoreFolder } from '../../../src/pull/store/store-folder.ts';
import { damageBytes, type Random } from '../damage.ts';
import { judge } from '../judge.ts';
import { hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files of each kind in a round. */
const times = 40;
const perRound = 4 * times;
const unsettled = { boot: 'x', written: 1, inode: '7' };
const pack = (bytes: string | Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });

const record = hostileJson({
  schemaVersion: 1,
  pulled: {
    digest: digestOf(Buffer.from('x')),
    platform: 'linux/arm/v7',
    options: { paths: ['a'], keepOwner: true },
    told: { image: 'sha256:0', files: 1, size: 2, layers: 3 },
  },
  unsettled,
});
const told = hostileJson({ schemaVersion: 1, unsettled });
const entries = packedEntries([
  { name: 'a', type: 'file', mode: 0o644, uid: 0, gid: 0, size: 3, mtime: 1 },
  { name: 'b/', type: 'directory', mode: 0o755, uid: 0, gid: 1, size: 0, mtime: 2 },
  {
    name: 'größe\udcff',
    type: 'symlink',
    linkname: '../../x',
    mode: 0o777,
    uid: 1,
    gid: 0,
    size: 0,
    mtime: 3.5,
  },
  {
    name: 'd',
    type: 'block-device',
    device: { major: 1, minor: 2 },
    mode: 0,
    uid: 0,
    gid: 0,
    size: 0,
    mtime: 0,
  },
]);
const stats = Buffer.from('.\0d 755 1 +\0a\0f 644 1700000000000 3 17\0b\0f 644 1700000000000 3 +\0');
const marker = hostileJson({ schemaVersion: 1 });
const lock = hostileJson({
  ...{ token: '2b8f7d5e-9a3c-4f0e-8d64-0c9e2f1a7b35', made: 1, pid: 12, machine: 'x y', started: '5' },
});

/** What pulls leave for later ones: records, headers of layers, markers of stores, locks. Whatever lies there is read, or is none. */
export const target: FuzzTarget = {
  about: 'records, headers, markers and locks of earlier pulls are read or taken for none, bombs among them',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < times; i++) {
      all.push(await tryRecord(join(folder, 'record'), random), await tryHeaders(random));
      all.push(await tryMarker(join(folder, 'store'), random));
      all.push(await tryLock(join(folder, 'lock'), random));
    }
    return addCounts(...all);
  },
};

/** Of few files, as one takes as long as hundreds of others; made once. */
const bombs: readonly Buffer[] = [
  Buffer.alloc(120 * 1024 * 1024),
  Buffer.alloc(400 * 1024 * 1024),
  Buffer.from('a\0\0'.repeat(30 * 1024 * 1024)),
].map(pack);

function packedOf(sample: Buffer, random: Random): Buffer {
  if (random(2000) === 0) return bombs[random(bombs.length)] ?? sample;
  const packed = pack(random(3) ? damageBytes(sample, random) : sample);
  return random(4) ? packed : damageBytes(packed, random);
}

async function tryRecord(path: string, random: Random): Promise<Counts> {
  const text = record(random);
  const packed = packedOf(stats, random);
  const full = text.replace(/\}$/, `,"entries":${JSON.stringify(packed.toString('base64'))}}`);
  await writeFile(path, random(3) ? full : text);
  const { value, refusal } = await judge(() => readRecord(path));
  if (refusal) throw new Error('a record is none, never refused', { cause: refusal });
  if (value) await judge(() => Array.from(value.entries ?? []));
  return value ? { records: 1 } : { none: 1 };
}

async function tryHeaders(random: Random): Promise<Counts> {
  const bytes = Buffer.concat([Buffer.from(`${told(random)}\n`), packedOf(entries, random)]);
  const { value, refusal } = await judge(async () => {
    const kept = await parseLayerHeaders(random(8) ? bytes : damageBytes(bytes, random));
    for (const { name, size } of kept?.entries ?? [])
      if (typeof name !== 'string' || !Number.isSafeInteger(size)) throw new Error('an entry is none');
    return kept;
  });
  if (refusal) throw new Error('headers are none, never refused', { cause: refusal });
  return value ? { headers: 1 } : { none: 1 };
}

function packedEntries(all: readonly LayerEntry[]): Buffer {
  const packed = new PackedEntries();
  for (const entry of all) packed.add(entry);
  return Buffer.concat([...packed.pieces()]);
}

async function tryMarker(path: string, random: Random): Promise<Counts> {
  await mkdir(path, { recursive: true });
  await writeFile(join(path, 'alba-store.json'), marker(random));
  const { value } = await judge(() => findStoreFolder(path, 'a store'));
  return value ? { stores: 1 } : { refused: 1 };
}

async function tryLock(path: string, random: Random): Promise<Counts> {
  await writeFile(path, lock(random));
  const { value, refusal } = await judge(() => lookAtLock(path));
  if (refusal) throw new Error('a lock is never refused', { cause: refusal });
  if (value && !/^[\w-]+$/.test(value.token)) throw new Error(`a token is ${value.token}`);
  await rm(path);
  return { locks: 1 };
}
