import type { Task } from './serve.ts';
import type { Threads } from './threads.ts';

/** Bytes to be worked on. */
interface Work {
  readonly buffer: ArrayBuffer;
  /** In bytes. */
  readonly length: number;
}

/** In bytes. A thread costs as much to start as it costs to compress a few MiB. */
const leastThreaded = 4 * 1024 * 1024;

/**
 * Does a task on one buffer after the other: in threads if some are there already or there is enough to do, else
 * here. A buffer is gone until it comes back with the result.
 */
export function aside<Input extends Work, Output>(
  threads: Threads | undefined,
  name: string,
  task: Task,
): (input: Input) => Promise<Output> {
  let total = 0;
  return async (input) => {
    total += input.length;
    if (threads && (threads.areThere || total >= leastThreaded)) {
      return (await threads.run({ task: name, input, transfer: [input.buffer] })) as Output;
    }
    return (await task(input, () => {})).output as Output;
  };
}
