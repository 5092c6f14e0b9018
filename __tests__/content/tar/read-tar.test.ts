import { describe, expect, it } from 'vitest';
import { readTar } from '../../../src/content/tar/read-tar.ts';
import { noise } from '../../fixtures/image.ts';
import { extra, header, paxRecord, type TarMember, tar } from '../../fixtures/tar.ts';
import { asV7 } from '../../fixtures/v7.ts';
import { chunked, readAll } from './read.ts';

const long = `${'très-long/'.repeat(12)}größe.bin`;
const members: TarMember[] = [
  { name: 'folder/' },
  { name: 'folder/a', content: noise('a', 600) },
  { name: 'empty', content: '' },
  { name: long, content: 'héllo' },
  { name: 'hard', link: long },
  { name: 'soft', symlink: 'folder/a' },
];

describe.each(['pax', 'gnu'] as const)('readTar with %s long names', (longNames) => {
  const bytes = tar(members, { longNames });

  it.each([1, 7, 512, 1000, 1 << 20])('reads entries and links in chunks of %i bytes', async (size) => {
    const entries = await readAll(bytes, { size });
    expect(entries.map(({ name, type, linkname }) => ({ name, type, linkname }))).toEqual([
      { name: 'folder/', type: 'directory', linkname: undefined },
      { name: 'folder/a', type: 'file', linkname: undefined },
      { name: 'empty', type: 'file', linkname: undefined },
      { name: long, type: 'file', linkname: undefined },
      { name: 'hard', type: 'link', linkname: long },
      { name: 'soft', type: 'symlink', linkname: 'folder/a' },
    ]);
    expect(entries[1]?.content).toEqual(noise('a', 600));
    expect(entries[3]?.content).toEqual(Buffer.from('héllo'));
  });

  it('tells where the content of each entry lies', async () => {
    for (const { offset, size, content } of await readAll(bytes)) {
      expect(bytes.subarray(offset, offset + size)).toEqual(content);
    }
  });

  it('fails at every byte where it is cut, up to the end of the first block of zeros', async () => {
    const whole = bytes.length - 512;
    for (let end = 0; end < whole; end++) {
      await expect(readAll(bytes.subarray(0, end)), `cut at ${end}`).rejects.toThrow(
        /^x\.tar is (truncated|not a tar)/,
      );
    }
    for (const end of [whole, whole + 1, whole + 511]) {
      expect(await readAll(bytes.subarray(0, end)), `cut at ${end}`).toHaveLength(members.length);
    }
  });
});

it('reads a folder of a tar from before ustar, which had no type for it, as one', async () => {
  const found = await readAll(
    asV7(
      tar([
        { name: 'a/', type: '\0' },
        { name: 'a/b', content: 'x' },
      ]),
    ),
  );
  expect(found.map(({ name, type }) => [name, type])).toEqual([
    ['a/', 'directory'],
    ['a/b', 'file'],
  ]);
});

describe('readTar', () => {
  it('takes the padding of GNU tar and Python', async () => {
    const bytes = tar(members, { record: 10240 });
    expect(bytes.length).toBe(10240);
    expect(await readAll(bytes)).toHaveLength(members.length);
  });

  it('fails without an end-of-archive marker', async () => {
    const bytes = tar(members);
    for (const missing of [513, 1000, 1024]) {
      await expect(readAll(bytes.subarray(0, bytes.length - missing))).rejects.toThrow(
        'end-of-archive marker',
      );
    }
  });

  it.each<[what: string, end: Buffer]>([
    ['zeros of odd length', Buffer.alloc(1500)],
    ['zeros that end inside the second block', Buffer.alloc(700)],
    ['one block of zeros', Buffer.alloc(512)],
    ['a text behind its end', Buffer.concat([Buffer.alloc(1024), Buffer.from('trailing\n'.repeat(300))])],
    ['a text behind zeros', Buffer.concat([Buffer.alloc(9000), Buffer.from('ustar, but no header')])],
  ])('takes %s, as Go does', async (_what, end) => {
    for (const size of [1, 500, 1 << 20]) {
      const entries = await readAll(tar(members, { end }), { size });
      expect(entries.map(({ name }) => name)).toEqual(members.map(({ name }) => name));
    }
  });

  it('takes no end-of-archive marker at all where something else proves that it is whole', async () => {
    const bytes = tar(members, { end: Buffer.alloc(0) });
    expect(await readAll(bytes, { isProvenWhole: true })).toHaveLength(members.length);
    expect(await readAll(Buffer.alloc(0), { isProvenWhole: true })).toEqual([]);
    const inside = readAll(bytes.subarray(0, 1500), { isProvenWhole: true });
    await expect(inside).rejects.toThrow('x.tar is truncated: it ends at byte 1500, inside an entry');
  });

  it('fails when something follows a single block of zeros', async () => {
    for (const more of [tar(members), Buffer.alloc(512, 'text')]) {
      const bytes = tar(members, { end: Buffer.concat([Buffer.alloc(512), more]) });
      await expect(readAll(bytes)).rejects.toThrow('something behind a single block of zeros');
    }
  });

  it.each([0, 1, 700, 512 * 20])(
    'names the byte where another tar begins, %i bytes behind the end',
    async (gap) => {
      const first = tar(members);
      const bytes = Buffer.concat([first, Buffer.alloc(gap), tar(members)]);
      for (const size of [100, 512, 1 << 20]) {
        await expect(readAll(bytes, { size })).rejects.toThrow(
          `x.tar holds another tar behind its end, at byte ${first.length + gap}`,
        );
        expect(await readAll(bytes, { size, isBehindIgnored: true })).toHaveLength(members.length);
      }
    },
  );

  it.each(['1', '2', '3', '4', '5', '6'])('takes no content for the size of type %s', async (type) => {
    const bare = { name: 'bare', blocks: header('bare', 3000, type, 'folder/a') };
    const entries = await readAll(tar([bare, { name: 'behind', content: 'behind' }]));
    expect(entries.map(({ name, size, content }) => [name, size, `${content}`])).toEqual([
      ['bare', 0, ''],
      ['behind', 6, 'behind'],
    ]);
  });

  it('takes size, name and link from an extended header, and nothing from one for all entries', async () => {
    const records = (...lines: readonly string[]) => Buffer.from(lines.join(''));
    const local = records(paxRecord('path', 'größe'), paxRecord('size', 5), paxRecord('linkpath', 'ziel'));
    const global = records(paxRecord('path', 'never'), paxRecord('size', 9), paxRecord('comment', 'x'));
    const blocks = Buffer.concat([
      ...extra('pax_global_header', 'g', global),
      ...extra('PaxHeaders/x', 'x', local),
      header('short', 0, '0'),
      Buffer.alloc(512, 'hello'),
    ]);
    const [found, behind] = await readAll(tar([{ name: '', blocks }, { name: 'behind' }]));
    expect(found).toMatchObject({ name: 'größe', size: 5, linkname: 'ziel', content: Buffer.from('hello') });
    expect(behind).toMatchObject({ name: 'behind', size: 0 });
  });

  it.each(['L', 'K'])('takes nothing from a long name of type %s that is empty', async (type) => {
    const blocks = Buffer.concat(extra('././@LongLink', type, Buffer.alloc(0)));
    const bytes = tar([{ name: '', blocks }, ...members]);
    const found = await readAll(bytes);
    expect(found.map(({ name }) => name)).toEqual(members.map(({ name }) => name));
    for (const { offset, size, content } of found) {
      expect(bytes.subarray(offset, offset + size)).toEqual(content);
    }
  });

  it.each([3, 0, 700])('passes over the old long names of GNU tar, of %i bytes', async (size) => {
    const blocks = Buffer.concat(extra('old', 'N', Buffer.alloc(size, 'x')));
    const found = await readAll(tar([{ name: '', blocks }, ...members]));
    expect(found.map(({ name }) => name)).toEqual(members.map(({ name }) => name));
  });

  it.each([
    [
      'an extended header of a wrong length',
      extra('x', 'x', Buffer.from('99 path=a\n')),
      'a record of the wrong length',
    ],
    ['an extended header without a key', extra('x', 'x', Buffer.from('6 =ab\n')), 'a record without a key'],
    [
      'an extended header of a size',
      [header('x', 2 ** 21, 'x')],
      'an extended header of more than 1048576 bytes',
    ],
    ['a long name of a size', [header('x', 2 ** 21, 'L')], 'an extended header of more than 1048576 bytes'],
    [
      'a size that is none',
      extra('x', 'x', Buffer.from(paxRecord('size', '1e3'))),
      '"1e3" where a number of bytes',
    ],
  ])('refuses %s', async (_what, blocks, says) => {
    const member = { name: '', blocks: Buffer.concat(blocks) };
    await expect(readAll(tar([member, { name: 'behind' }]))).rejects.toThrow(`x.tar is damaged: ${says}`);
  });

  it('reads sizes in base 256, checksums of signed bytes, and headers of the tar before ustar', async () => {
    const content = Buffer.alloc(1024, 'x');
    const binary = header('binary', 0, '0', '', 0o644, (block) => {
      block.fill(0, 124, 136).writeUInt32BE(content.length, 132);
      block[124] = 0x80;
    });
    const old = header('größe', content.length, '\0', '', 0o644, (block) => block.fill(0, 257, 265));
    const bytes = Buffer.from(old);
    const signed = bytes.reduce(
      (sum, byte, at) => sum + (at >= 148 && at < 156 ? 32 : (byte << 24) >> 24),
      0,
    );
    bytes.write(`${signed.toString(8).padStart(6, '0')}\0 `, 148);
    const blocks = [binary, content, old, content, bytes, content];
    const entries = await readAll(tar([{ name: '', blocks: Buffer.concat(blocks) }]));
    expect(entries.map(({ name, size, content }) => [name, size, content.length])).toEqual([
      ['binary', 1024, 1024],
      ['größe', 1024, 1024],
      ['größe', 1024, 1024],
    ]);
  });

  it('names the byte where a header is damaged', async () => {
    const bytes = tar([{ name: 'a', content: 'a' }, { name: 'b' }]);
    bytes[1024 + 5] = 0xff;
    await expect(readAll(bytes)).rejects.toThrow('x.tar is damaged: no valid tar header at byte 1024');
  });

  it.each(['', 'hello', 'x'.repeat(4000)])('refuses what is no tar', async (text) => {
    await expect(readAll(Buffer.from(text))).rejects.toThrow(/x\.tar is (not a tar|truncated)/);
  });

  it('goes on after a body that was not read to its end', async () => {
    const names: string[] = [];
    for await (const { name, body } of readTar(chunked(tar(members), 100), 'x.tar')) {
      names.push(name);
      for await (const _ of body) break;
    }
    expect(names).toEqual(members.map(({ name }) => name));
  });

  it('lets go of its input when it is left early', async () => {
    let isClosed = false;
    async function* input() {
      try {
        yield* chunked(tar(members), 100);
      } finally {
        isClosed = true;
      }
    }
    for await (const _ of readTar(input(), 'x.tar')) break;
    expect(isClosed).toBe(true);
  });

  it('throws an error of its input as it is', async () => {
    const failure = new Error('disk on fire');
    async function* input() {
      yield tar(members).subarray(0, 1200);
      throw failure;
    }
    const reading = async () => {
      for await (const { body } of readTar(input(), 'x.tar')) for await (const _ of body);
    };
    await expect(reading()).rejects.toBe(failure);
  });
});
