import { describe, expect, it } from 'vitest';
import { readTar } from '../../src/content/tar/read-tar.ts';
import { noise } from '../fixtures/image.ts';
import { type TarMember, tar } from '../fixtures/tar.ts';

const long = `${'très-long/'.repeat(12)}größe.bin`;
const members: TarMember[] = [
  { name: 'folder/' },
  { name: 'folder/a', content: noise('a', 600) },
  { name: 'empty', content: '' },
  { name: long, content: 'héllo' },
  { name: 'hard', link: long },
  { name: 'soft', symlink: 'folder/a' },
];

async function* chunked(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(bytes: Buffer, size = 64 * 1024) {
  const entries = [];
  for await (const { body, ...entry } of readTar(chunked(bytes, size), 'x.tar')) {
    const content: Buffer[] = [];
    for await (const chunk of body) content.push(chunk);
    entries.push({ ...entry, content: Buffer.concat(content) });
  }
  return entries;
}

describe.each(['pax', 'gnu'] as const)('readTar with %s long names', (longNames) => {
  const bytes = tar(members, { longNames });

  it.each([1, 7, 512, 1000, 1 << 20])('reads entries and links in chunks of %i bytes', async (size) => {
    const entries = await read(bytes, size);
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
    for (const { offset, size, content } of await read(bytes)) {
      expect(bytes.subarray(offset, offset + size)).toEqual(content);
    }
  });

  it('fails at every byte where it is cut, up to the end of the first block of zeros', async () => {
    const whole = bytes.length - 512;
    for (let end = 0; end < whole; end++) {
      await expect(read(bytes.subarray(0, end)), `cut at ${end}`).rejects.toThrow(
        /^x\.tar is (truncated|not a tar)/,
      );
    }
    for (const end of [whole, whole + 1, whole + 511]) {
      expect(await read(bytes.subarray(0, end)), `cut at ${end}`).toHaveLength(members.length);
    }
  });
});

describe('readTar', () => {
  it('takes the padding of GNU tar and Python', async () => {
    const bytes = tar(members, { record: 10240 });
    expect(bytes.length).toBe(10240);
    expect(await read(bytes)).toHaveLength(members.length);
  });

  it('fails without an end-of-archive marker', async () => {
    const bytes = tar(members);
    for (const missing of [513, 1000, 1024]) {
      await expect(read(bytes.subarray(0, bytes.length - missing))).rejects.toThrow('end-of-archive marker');
    }
  });

  it('names the byte where a header is damaged', async () => {
    const bytes = tar([{ name: 'a', content: 'a' }, { name: 'b' }]);
    bytes[1024 + 5] = 0xff;
    await expect(read(bytes)).rejects.toThrow('x.tar is damaged: no valid tar header at byte 1024');
  });

  it.each(['', 'hello', 'x'.repeat(4000)])('refuses what is no tar', async (text) => {
    await expect(read(Buffer.from(text))).rejects.toThrow(/x\.tar is (not a tar|truncated)/);
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
