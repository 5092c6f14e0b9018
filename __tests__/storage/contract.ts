import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openLater } from '../../src/content/content.ts';
import { digestOf } from '../../src/oci/digest.ts';
import { listedKeys } from '../../src/storage/key-range.ts';
import type { KeyRange, KnownUpload, Storage, Upload } from '../../src/storage/storage.ts';

/** Bytes to put; what it opens may be less than it promises. */
export function uploadOf(content: string | Uint8Array, size?: number): Upload {
  const bytes = Buffer.from(content);
  return { size: size ?? bytes.length, open: () => Readable.from([bytes], { objectMode: false }) };
}

/** Bytes with their digest. */
export function knownUpload(content: string | Uint8Array): KnownUpload {
  return { ...uploadOf(content), digest: digestOf(Buffer.from(content)) };
}

export async function read(storage: Storage, key: string): Promise<string | undefined> {
  const stream = await storage.get(key);
  return stream && (await buffer(stream)).toString();
}

/** Keys and sizes, in the order they come. */
export async function listing(storage: Storage, prefix = ''): Promise<[string, number][]> {
  const found: [string, number][] = [];
  for await (const { key, size } of storage.list(prefix)) found.push([key, size]);
  return found;
}

function byBytes(a: string, b: string): number {
  return Buffer.from(a).compare(Buffer.from(b));
}

const name = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'a-b', 'a0', 'v2', 'é', '\u{1F600}', '\uFFFD') },
  { weight: 1, arbitrary: fc.constantFrom('sha256:ab', 'with space', '#?%', 'ＡＢ') },
);

interface ContractOptions {
  /** How often the property is tried. */
  readonly numRuns: number;
  /** Whether a key can also be the folder of others: not on every server of S3. */
  readonly overlapping: boolean;
  /** Whether it shows which bytes it holds, and copies them by itself; it does if not given. */
  readonly proves?: boolean;
}

/** What every storage keeps to; `open` gives an empty one. */
export function keepsTheContract(
  open: () => Promise<Storage>,
  { numRuns, overlapping, proves = true }: ContractOptions,
): void {
  const length = overlapping ? { minLength: 1, maxLength: 4 } : { minLength: 2, maxLength: 2 };
  const key = fc.array(name, length).map((names) => names.join('/'));

  it('gives back what was put, and tells its size in bytes', async () => {
    const storage = await open();
    await storage.put('a/ключ', uploadOf('привет'), { contentType: 'text/plain' });
    expect(await read(storage, 'a/ключ')).toBe('привет');
    expect(await storage.head('a/ключ')).toMatchObject({ key: 'a/ключ', size: 12 });
    expect((await storage.head('a/ключ'))?.modified.getTime()).toBeGreaterThan(Date.now() - 3_600_000);
    await storage.put('a/ключ', uploadOf(''), {});
    expect(await read(storage, 'a/ключ')).toBe('');
  });

  it('says that a key is missing', async () => {
    const storage = await open();
    expect(await storage.head('no/where')).toBeUndefined();
    expect(await storage.get('no/where')).toBeUndefined();
    expect(await listing(storage, 'no/')).toEqual([]);
    await storage.delete('no/where');
    await expect(storage.copy('no/where', 'here', {}, digestOf(Buffer.from('')))).rejects.toMatchObject({
      name: 'AlbaError',
      code: 'target',
    });
  });

  it('keeps the old object when the new one does not come whole', async () => {
    const storage = await open();
    await storage.put('k', uploadOf('old'), {});
    const late = (async function* () {
      yield Buffer.from('ne');
      throw new Error('the disk fell out');
    })();
    const faults: Upload[] = [
      uploadOf('new', 2),
      uploadOf('new', 4),
      { size: 2, open: () => Readable.from(late, { objectMode: false }) },
      { size: 2, open: openLater(() => Promise.reject(new Error('no such file'))) },
    ];
    for (const fault of faults) await expect(storage.put('k', fault, {})).rejects.toThrow();
    await expect(storage.put('other', uploadOf('new', 4), {})).rejects.toThrow(
      /^other.*: expected 4 bytes, found 3/,
    );
    expect(await read(storage, 'k')).toBe('old');
    expect(await listing(storage)).toEqual([['k', 3]]);
  });

  it.runIf(proves)('copies by itself', async () => {
    const storage = await open();
    await storage.put('from', uploadOf('bytes'), { contentType: 'text/plain' });
    const { digest } = knownUpload('bytes');
    expect(await storage.copy('from', 'to/é #?%+', { contentType: 'text/css' }, digest)).toBe(true);
    expect(await read(storage, 'to/é #?%+')).toBe('bytes');
    expect(await storage.copy('to/é #?%+', 'again', {}, digest)).toBe(true);
    expect(await read(storage, 'again')).toBe('bytes');
  });

  it.runIf(proves)('says where a copy is something else', async () => {
    const storage = await open();
    await storage.put('from', uploadOf('other'), {});
    expect(await storage.copy('from', 'to', {}, knownUpload('bytes').digest)).toBe(false);
    expect(await storage.copy('from', 'to', {}, knownUpload('other').digest)).toBe(true);
  });

  it.runIf(proves)('shows which bytes are there, those of a large object and of its copy, too', async () => {
    const storage = await open();
    const large = Buffer.alloc(65 * 1024 * 1024, 'alba');
    const pairs: readonly (readonly [key: string, bytes: string | Buffer])[] = [
      ['empty', ''],
      ['small', 'bytes'],
      ['large', large],
    ];
    for (const [key, bytes] of pairs) await storage.put(key, uploadOf(bytes), {});
    expect(await storage.copy('large', 'copy', {}, knownUpload(large).digest)).toBe(true);
    for (const [key, bytes] of [...pairs, ['copy', large] as const]) {
      for await (const object of storage.list(key)) {
        expect(await storage.prove(object, knownUpload(bytes))).toBe('same');
        expect(await storage.prove(object, knownUpload('other'))).toBe('unproved');
      }
    }
  });

  it('lists what begins with a prefix, folder or not', async () => {
    const storage = await open();
    const folder = overlapping ? ['a'] : [];
    for (const at of ['ab', 'a/b/c', 'a/bc', 'b/a', ...folder]) await storage.put(at, uploadOf(at), {});
    const keys = async (prefix: string): Promise<string[]> =>
      (await listing(storage, prefix)).map(([at]) => at);
    expect(await keys('a')).toEqual([...folder, 'a/b/c', 'a/bc', 'ab']);
    expect(await keys('a/')).toEqual(['a/b/c', 'a/bc']);
    expect(await keys('a/b')).toEqual(['a/b/c', 'a/bc']);
    expect(await keys('a/b/')).toEqual(['a/b/c']);
    expect(await keys('c')).toEqual([]);
  });

  it('lists what lies within ranges of keys, and the same keys alone', async () => {
    const storage = await open();
    for (const at of ['a/1', 'a/2/x', 'a/2/y', 'a/3', 'a/ä', 'b']) await storage.put(at, uploadOf(at), {});
    const keys = async (prefix: string, ...within: readonly KeyRange[]): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key } of storage.list(prefix, { within })) found.push(key);
      const alone: string[] = [];
      for await (const key of listedKeys(storage, prefix, { within })) alone.push(key);
      expect(alone).toEqual(found);
      return found;
    };
    expect(await keys('a/', { after: 'a/1', before: 'a/3' })).toEqual(['a/2/x', 'a/2/y']);
    expect(await keys('a/', { after: 'a/2/x', before: 'a/~' })).toEqual(['a/2/y', 'a/3']);
    expect(await keys('a/', { after: '', before: 'a/2' }, { after: 'a/3', before: 'b' })).toEqual([
      'a/1',
      'a/ä',
    ]);
    expect(await keys('', { after: 'a/2/y', before: 'c' })).toEqual(['a/3', 'a/ä', 'b']);
    expect(await keys('a/', { after: 'c', before: 'd' })).toEqual([]);
  });

  it('lists no deeper than asked', async () => {
    const storage = await open();
    const folder = overlapping ? ['a/b'] : [];
    for (const at of ['a/b/c', 'a/b/d/e', 'a/bc', 'b', ...folder]) await storage.put(at, uploadOf(at), {});
    const keys = async (prefix: string): Promise<string[]> => {
      const found: string[] = [];
      for await (const { key } of storage.list(prefix, { shallow: true })) found.push(key);
      return found;
    };
    expect(await keys('a/')).toEqual([...folder, 'a/bc']);
    expect(await keys('a/b')).toEqual([...folder, 'a/bc']);
    expect(await keys('a/b/')).toEqual(['a/b/c']);
    expect(await keys('')).toEqual(['b']);
  });

  it('holds any keys in any order, files and folders of one name alike', async () => {
    const put = fc.record({ type: fc.constant('put' as const), key });
    const other = fc.record({
      type: proves ? fc.constantFrom('delete' as const, 'copy' as const) : fc.constant('delete' as const),
      key,
    });
    const steps = fc.array(fc.oneof({ weight: 4, arbitrary: put }, { weight: 1, arbitrary: other }), {
      minLength: 1,
      maxLength: 12,
    });
    const property = fc.asyncProperty(steps, async (taken) => {
      const storage = await open();
      const model = new Map<string, string>();
      for (const [turn, step] of taken.entries()) await take(storage, model, step, `${step.key}#${turn}`);
      const expected = [...model].sort(([a], [b]) => byBytes(a, b));
      expect(await listing(storage)).toEqual(expected.map(([at, text]) => [at, Buffer.byteLength(text)]));
      for (const [at, text] of expected) expect(await read(storage, at)).toBe(text);
    });
    await fc.assert(property, { seed: 11, numRuns });
  });
}

async function take(
  storage: Storage,
  model: Map<string, string>,
  step: { type: 'put' | 'delete' | 'copy'; key: string },
  content: string,
): Promise<void> {
  if (step.type === 'put') {
    await storage.put(step.key, uploadOf(content), {});
    model.set(step.key, content);
    return;
  }
  if (step.type === 'delete') {
    await storage.delete(step.key);
    model.delete(step.key);
    return;
  }
  const [source] = model;
  if (!source) return;
  expect(await storage.copy(source[0], step.key, {}, knownUpload(source[1]).digest)).toBe(true);
  model.set(step.key, source[1]);
}

/** What a storage keeps to that can exchange; `isSure` is whether it can keep others out meanwhile. */
export function exchanges(open: () => Promise<Storage>, isSure: boolean): void {
  it(`exchanges an object for another if nobody has changed it, ${isSure ? 'and for one of several at once' : 'as far as it can know'}`, async () => {
    const storage = await open();
    if (!storage.exchange) throw new Error('it cannot exchange');
    const exchangeIn = storage.exchange.bind(storage);
    const twin = { key: 'x/twin', headers: {} };
    const exchange = async (before: string | undefined, after: string) => {
      const bytes = Buffer.from(after);
      await storage.put(twin.key, uploadOf(after), {});
      const digest = before === undefined ? undefined : digestOf(Buffer.from(before));
      return exchangeIn({ key: 'x/tag', before: digest, bytes, headers: {}, twin });
    };
    const first = await exchange(undefined, 'one');
    expect(first).toBe(isSure ? 'done' : 'doubtful');
    expect(await exchange(undefined, 'two')).toBe('lost');
    expect(await exchange('two', 'three')).toBe('lost');
    expect(await read(storage, 'x/tag')).toBe('one');
    expect(await exchange('one', 'two')).toBe(first);
    expect(await read(storage, 'x/tag')).toBe('two');
    const rivals = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const ended = await Promise.all(rivals.map((rival) => exchange('two', rival)));
    const winners = rivals.filter((_, at) => ended[at] === first);
    expect(winners).toContain(await read(storage, 'x/tag'));
    if (isSure) expect(winners).toHaveLength(1);
  });
}
