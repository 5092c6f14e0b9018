import { once } from '../once.ts';
import type { Task } from './task.ts';
import type { Threads } from './threads.ts';

/** Bytes to be worked on. */
interface Bytes {
  readonly buffer: ArrayBuffer;
  /** In bytes. */
  readonly length: number;
}

/** In bytes. A thread costs as much to start as it costs to compress a few MiB. */
const leastThreaded = 4 * 1024 * 1024;

/** Starts threads where so many bytes to come are enough for them, while these are still looked for. */
export function expectBytes(threads: Threads | undefined, bytes: number): void {
  if (bytes >= leastThreaded) threads?.start();
}

/**
 * Does a task on one buffer after the other: in threads if some are there already or there is enough to do, else
 * here. A buffer is gone until it comes back with the result.
 */
export function inThread<Input extends Bytes, Output>(
  threads: Threads | undefined,
  task: Task<Input, Output>,
): (input: Input) => Promise<Output> {
  const load = once(task.load);
  let total = 0;
  return async (input) => {
    total += input.length;
    if (threads && (threads.areThere || total >= leastThreaded)) {
      return threads.run(task, input, { transfer: [input.buffer] });
    }
    const work = await load();
    return (await work(input, () => {})).output;
  };
}
