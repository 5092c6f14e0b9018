import { expect, it } from 'vitest';
import { blockDeflater } from '../../src/compression/gzip/deflate-task.ts';
import { gzipParallel } from '../../src/compression/gzip/gzip-parallel.ts';
import { readFleeting, readWaiting } from '../../src/content/read-fleeting.ts';
import { randomNumbers, sampleBytes } from '../compression/samples.ts';
import { useTemporary } from '../fixtures/temporary.ts';

const temporary = useTemporary();
const random = randomNumbers(1);
const block = sampleBytes(2, 1024 * 1024);
/** Pieces that differ. */
const content = Buffer.concat(Array.from({ length: 9 }, () => Buffer.from(block).fill(random(256), 0, 1000)));

/** Looks at each chunk again when two more were given, just before a third is asked for. */
async function assertLasting(chunks: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const given: { chunk: Uint8Array; copy: Buffer }[] = [];
  for await (const chunk of chunks) {
    given.push({ chunk, copy: Buffer.from(chunk) });
    const old = given.at(-3);
    if (old) expect(old.copy.equals(old.chunk)).toBe(true);
  }
  expect(given.length).toBeGreaterThan(8);
  return Buffer.concat(given.map(({ copy }) => copy));
}

it.each([
  ['while something else goes on', readFleeting],
  ['waiting', readWaiting],
])('a chunk of a file that is read %s is good until three more were asked for', async (_, read) => {
  const path = await temporary.write('content', content);
  expect((await assertLasting(read(path))).equals(content)).toBe(true);
});

it('so is a chunk of gzip', async () => {
  const source = async function* () {
    yield content;
  };
  const deflate = blockDeflater(undefined);
  await assertLasting(gzipParallel(source(), { level: 1, concurrency: 2, deflate }));
});
