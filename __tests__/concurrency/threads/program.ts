import process from 'node:process';
import { BroadcastChannel, isMainThread } from 'node:worker_threads';
import { serveTasks } from '../../../src/concurrency/threads/serve.ts';
import { AlbaError } from '../../../src/errors.ts';

/** What the threads of these tests begin with. */
if (!isMainThread) {
  let jobs = 0;
  serveTasks({
    count: async () => async () => ({ output: ++jobs }),
    double: async () => async (input, tell) => {
      const { buffer } = input as { buffer: ArrayBuffer };
      tell('begun');
      new Uint8Array(buffer)[0] = (new Uint8Array(buffer)[0] ?? 0) * 2;
      return { output: { buffer }, transfer: [buffer] };
    },
    refuse: async () => async () => {
      throw new AlbaError('source', 'this is no archive');
    },
    break: async () => async () => {
      throw new TypeError('a bug');
    },
    'die when told': async () => async () => {
      new BroadcastChannel('die').onmessage = () => {
        throw new Error('while idle');
      };
      return { output: 'well' };
    },
    die: async () => async () => process.exit(3),
    throw: async () => async () => {
      setImmediate(() => {
        throw new Error('out of the blue');
      });
      return new Promise(() => {});
    },
  });
}
