import { brotliCompressSync, constants } from 'node:zlib';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { ImageTree, partsOf } from '../../../src/image/rootfs/image-tree.ts';
import { packHeaders, unpackHeaders } from '../../../src/image/rootfs/layer-headers.ts';
import { aboveBase, lowerTreeOf } from '../../../src/publish/files/lower-tree.ts';
import { damageBytes, type Random } from '../damage.ts';
import { damageText } from '../damage-text.ts';
import { assertPlain, judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Layers in a round. */
const perRound = 20;
const rows: readonly (readonly [string, string, string, number, number, number])[] = [
  ['bin', 'symlink', 'usr/bin', 0o777, 0, 0],
  ['usr/', 'directory', '', 0o755, 0, 0],
  ['usr/bin/', 'directory', '', 0o711, 1, 2],
  ['usr/bin/sh', 'file', '', 0o755, 0, 0],
  ['usr/bin/bash', 'link', 'usr/bin/sh', 0o755, 0, 0],
  ['var/run', 'symlink', '/run', 0o777, 0, 0],
  ['loop', 'symlink', 'loop', 0o777, 0, 0],
  ['.wh.opt', 'file', '', 0, 0, 0],
  ['etc/.wh..wh..opq', 'file', '', 0, 0, 0],
];
const paths: readonly string[] = [
  'a/b/a',
  'b/a',
  'bin/app',
  'var/run/pid',
  'loop/x',
  'usr/bin',
  '__proto__/constructor',
  '',
];

/** The headers of a base's layers as a cache has them. Who can write it can make any that are well packed. */
export const target: FuzzTarget = {
  about:
    'headers of a base are left, or files are put above them at a path without links, or that is refused',
  perRound,
  round: async (seed) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) all.push(await tryLayer(packedOf(random)));
    return addCounts(...all);
  },
};

const pack = (text: string | Buffer): string =>
  brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 3 } }).toString('base64');

/**
 * Few bytes that come to many headers, to something long, or to something deep; made once, as that takes long, and rare, as one
 * takes as long as hundreds of others.
 */
const bombs: readonly string[] = [
  `[${'["a","file","",0,0,0],'.repeat(2_500_000)}["a","file","",0,0,0]]`,
  `[${'["a","file","",0,0,0],'.repeat(350_000)}["a","file","",0,0,0]]`,
  `[["${'a/'.repeat(2_000_000)}","directory","",0,0,0]]`,
  '['.repeat(5_000_000),
].map(pack);

function packedOf(random: Random): string {
  if (random(1000) === 0) return bombs[random(bombs.length)] ?? '';
  const how = random(20);
  const whole = JSON.stringify(how < 12 ? strangeRows(random) : rows);
  if (how < 14) return pack(whole);
  if (how === 14) return damageText(pack(whole), random);
  return pack(how < 17 ? damageBytes(Buffer.from(whole), random) : damageText(whole, random));
}

const names: readonly string[] = [
  'a',
  'b',
  '..',
  '.',
  '.wh.a',
  '.wh.',
  '.wh..wh..opq',
  '',
  '__proto__',
  'é\n',
];
const types: readonly string[] = ['symlink', 'symlink', 'directory', 'file', 'link', 'other'];

/** Links and folders of few names, so that they meet. */
function strangeRows(random: Random): unknown[] {
  const name = (): string => names[random(names.length)] ?? '';
  const path = (): string => Array.from({ length: 1 + random(4) }, name).join('/');
  const row = () => [path(), types[random(types.length)], path(), random(0o10000), random(9), random(9)];
  return [...rows, ...Array.from({ length: random(30) }, row)];
}

async function tryLayer(packed: string): Promise<Counts> {
  const { value: entries, refusal } = await judge(() => unpackHeaders(packed));
  if (refusal) throw new Error('headers are left, never refused', { cause: refusal });
  if (!entries) return { left: 1 };
  assertPlain(entries, 'headers');
  if (JSON.stringify(unpackHeaders(packHeaders(entries))) !== JSON.stringify(entries)) {
    throw new Error('headers are others once they were packed');
  }
  const tree = new ImageTree('a base');
  const { refusal: unfit } = await judge(() => {
    for (const [entry, header] of entries.entries()) tree.apply(header, { layer: 0, entry });
  });
  if (unfit) return { refused: 1 };
  const lower = lowerTreeOf(tree);
  for (const path of paths) {
    const { value: place } = await judge(() => lower.place(path));
    if (place === undefined) continue;
    if (partsOf(place).join('/') !== place) throw new Error(`a file goes to ${place}`);
    if (place !== '' && lower.place(place) !== place) throw new Error(`${place} leads on`);
  }
  tree.apply({ name: 'x', type: 'file', mode: 0, uid: 0, gid: 0 }, { layer: aboveBase, entry: 0 });
  return { placed: 1 };
}
