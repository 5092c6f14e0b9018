import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { brotliCompressSync, constants } from 'node:zlib';
import { expect, it } from 'vitest';
import { PackedEntries } from '../../src/image/rootfs/packed-entries.ts';
import { ownPlatform } from '../../src/pull/choose-platforms.ts';
import { dockerArchive } from '../fixtures/docker-archive.ts';
import { imageOf, usualLayers } from '../fixtures/pullable.ts';
import { useTemporary } from '../fixtures/temporary.ts';
import { runMeasured } from '../support/measured.ts';

const temporary = useTemporary();
/** In MiB: what a file that an earlier pull left may add to the memory of a later one. */
const mostGrowth = 256;
/** In seconds of a machine that others use, too. */
const longest = 60;
const mebibyte = 1024 * 1024;
const pack = (bytes: Buffer): Buffer =>
  brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } });
const image = imageOf(ownPlatform({ arch: process.arch }), ...usualLayers('1'));
/** As many headers as take so many bytes. */
function headersOf(size: number, name = 'a'): Buffer {
  const packed = new PackedEntries();
  packed.add({ name, type: 'directory', mode: 0o755, uid: 0, gid: 0, size: 0, mtime: 0 });
  const one = Buffer.concat([...packed.pieces()]);
  return Buffer.alloc(Math.floor(size / one.length) * one.length, one);
}
const endless = Buffer.from(`{"schemaVersion":1,"names":[${'"a",'.repeat(40 * mebibyte)}"a"]}`);

/** A folder with a store and a tree, both of a pull, and what that took. */
async function afterPull() {
  const cwd = mkdtempSync(join(temporary.path, 'at-'));
  writeFileSync(join(cwd, 'image.tar'), dockerArchive([image]));
  const pull = (folder: string) =>
    runMeasured(['container', 'pull', '--store', './store', 'image.tar', folder], { cwd });
  const { peak } = await pull('./tree');
  return { cwd, pull, usual: peak };
}

it.each<readonly [string, () => Buffer]>([
  ['zeros', () => Buffer.alloc(600 * mebibyte)],
  ['more headers than are kept', () => headersOf(600 * mebibyte)],
  ['JSON', () => endless],
])(
  'headers in a store that are a bomb of %s are none, in little memory',
  { timeout: 180_000 },
  async (_, bomb) => {
    const { cwd, pull, usual } = await afterPull();
    const packed = pack(bomb());
    const headers = headersIn(cwd);
    for (const path of headers) writeFileSync(path, Buffer.concat([toldBy(path), packed]));
    const again = await pull('./other');
    expect(again, again.stderr).toMatchObject({ code: 0 });
    expect(again.stderr.match(/is taken apart again: its headers are damaged/g)).toHaveLength(headers.length);
    expect(again.peak - usual).toBeLessThan(mostGrowth);
    expect(again.seconds).toBeLessThan(longest);
  },
);

it.each<readonly [string, (record: object) => string]>([
  ['zeros', (record) => withEntries(record, Buffer.alloc(150 * mebibyte))],
  ['more zeros than are read', (record) => withEntries(record, Buffer.alloc(600 * mebibyte))],
  ['entries of one letter', (record) => withEntries(record, Buffer.from('a\0\0'.repeat(50 * mebibyte)))],
  ['one path', (record) => withEntries(record, Buffer.alloc(150 * mebibyte, 'a'))],
  [
    'JSON',
    (record) =>
      JSON.stringify({ ...record, entries: undefined, more: [] }).replace(
        '[]',
        `[${'[],'.repeat(16 * mebibyte)}[]]`,
      ),
  ],
])(
  'a record of a pull that is a bomb of %s is none, in little memory',
  { timeout: 180_000 },
  async (_, bombOf) => {
    const { cwd, pull, usual } = await afterPull();
    const path = join(cwd, '.tree.alba.json');
    writeFileSync(path, bombOf(JSON.parse(readFileSync(path, 'utf8'))));
    const again = await pull('./tree');
    expect(again).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('tree is not empty, and no pull wrote it'),
    });
    expect(again.peak - usual).toBeLessThan(mostGrowth);
    expect(again.seconds).toBeLessThan(longest);
  },
);

function withEntries(record: object, entries: Buffer): string {
  return JSON.stringify({ ...record, entries: pack(entries).toString('base64') });
}

it('layers in a store that have more headers than all layers of an image may have are refused', {
  timeout: 180_000,
}, async () => {
  const { cwd, pull, usual } = await afterPull();
  const packed = pack(headersOf(150 * mebibyte, 'a'.repeat(200)));
  for (const path of headersIn(cwd)) writeFileSync(path, Buffer.concat([toldBy(path), packed]));
  const again = await pull('./other');
  expect(again).toMatchObject({ code: 1, stderr: expect.stringContaining('of headers before it or in it') });
  expect(again.peak - usual).toBeLessThan(2 * mostGrowth);
});

function headersIn(cwd: string): string[] {
  return readdirSync(join(cwd, 'store'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('/headers'))
    .map((name) => join(cwd, 'store', name));
}

/** What is before the headers. */
function toldBy(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes.subarray(0, bytes.indexOf('\n') + 1);
}
