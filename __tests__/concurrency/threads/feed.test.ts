import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { feed } from '../../../src/concurrency/threads/feed.ts';
import { Threads } from '../../../src/concurrency/threads/threads.ts';
import { randomNumbers } from '../../compression/samples.ts';
import { addUp } from './tasks.ts';

const program = fileURLToPath(new URL('program.ts', import.meta.url));

/** Chunks of random sizes, some of them larger than a pipe, all of ones. */
function ones(count: number, most: number): { readonly chunks: Uint8Array[]; readonly size: number } {
  const random = randomNumbers(count);
  const chunks = Array.from({ length: count }, () => new Uint8Array(random(most)).fill(1));
  return { chunks, size: chunks.reduce((all, { length }) => all + length, 0) };
}

async function* given(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array, void, void> {
  yield* chunks;
}

/** All that comes, and what it returns. */
async function drain<T>(fed: AsyncGenerator<Uint8Array, T, void>): Promise<{ size: number; output: T }> {
  for (let size = 0; ; ) {
    const { done, value } = await fed.next();
    if (done) return { size, output: value };
    size += value.length;
  }
}

describe('threads that are fed', () => {
  it('get the bytes that who asks gets', async () => {
    await using threads = new Threads(program, 2);
    for (const { chunks, size } of [ones(0, 1), ones(200, 1000), ones(60, 200_000), ones(3, 5_000_000)]) {
      const fed = feed(threads, addUp, {}, () => given(chunks));
      expect(await drain(fed)).toEqual({ size, output: [size, size] });
    }
  });

  it('are more than there are of, and each source is asked when its turn has come', async () => {
    await using threads = new Threads(program, 2);
    const { chunks, size } = ones(40, 200_000);
    const all = Array.from({ length: 7 }, () => drain(feed(threads, addUp, {}, () => given(chunks))));
    for (const { output } of await Promise.all(all)) expect(output).toEqual([size, size]);
  });

  it('end the reading with what they throw, however much is left', async () => {
    await using threads = new Threads(program, 1);
    const { chunks } = ones(60, 500_000);
    const fed = feed(threads, addUp, { most: 10, refuses: true }, () => given(chunks));
    await expect(drain(fed)).rejects.toMatchObject({ code: 'source', message: 'no more of this' });
    expect((await drain(feed(threads, addUp, {}, () => given([])))).output).toEqual([0, 0]);
  });

  it('may need no more than a part, and all of it comes through', async () => {
    await using threads = new Threads(program, 1);
    const { chunks, size } = ones(60, 500_000);
    const { size: came, output } = await drain(feed(threads, addUp, { most: 1 }, () => given(chunks)));
    expect(came).toBe(size);
    expect(output[0]).toBeLessThan(size);
  });

  it('hear of a source that breaks, whose error it is that is thrown, and work on', async () => {
    await using threads = new Threads(program, 1);
    const broken = async function* (): AsyncGenerator<Uint8Array, void, void> {
      yield Uint8Array.of(1, 2);
      throw new Error('the line is down');
    };
    await expect(drain(feed(threads, addUp, {}, broken))).rejects.toThrow('the line is down');
    expect((await drain(feed(threads, addUp, {}, () => given([Uint8Array.of(3)])))).output).toEqual([1, 3]);
  });

  it('are free again where who asks goes away', async () => {
    await using threads = new Threads(program, 1);
    const { chunks } = ones(60, 500_000);
    for await (const chunk of feed(threads, addUp, {}, () => given(chunks))) if (chunk.length > 0) break;
    expect((await drain(feed(threads, addUp, {}, () => given([Uint8Array.of(3)])))).output).toEqual([1, 3]);
  });

  it('fail where threads are over', async () => {
    const threads = new Threads(program, 1);
    await threads[Symbol.asyncDispose]();
    await expect(drain(feed(threads, addUp, {}, () => given([])))).rejects.toThrow('the threads ended');
  });
});
