import { type PipeMemory, PipeWriter } from './shared-pipe.ts';
import type { Task } from './task.ts';
import type { Threads } from './threads.ts';

/** Work on bytes that come through a pipe: `ready` is told before the first is read. */
export type FedTask<Input, Output> = Task<Input & Fed, Output, 'ready'>;

/** What such work gets besides its input. */
export interface Fed {
  readonly memory: PipeMemory;
}

/**
 * Chunks of a source, which a thread is given, too; they are asked for when it is ready. Returns what the thread's work came to, at the end
 * of the source; throws what either throws. Once the signal is aborted the thread gets no more.
 */
export async function* feed<Input, Output>(
  threads: Threads,
  task: FedTask<Input, Output>,
  input: Input,
  open: () => AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array, Output, void> {
  const pipe = new PipeWriter();
  let begin = (): void => {};
  const ready = new Promise<void>((resolve) => {
    begin = resolve;
  });
  const work = threads.run(
    task,
    { ...input, memory: pipe.memory },
    { onNews: begin, ...(signal && { signal }) },
  );
  let isDone = false;
  const ended = work.then(
    () => undefined,
    () => undefined,
  );
  const close = ended.then(() => {
    isDone = true;
    pipe.end(true);
    begin();
  });
  const stop = (): void => pipe.end(false);
  signal?.addEventListener('abort', stop);
  try {
    await ready;
    if (isDone) return await work;
    for await (const chunk of open()) {
      await pipe.write(chunk);
      // Work that is done before the end has failed, unless it needs no more.
      if (isDone) await work;
      yield chunk;
    }
    pipe.end(true);
    return await work;
  } finally {
    signal?.removeEventListener('abort', stop);
    pipe.end(false);
    await close;
  }
}
