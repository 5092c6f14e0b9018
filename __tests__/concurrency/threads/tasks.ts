import process from 'node:process';
import { BroadcastChannel } from 'node:worker_threads';
import type { FedTask } from '../../../src/concurrency/threads/feed.ts';
import { readPipe } from '../../../src/concurrency/threads/shared-pipe.ts';
import { task } from '../../../src/concurrency/threads/task.ts';
import { AlbaError } from '../../../src/errors.ts';

/** A buffer whose first byte is to be doubled. */
export interface Bytes {
  readonly buffer: ArrayBuffer;
  readonly length: number;
}

let jobs = 0;

/** How many tasks of its kind the thread has done, this one included. */
export const count = task<void, number>('count', async () => async () => ({ output: ++jobs }));

export const double = task<Bytes, Bytes>('double', async () => async (input) => {
  const bytes = new Uint8Array(input.buffer);
  bytes[0] = (bytes[0] ?? 0) * 2;
  return { output: input, transfer: [input.buffer] };
});

/** Tells each number up to one, and gives their sum. */
export const sum = task<number, number, number>('sum', async () => async (last, tell) => {
  let output = 0;
  for (let number = 1; number <= last; number += 1) {
    output += number;
    tell(number);
  }
  return { output };
});

export const refuse = task<void, never>('refuse', async () => async () => {
  throw new AlbaError('source', 'this is no archive');
});

export const breakDown = task<void, never>('break', async () => async () => {
  throw new TypeError('a bug');
});

export const dieWhenTold = task<void, string>('die when told', async () => async () => {
  new BroadcastChannel('die').onmessage = () => {
    throw new Error('while idle');
  };
  return { output: 'well' };
});

export const die = task<void, never>('die', async () => async () => process.exit(3));

export const throwLater = task<void, never>('throw', async () => async () => {
  setImmediate(() => {
    throw new Error('out of the blue');
  });
  return new Promise(() => {});
});

/** How many bytes come, and the sum of them; or after so many of them a refusal, or a result that needs no more. */
export const addUp: FedTask<{ readonly most?: number; readonly refuses?: boolean }, number[]> = task(
  'add up',
  async () =>
    async ({ memory, most = Number.POSITIVE_INFINITY, refuses }, tell) => {
      tell('ready');
      let [size, total] = [0, 0];
      for await (const chunk of readPipe(memory)) {
        for (const byte of chunk) total += byte;
        size += chunk.length;
        if (size < most) continue;
        if (refuses) throw new AlbaError('source', 'no more of this');
        break;
      }
      return { output: [size, total] };
    },
);

/** Known here, and to no thread. */
export const unknown = task<void, never>('nothing', async () => async () => {
  throw new Error('done here');
});
