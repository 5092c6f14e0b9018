import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomNumbers } from '../../../__tests__/compression/samples.ts';
import { removeTree } from '../../../__tests__/fixtures/remove-tree.ts';
import { header, padding, type TarMember, tar } from '../../../__tests__/fixtures/tar.ts';
import { linesOf, type UnpackOptions, unpack } from '../../../__tests__/fixtures/unpack.ts';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import { TarWalk, type WalkedEntry } from '../../../src/content/tar/tar-walk.ts';
import { tarNames } from '../../../src/image/rootfs/name-rules.ts';
import { sizeBudget } from '../../../src/image/rootfs/size-budget.ts';
import { treeTar } from '../../../src/image/rootfs/tree-tar.ts';
import { damageBytes, damageTarHeader, type Random } from '../damage.ts';
import { judge } from '../judge.ts';
import { addCounts, type Counts, type FuzzTarget } from '../target.ts';

/** Images in a round, of one to three layers each. */
const perRound = 20;

/** In bytes, of all contents: more than the samples have, less than a damaged header may say. */
const mostContent = 1024 * 1024;

/**
 * Layers of few names, so that they meet, with links, whiteouts and names that lead out, and damaged ones. They are refused
 * by an AlbaError with nothing written, or unpacked to what was planned, of which nothing lies outside; unpacked again from
 * its own tar that is the same tree.
 */
export const target: FuzzTarget = {
  about: 'hostile layers are refused, or unpacked within their root to what was planned',
  perRound,
  round: async (seed, folder) => {
    const random = randomNumbers(seed);
    const all: Counts[] = [];
    for (let i = 0; i < perRound; i++) {
      const own = join(folder, `${i}`);
      const layers = Array.from({ length: 1 + random(3) }, () => layerOf(random));
      all.push({ tars: layers.length }, await tryImage(layers, own, random));
      removeTree(own);
    }
    return addCounts(...all);
  },
};

const names: readonly string[] = [
  ...[
    'a',
    'a',
    'a',
    'b',
    'b',
    'c',
    'A',
    'd',
    '..',
    '.',
    '',
    'out',
    'root',
    'secret',
    'key',
    '__proto__',
    'größe',
    'x\n',
  ],
  ...['.wh.a', '.wh.b', '.wh..wh..opq', '.wh..wh.plnk'],
];
const wrong: readonly string[] = ['.wh.', '.wh..', '.wh...'];
const types: readonly string[] = ['0', '0', '0', '0', '5', '5', '5', '2', '2', '2', '3', '6', '7'];
const wrongTypes: readonly string[] = ['V', 'x', '1'];

/** Layers that are not as they were made. */
const damaged = new WeakSet<Buffer>();

function layerOf(random: Random): Buffer {
  const one = (): string => pick(random(300) ? names : wrong, random);
  const files: string[] = [];
  const path = (): string => `${random(8) ? '' : '/'}${Array.from({ length: 1 + random(4) }, one).join('/')}`;
  const target = (): string => (random(3) ? path() : `../../../${path()}`);
  const members = Array.from({ length: 1 + random(12) }, (): TarMember => {
    const usual = files.length > 0 && random(6) === 0 ? '1' : pick(types, random);
    const type = random(100) ? usual : pick(wrongTypes, random);
    const content = type === '0' || type === '7' ? 'x'.repeat(random(3) * 400) : '';
    const name = path();
    if (type === '0') files.push(name);
    const mode = random(5) ? 0o755 : random(0o10000);
    const isLink = type === '1' || type === '2';
    return {
      ...{ name: type === '5' ? `${name}/` : name, type, content, mode, mtime: random(2 ** 31) },
      ...(type === '1' && { link: random(20) ? pick(files, random) || 'a' : target() }),
      ...(isLink && type === '2' && { symlink: target() }),
      ...(random(20) === 0 && { blocks: oddBlocks(random) }),
    };
  });
  const whole = tar(members, { longNames: random(2) ? 'gnu' : 'pax' });
  const how = random(10);
  if (how > 2) return whole;
  const bytes = how === 0 ? damageBytes(whole, random) : damageTarHeader(whole, random);
  damaged.add(bytes);
  return bytes;
}

function pick(from: readonly string[], random: Random): string {
  return from[random(from.length)] ?? '';
}

/** An entry whose name is bytes of any kind. */
function oddBlocks(random: Random): Buffer {
  const content = Buffer.from('odd');
  const block = header('', content.length, '0', '', 0o644, (bytes) => {
    for (let at = random(9); at >= 0; at--) bytes[at] = random(3) ? 0x61 + random(3) : 1 + random(255);
  });
  return Buffer.concat([block, content, padding(content)]);
}

async function tryImage(layers: readonly Buffer[], folder: string, random: Random): Promise<Counts> {
  const parent = join(folder, 'pulls');
  mkdirSync(join(folder, 'secret'), { recursive: true });
  mkdirSync(parent);
  const mine = [join(folder, 'secret', 'key'), join(folder, 'key'), join(folder, 'out')];
  for (const path of mine) writeFileSync(path, 'mine');
  const isFolded = random(4) === 0;
  const options: UnpackOptions = {
    budget: sizeBudget(mostContent),
    how: (['move', 'copy', 'link'] as const)[random(3)] ?? 'move',
    paths: random(4) ? [] : ['a'],
    ...(isFolded && { names: { ...tarNames, ignoresCase: true, normalizes: true, isText: true } }),
  };
  const { value: unpacked, refusal } = await judge(() => unpack(layers, parent, options));
  for (const path of mine) {
    if (readFileSync(path, 'utf8') !== 'mine') throw new Error(`${path} was written to`);
  }
  const outside = readdirSync(folder).sort().join(' ');
  if (outside !== 'key out pulls secret') throw new Error(`there is something outside: ${outside}`);
  await compareReaders(layers);
  if (!unpacked) {
    const [made = ''] = readdirSync(parent);
    const root = join(parent, made, 'root');
    if (existsSync(root) && readdirSync(root).length > 0)
      throw new Error(`something was written`, { cause: refusal });
    return { refused: 1 };
  }
  const { plan, root, layers: taken } = unpacked;
  const lines = linesOf(root);
  const planned = [...plan.entries].map(({ path }) => Buffer.from(`/${path}`).toString('latin1')).sort();
  if (lines.length !== planned.length) throw new Error(`planned: ${planned}\nthere: ${lines.join('\n')}`);
  if ([...plan.entries].some(({ path }) => /(^|\/)\.wh\./.test(path))) return { unpacked: 1 };
  if (options.how === 'move') return { unpacked: 1 };
  const chunks: Buffer[] = [];
  for await (const chunk of treeTar(plan, taken)) chunks.push(Buffer.from(chunk));
  const again = await unpack([Buffer.concat(chunks)], parent);
  const plain = (all: readonly string[]) =>
    all
      .slice(1)
      .map((line) => line.replace(/^(.* folder \S+ \S+) .*$/s, '$1'))
      .join('\n');
  if (plain(linesOf(again.root)) !== plain(lines)) {
    throw new Error(`from its tar:\n${plain(linesOf(again.root))}\nfrom its layers:\n${plain(lines)}`);
  }
  return { unpacked: 1, again: 1 };
}

/** Both readers of tars take the same way through one, or both refuse it. */
async function compareReaders(layers: readonly Buffer[]): Promise<void> {
  for (const bytes of layers) {
    const isWhole = !damaged.has(bytes);
    const { value: theirs } = await judge(() => slowly(bytes, isWhole));
    const { value: ours } = await judge(() => quickly(bytes, isWhole));
    if (theirs !== ours) throw new Error(`readTar: ${theirs}\nTarWalk: ${ours}`);
  }
}

async function slowly(bytes: Buffer, isWhole: boolean): Promise<string> {
  const found: string[] = [];
  const whole = (async function* () {
    yield bytes;
  })();
  for await (const entry of readTar(whole, 'a tar', { isProvenWhole: true, isBehindIgnored: true })) {
    const content: Buffer[] = [];
    for await (const chunk of entry.body) content.push(Buffer.from(chunk));
    found.push(entryLine(entry, Buffer.concat(content), isWhole));
  }
  return found.join('\n');
}

function quickly(bytes: Buffer, isWhole: boolean): string {
  const found: string[] = [];
  let [last, content]: [WalkedEntry | undefined, Buffer[]] = [undefined, []];
  const walk = new TarWalk(
    {
      begin(entry) {
        [last, content] = [entry, []];
      },
      content: (piece) => void content.push(Buffer.from(piece)),
      end: () => void (last && found.push(entryLine(last, Buffer.concat(content), isWhole))),
    },
    'a tar',
  );
  for (let at = 0; at < bytes.length; at += 700) walk.take(bytes.subarray(at, at + 700));
  walk.finish();
  return found.join('\n');
}

/**
 * What both readers tell of an entry: bytes that are no UTF-8 are told in two ways, special files by one alone, and the numbers of
 * a damaged header as each likes.
 */
function entryLine(
  { name, type, linkname, mode, uid, gid }: Told,
  content: Buffer,
  isWhole: boolean,
): string {
  const text = (name: string | undefined) =>
    name?.replace(/\p{Surrogate}|\ufffd/gu, '?').replace(/\?+/g, '?');
  const isPlain = ['file', 'link', 'symlink', 'directory'].includes(type);
  return JSON.stringify([
    text(name),
    isPlain ? type : 'other',
    text(linkname),
    ...(isWhole ? [mode & 0o7777, uid, gid] : []),
    `${isPlain ? content : ''}`,
  ]);
}

type Told = Pick<WalkedEntry, 'name' | 'linkname' | 'mode' | 'uid' | 'gid'> & { readonly type: string };
