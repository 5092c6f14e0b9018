import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { expect, it, vi } from 'vitest';
import { aside } from '../../../src/concurrency/threads/in-thread.ts';
import { Threads } from '../../../src/concurrency/threads/threads.ts';
import { AlbaError } from '../../../src/errors.ts';

const program = fileURLToPath(new URL('program.ts', import.meta.url));

it('do one job after the other, and start when they are needed', async () => {
  await using threads = new Threads(program, 2);
  expect(threads.areThere).toBe(false);
  const count = () => threads.run({ task: 'count', input: undefined });
  expect(await count()).toBe(1);
  expect(threads.areThere).toBe(true);
  expect(await count()).toBe(2);
  expect((await Promise.all([count(), count(), count(), count()])).length).toBe(4);
});

it('take buffers over and give them back, and tell how far they are', async () => {
  await using threads = new Threads(program, 1);
  const buffer = Uint8Array.of(21).buffer;
  const news: unknown[] = [];
  const job = {
    task: 'double',
    input: { buffer },
    transfer: [buffer],
    onNews: (text: unknown) => news.push(text),
  };
  const done = threads.run(job);
  const output = (await done) as { buffer: ArrayBuffer };
  expect([...new Uint8Array(output.buffer)]).toEqual([42]);
  expect(buffer.byteLength).toBe(0);
  expect(news).toEqual(['begun']);
});

it('begin anew after a last job', async () => {
  await using threads = new Threads(program, 1);
  expect(await threads.run({ task: 'count', input: undefined, isLast: true })).toBe(1);
  expect(threads.areThere).toBe(false);
  expect(await threads.run({ task: 'count', input: undefined })).toBe(1);
});

it('hand on what went wrong, and go on', async () => {
  await using threads = new Threads(program, 1);
  const run = (task: string) => threads.run({ task, input: undefined });
  const refused = await run('refuse').catch((failure: unknown) => failure);
  expect(refused).toBeInstanceOf(AlbaError);
  expect(refused).toMatchObject({ code: 'source', message: 'this is no archive' });
  await expect(run('break')).rejects.toThrow('a bug');
  await expect(run('nothing')).rejects.toThrow('a thread knows no task nothing');
  await expect(run('die')).rejects.toThrow('a thread ended while it was to die: 3');
  await expect(run('throw')).rejects.toThrow('out of the blue');
  expect(await run('count')).toBe(1);
});

it('end with all that was still to be done', async () => {
  const threads = new Threads(program, 1);
  const counts = [1, 2, 3].map(() => threads.run({ task: 'count', input: undefined }));
  const settled = Promise.allSettled(counts);
  await setImmediate();
  expect(threads.areThere).toBe(true);
  await threads[Symbol.asyncDispose]();
  expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(threads.areThere).toBe(false);
});

it('are replaced when they die while nobody asks', async () => {
  await using threads = new Threads(program, 1);
  expect(await threads.run({ task: 'die when told', input: undefined })).toBe('well');
  const channel = new BroadcastChannel('die');
  channel.postMessage(undefined);
  await vi.waitUntil(() => !threads.areThere);
  channel.close();
  expect(await threads.run({ task: 'count', input: undefined })).toBe(1);
});

it('are left alone while there is little to do', async () => {
  await using threads = new Threads(program, 1);
  const double = aside<{ buffer: ArrayBuffer; length: number }, string>(threads, 'double', async () => ({
    output: 'here',
  }));
  const work = (length: number) => double({ buffer: new ArrayBuffer(8), length });
  expect(await work(4 * 1024 * 1024 - 1)).toBe('here');
  expect(threads.areThere).toBe(false);
  expect(await work(1)).toMatchObject({ buffer: expect.any(ArrayBuffer) });
  expect(threads.areThere).toBe(true);
});
