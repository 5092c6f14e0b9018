import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import { noise } from '../../fixtures/image.ts';
import {
  contentOf,
  type SparseFile,
  type SparseFormat,
  sparseFile,
  sparseFormats,
  sparseMember,
} from '../../fixtures/sparse.ts';
import { extra, header, paxRecord, type TarMember, tar } from '../../fixtures/tar.ts';
import { chunked, readAll } from './read.ts';

const MiB = 1024 * 1024;

/** Gaps and lengths by turns make a map that is in order; of no length at all, too. */
const files: fc.Arbitrary<SparseFile> = fc
  .record({
    steps: fc.array(fc.record({ gap: fc.nat(3000), length: fc.nat(1500) }), { maxLength: 60 }),
    end: fc.nat(2000),
    name: fc.constantFrom('tool', 'app/größe', `${'long/'.repeat(30)}tool`),
  })
  .map(({ steps, end, name }) => {
    let at = 0;
    const pieces = steps.map(({ gap, length }, index) => {
      const offset = at + gap;
      at = offset + length;
      return { offset, content: noise(`${index} ${gap}`, length) };
    });
    return { name, size: at + end, pieces };
  });

describe.each(sparseFormats)('a sparse file in format %s', (format) => {
  it('is read with its holes, whatever its map and whatever comes with it', async () => {
    const check = async (file: SparseFile, size: number) => {
      const [around, behind] = [noise('around', 700), noise('behind', 513)];
      const bytes = tar([
        { name: 'before', content: around },
        sparseMember(file, format),
        { name: 'behind', content: behind },
      ]);
      const [before, found, after] = await readAll(bytes, { size });
      const content = contentOf(file);
      expect(found).toMatchObject({ name: file.name, type: 'file', size: content.length });
      expect(found?.content.equals(content)).toBe(true);
      expect([before?.content, after?.content]).toEqual([around, behind]);
      const stored = Buffer.concat(file.pieces.map((piece) => piece.content));
      const { offset = 0 } = found ?? {};
      expect(bytes.subarray(offset, offset + stored.length).equals(stored)).toBe(true);
    };
    await fc.assert(fc.asyncProperty(files, fc.constantFrom(1, 100, 512, 1000, MiB), check), {
      seed: 4,
      numRuns: 60,
    });
  });

  it('fails wherever it is cut', async () => {
    const file = sparseFile(
      'tool',
      contentOf({ name: '', size: 9000, pieces: [piece(600, 700), piece(5000, 1)] }),
    );
    const bytes = tar([sparseMember(file, format)]);
    for (let end = 0; end < bytes.length - 512; end += 13) {
      const cut = readAll(bytes.subarray(0, end));
      await expect(cut, `cut at ${end}`).rejects.toThrow(/^x\.tar is (truncated|not a tar)/);
    }
  });

  it('may be empty, or one hole', async () => {
    for (const size of [0, 1, 3 * MiB]) {
      const [found] = await readAll(tar([sparseMember({ name: 'tool', size, pieces: [] }, format)]));
      expect(found?.size).toBe(size);
      expect(found?.content.equals(Buffer.alloc(size))).toBe(true);
    }
  });

  const good = { name: 'tool', size: 4000, pieces: [piece(0, 512), piece(2000, 300)] };
  const lies: readonly (readonly [what: string, map: [number, number][], says: RegExp])[] = [
    [
      'are not in order',
      [
        [2000, 300],
        [0, 512],
      ],
      /pieces are not in order/,
    ],
    [
      'overlap',
      [
        [0, 512],
        [400, 300],
      ],
      /pieces are not in order/,
    ],
    [
      'lie behind its end',
      [
        [0, 512],
        [3900, 300],
      ],
      /a piece behind its end/,
    ],
    [
      'are more than is stored',
      [
        [0, 512],
        [2000, 301],
      ],
      /812 bytes stored, of which its map names 813/,
    ],
    ['are less than is stored', [[0, 512]], /812 bytes stored, of which its map names 512/],
  ];
  it.each(lies)('is refused when its pieces %s', async (_what, map, says) => {
    await expect(readAll(tar([sparseMember(good, format, map)]))).rejects.toThrow(says);
  });

  it('is refused when its holes are larger than anything that is meant', async () => {
    const huge = { ...good, size: 10 ** 15 };
    await expect(readAll(tar([sparseMember(huge, format)]))).rejects.toThrow(
      'x.tar has sparse files with more than 64 GiB of holes',
    );
  });
});

function piece(offset: number, size: number) {
  return { offset, content: noise(`${offset}`, size) };
}

describe('sparse files', () => {
  const paxEntry = (
    records: Readonly<Record<string, string>>,
    type = '0',
    content: Buffer = Buffer.alloc(512, '1\n'),
  ) => ({
    name: 'tool',
    blocks: Buffer.concat([
      ...extra(
        'PaxHeaders/x',
        'x',
        Buffer.from(
          Object.entries(records)
            .map(([key, value]) => paxRecord(key, value))
            .join(''),
        ),
      ),
      header('tool', content.length, type),
      content,
    ]),
  });
  const version = { 'GNU.sparse.major': '1', 'GNU.sparse.minor': '0', 'GNU.sparse.realsize': '1' };

  it('are refused when the holes of all of them are too many', async () => {
    const file = { name: 'tool', size: 30 * 1024 ** 3, pieces: [] };
    const members = Array.from({ length: 3 }, () => sparseMember(file, 'gnu'));
    const skipped = async () => {
      for await (const _ of readTar(chunked(tar(members), 4096), 'x.tar'));
    };
    await expect(skipped()).rejects.toThrow('more than 64 GiB of holes');
  });

  it.each<[what: string, member: TarMember, says: RegExp]>([
    ['a format that is not known', paxEntry({ ...version, 'GNU.sparse.major': '2' }), /GNU\.sparse\.major=2/],
    [
      'a real size without a map, as star writes it',
      paxEntry({ 'SCHILY.realsize': '9000' }),
      /SCHILY\.realsize/,
    ],
    [
      'a size that is no number',
      paxEntry({ ...version, 'GNU.sparse.realsize': '-1' }),
      /"-1" where a number/,
    ],
    ['no size', paxEntry({ 'GNU.sparse.map': '0,512' }), /"" where a number/],
    ['half a piece', paxEntry({ 'GNU.sparse.size': '512', 'GNU.sparse.map': '0,512,600' }), /half a piece/],
    [
      'a map that ends nowhere',
      paxEntry(version, '0', Buffer.alloc(2 * MiB, '999999\n')),
      /more than 1048576 bytes/,
    ],
    [
      'a map that is larger than what is stored',
      paxEntry(version, '0', Buffer.from(`9999\n${'0\n'.repeat(253)}\n`)),
      /./,
    ],
    [
      'a map that is no text',
      paxEntry(version, '0', Buffer.alloc(512, 0xff)),
      /where a number of bytes should be/,
    ],
    [
      'a type that has no content',
      paxEntry(version, '5'),
      /a sparse file that is a link, a device or a folder/,
    ],
    [
      'a map out of its turn',
      paxEntry({ 'GNU.sparse.size': '1', 'GNU.sparse.numbytes': '1', 'GNU.sparse.offset': '1' }),
      /GNU\.sparse\.numbytes out of its turn/,
    ],
    [
      'type S of another tar',
      { name: 'tool', blocks: header('tool', 0, 'S') },
      /not stored as GNU tar does it/,
    ],
  ])('are refused with %s', async (_what, member, says) => {
    await expect(readAll(tar([member]))).rejects.toThrow(/^x\.tar /);
    await expect(readAll(tar([member]))).rejects.toThrow(says);
  });

  it('take no more memory than their map when they are skipped', async () => {
    const file = { name: 'tool', size: 60 * 1024 ** 3, pieces: [piece(7 * 1024 ** 3, 100)] };
    const names: string[] = [];
    for (const format of sparseFormats satisfies readonly SparseFormat[]) {
      const bytes = tar([sparseMember(file, format), { name: 'behind', content: 'x' }]);
      for await (const { name } of readTar(chunked(bytes, 1000), 'x.tar')) names.push(name);
    }
    expect(names).toEqual(sparseFormats.flatMap(() => ['tool', 'behind']));
  });
});
