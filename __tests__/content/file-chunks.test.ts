import { describe, expect, it } from 'vitest';
import { blockDeflater } from '../../src/compression/gzip/deflate-task.ts';
import { gzipParallel } from '../../src/compression/gzip/gzip-parallel.ts';
import { fileChunks, fileChunksWaiting } from '../../src/content/file-chunks.ts';
import { randomNumbers, sampleBytes } from '../compression/samples.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const random = randomNumbers(1);
const block = sampleBytes(2, 1024 * 1024);
/** Pieces that differ. */
const content = Buffer.concat(Array.from({ length: 9 }, () => Buffer.from(block).fill(random(256), 0, 1000)));

const gzip = () => {
  const source = async function* () {
    yield content;
  };
  return gzipParallel(source(), { level: 1, concurrency: 2, deflate: blockDeflater(undefined) });
};

describe.each([
  ['a file', fileChunks],
  ['a file that a thread waits for', fileChunksWaiting],
  ['gzip', gzip],
])('a chunk of %s', (_, open) => {
  it('never holds other bytes than those it was given with: it is empty once its buffer is used again', async () => {
    const given: { chunk: Uint8Array; copy: Buffer }[] = [];
    for await (const chunk of open(await temporary.write('content', content))) {
      given.push({ chunk, copy: Buffer.from(chunk) });
      for (const { chunk, copy } of given) expect(chunk.length === 0 || copy.equals(chunk)).toBe(true);
      expect(given.at(-1)?.chunk.length).toBeGreaterThan(0);
    }
    expect(given.length).toBeGreaterThan(8);
    expect(given.some(({ chunk }) => chunk.length === 0)).toBe(true);
  });
});

it('gives the bytes of a file, or some of them, however they are read', async () => {
  const path = await temporary.write('content', content);
  const read = async (chunks: AsyncIterable<Uint8Array>): Promise<Buffer> => {
    const copies: Buffer[] = [];
    for await (const chunk of chunks) copies.push(Buffer.from(chunk));
    return Buffer.concat(copies);
  };
  expect((await read(fileChunks(path))).equals(content)).toBe(true);
  expect((await read(fileChunksWaiting(path))).equals(content)).toBe(true);
  const range = { offset: 600_000, size: 1_200_000 };
  expect((await read(fileChunks(path, range))).equals(content.subarray(600_000, 1_800_000))).toBe(true);
  expect((await read(fileChunks(path, { offset: content.length - 5, size: 100 }))).length).toBe(5);
});

it('sets aside little for a small file, as many are open at once', async () => {
  const small = content.subarray(0, 300);
  const path = await temporary.write('small', small);
  for (const options of [{}, { size: 300 }]) {
    for await (const chunk of fileChunks(path, options)) {
      expect(small.equals(chunk)).toBe(true);
      expect(chunk.buffer.byteLength).toBeLessThanOrEqual(64 * 1024);
    }
  }
});
