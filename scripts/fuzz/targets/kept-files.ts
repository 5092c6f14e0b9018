import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { digestOf } from '../../../src/oci/digest.ts';
import { readRecord } from '../../../src/pull/destination/record.ts';
import { TreeStats } from '../../../src/pull/destination/tree-stats.ts';
import { lookAtLock } from '../../../src/pull/lock/process-lock.ts';
import { parseLayerHeaders } from '../../../src/pull/store/layer-headers-file.ts';
import { findStoreFolder } from '../../../src/pull/store/store-folder.ts';
import { damageBytes, type Random } from '../damage.ts';
import { judge } from '../judge.ts';
import { hostileJson } from '../structured.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Files of each kind in a round. */
const times = 40;
const perRound = 5 * times;
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
const headers = hostileJson({
  ...{ schemaVersion: 1, unsettled, names: ['a', 'b/', 'c'], types: 'fdl', modes: [420, 493, 511] },
  ...{ uids: [0, 0, 1], gids: [0, 0, 1], sizes: [3, 0, 0], mtimes: [1, 2, 3.5] },
  ...{ links: { 2: '../../x' }, devices: { 1: [1, 2] }, attributes: [0] },
});
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
      all.push(await tryStats(random), await tryMarker(join(folder, 'store'), random));
      all.push(await tryLock(join(folder, 'lock'), random));
    }
    return addCounts(...all);
  },
};

/** Made once, as that takes long. */
const bomb = pack(Buffer.alloc(220 * 1024 * 1024));

async function tryRecord(path: string, random: Random): Promise<Counts> {
  const text = record(random);
  const entries = random(200) === 0 ? bomb : pack(damageBytes(Buffer.alloc(random(400), 7), random));
  const full = text.replace(/\}$/, `,"entries":${JSON.stringify(entries.toString('base64'))}}`);
  await writeFile(path, random(3) ? full : text);
  const { value, refusal } = await judge(() => readRecord(path));
  if (refusal) throw new Error('a record is none, never refused', { cause: refusal });
  return value ? { records: 1 } : { none: 1 };
}

async function tryHeaders(random: Random): Promise<Counts> {
  const packed = random(200) === 0 ? bomb : pack(headers(random));
  const bytes = random(4) ? packed : damageBytes(packed, random);
  const { value, refusal } = await judge(() => {
    const kept = parseLayerHeaders(bytes);
    for (const entry of kept?.entries ?? [])
      if (typeof entry.name !== 'string') throw new Error('a name is none');
    return kept;
  });
  if (refusal) throw new Error('headers are none, never refused', { cause: refusal });
  return value ? { headers: 1 } : { none: 1 };
}

async function tryStats(random: Random): Promise<Counts> {
  const bytes = Buffer.from(Array.from({ length: random(600) }, () => random(256)));
  try {
    const stats = TreeStats.of(bytes);
    return { [stats.size >= 0 ? 'stats' : 'none']: 1 };
  } catch {
    return { none: 1 };
  }
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
