// Large docker archives made by code: content that gzip shrinks to about 0.37, the same for the same seed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';

const chunkSize = 1024 * 1024;

/** Words of a made-up language, the frequent ones short, and some noise among them: what a binary looks like to gzip. */
export function makePool(seed, size = 32 * chunkSize) {
  const random = generator(seed);
  const words = Array.from({ length: 1024 }, (_, rank) => word(random, 6 + Math.floor(rank / 60)));
  const pool = Buffer.alloc(size);
  for (let at = 0; at < size; ) {
    const found = random() < 0.08 ? word(random, 4) : words[Math.floor(words.length * random() ** 2)];
    at += found.copy(pool, at);
  }
  return pool;
}

/**
 * Writes a docker archive as Nix does (manifest.json last), its layers of these sizes in bytes. `shared` tells how many of
 * the first layers are the same for every platform.
 */
export async function writeArchive(path, platform, layers, { pool, shared = 0 }) {
  const file = createWriteStream(path);
  const write = async (bytes) => {
    if (!file.write(bytes)) await once(file, 'drain');
  };
  const entries = [];
  for (const [index, size] of layers.entries()) {
    const seed = `${index < shared ? 'shared' : JSON.stringify(platform)} ${index}`;
    entries.push(await writeLayer(write, `${index}/layer.tar`, size, seed, pool));
  }
  const config = Buffer.from(
    JSON.stringify({ ...platform, config: {}, rootfs: { type: 'layers', diff_ids: entries } }),
  );
  const manifest = [
    { Config: 'config.json', RepoTags: ['bench:1'], Layers: layers.map((_, index) => `${index}/layer.tar`) },
  ];
  for (const part of [
    ...member('config.json', config),
    ...member('manifest.json', Buffer.from(JSON.stringify(manifest))),
    Buffer.alloc(1024),
  ]) {
    await write(part);
  }
  file.end();
  await once(file, 'finish');
}

/** Replaces a file by its gzip, made as Nix has it made (`pigz -nTR`) where pigz is there. */
export async function gzipFile(path) {
  const pigz = spawn('pigz', ['-nTR', path], { stdio: 'inherit' });
  const code = await new Promise((resolve) => pigz.once('error', () => resolve(-1)).once('exit', resolve));
  if (code !== 0) {
    await pipeline(createReadStream(path), createGzip(), createWriteStream(`${path}.gz`));
    await rm(path);
  }
  return `${path}.gz`;
}

/** A layer of one file; gives its diffID. */
async function writeLayer(write, name, size, seed, pool) {
  const hash = createHash('sha256');
  await write(header(name, 512 + padded(size) + 1024));
  const emit = async (bytes) => {
    hash.update(bytes);
    await write(bytes);
  };
  await emit(header('opt/data', size));
  const random = generator(seed);
  for (let left = padded(size); left > 0; ) {
    const length = Math.min(left, chunkSize);
    const from = Math.floor(random() * (pool.length - length));
    await emit(pool.subarray(from, from + length));
    left -= length;
  }
  await emit(Buffer.alloc(1024));
  return `sha256:${hash.digest('hex')}`;
}

function member(name, content) {
  return [header(name, content.length), content, Buffer.alloc(padded(content.length) - content.length)];
}

function header(name, size) {
  const block = Buffer.alloc(512);
  const octal = (value, at, length) => block.write(value.toString(8).padStart(length - 1, '0'), at);
  block.write(name);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(1, 136, 12);
  block.write('        0', 148);
  block.write('ustar\u000000', 257);
  octal(
    block.reduce((sum, byte) => sum + byte, 0),
    148,
    7,
  );
  return block;
}

function padded(size) {
  return Math.ceil(size / 512) * 512;
}

function word(random, length) {
  return Buffer.from(Array.from({ length }, () => Math.floor(random() * 256)));
}

/** mulberry32, seeded by a text. */
export function generator(seed) {
  let state = createHash('sha256').update(seed).digest().readUInt32LE();
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
