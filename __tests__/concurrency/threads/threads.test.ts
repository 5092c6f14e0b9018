import { setImmediate } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { BroadcastChannel } from 'node:worker_threads';
import { describe, expect, it, vi } from 'vitest';
import { inThread } from '../../../src/concurrency/threads/in-thread.ts';
import type { Task } from '../../../src/concurrency/threads/task.ts';
import { Threads } from '../../../src/concurrency/threads/threads.ts';
import { AlbaError } from '../../../src/errors.ts';
import { breakDown, count, die, dieWhenTold, double, refuse, sum, throwLater, unknown } from './tasks.ts';

const program = fileURLToPath(new URL('program.ts', import.meta.url));

describe('threads', () => {
  it('do one task after the other, and start when they are needed', async () => {
    await using threads = new Threads(program, 2);
    expect(threads.areThere).toBe(false);
    const counted = () => threads.run(count, undefined);
    expect(await counted()).toBe(1);
    expect(threads.areThere).toBe(true);
    expect(await counted()).toBe(2);
    expect((await Promise.all([counted(), counted(), counted(), counted()])).length).toBe(4);
  });

  it('are there before they are needed where they are told to start', async () => {
    await using threads = new Threads(program, 2);
    threads.start();
    threads.start();
    expect(threads.areThere).toBe(true);
    expect(await Promise.all([threads.run(count, undefined), threads.run(count, undefined)])).toEqual([1, 1]);
  });

  it('take buffers over and give them back', async () => {
    await using threads = new Threads(program, 1);
    const buffer = Uint8Array.of(21).buffer;
    const output = await threads.run(double, { buffer, length: 1 }, { transfer: [buffer] });
    expect([...new Uint8Array(output.buffer)]).toEqual([42]);
    expect(buffer.byteLength).toBe(0);
  });

  it('tell how far they are', async () => {
    await using threads = new Threads(program, 1);
    const news: number[] = [];
    expect(await threads.run(sum, 4, { onNews: (number) => news.push(number) })).toBe(10);
    expect(news).toEqual([1, 2, 3, 4]);
  });

  it('begin anew after a last task', async () => {
    await using threads = new Threads(program, 1);
    expect(await threads.run(count, undefined, { isLast: true })).toBe(1);
    expect(threads.areThere).toBe(false);
    expect(await threads.run(count, undefined)).toBe(1);
  });

  it('hand on what went wrong, and go on', async () => {
    await using threads = new Threads(program, 1);
    const run = (task: Task<void, never>) => threads.run(task, undefined);
    const refused = await run(refuse).catch((failure: unknown) => failure);
    expect(refused).toBeInstanceOf(AlbaError);
    expect(refused).toMatchObject({ code: 'source', message: 'this is no archive' });
    await expect(run(breakDown)).rejects.toThrow('a bug');
    await expect(run(unknown)).rejects.toThrow('a thread knows no task nothing');
    await expect(run(die)).rejects.toThrow('a thread ended while it was to die: 3');
    await expect(run(throwLater)).rejects.toThrow('out of the blue');
    expect(await threads.run(count, undefined)).toBe(1);
  });

  it('end with all that was still to be done', async () => {
    const threads = new Threads(program, 1);
    const counts = [1, 2, 3].map(() => threads.run(count, undefined));
    const settled = Promise.allSettled(counts);
    await setImmediate();
    expect(threads.areThere).toBe(true);
    await threads[Symbol.asyncDispose]();
    expect((await settled).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(threads.areThere).toBe(false);
  });

  it('are replaced when they die while nobody asks', async () => {
    await using threads = new Threads(program, 1);
    expect(await threads.run(dieWhenTold, undefined)).toBe('well');
    const channel = new BroadcastChannel('die');
    channel.postMessage(undefined);
    await vi.waitUntil(() => !threads.areThere);
    channel.close();
    expect(await threads.run(count, undefined)).toBe(1);
  });

  it('are left alone while there is little to do', async () => {
    await using threads = new Threads(program, 1);
    const work = inThread(threads, double);
    const few = { buffer: Uint8Array.of(1).buffer, length: 4 * 1024 * 1024 - 1 };
    expect(new Uint8Array((await work(few)).buffer)[0]).toBe(2);
    expect(few.buffer.byteLength).toBe(1);
    expect(threads.areThere).toBe(false);
    const enough = { buffer: Uint8Array.of(2).buffer, length: 1 };
    expect(new Uint8Array((await work(enough)).buffer)[0]).toBe(4);
    expect(enough.buffer.byteLength).toBe(0);
    expect(threads.areThere).toBe(true);
  });
});
