import { parentPort } from 'node:worker_threads';
import { AlbaError, messageOf } from '../../errors.ts';
import type { Message } from './threads.ts';

/** What a thread can do: with an input, and a way to tell something before it is done. */
export type Task = (input: unknown, tell: (news: unknown) => void) => Promise<Output>;

/** What a task comes to. */
export interface Output {
  readonly output: unknown;
  /** Buffers of the output that go to who asked, and are gone here. */
  readonly transfer?: readonly ArrayBuffer[];
}

/** The other end of {@link Threads}: does what it is asked to, one thing after the other; each task is loaded when it is needed. */
export function serveTasks(tasks: Readonly<Record<string, () => Promise<Task>>>): void {
  const tell = (message: Message, transfer: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, transfer);
  const work = async (name: string, input: unknown): Promise<void> => {
    const task = await tasks[name]?.();
    if (!task) throw new Error(`a thread knows no task ${name}`);
    const { output, transfer } = await task(input, (news) => tell({ kind: 'news', news }));
    tell({ kind: 'done', output }, transfer);
  };
  parentPort?.on('message', ({ task, input }: { task: string; input: unknown }) => {
    work(task, input).catch((cause: unknown) =>
      tell({
        kind: 'failure',
        message: messageOf(cause),
        code: cause instanceof AlbaError ? cause.code : undefined,
      }),
    );
  });
}
