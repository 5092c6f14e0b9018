import { parentPort } from 'node:worker_threads';
import { AlbaError, messageOf } from '../../errors.ts';
import type { AnyTask } from './task.ts';
import type { Ask, Message } from './threads.ts';

/** The other end of `Threads`: does what it is asked to, one thing after the other; a task is loaded when it is needed. */
export function serveTasks(tasks: readonly AnyTask[]): void {
  const tell = (message: Message<unknown, unknown>, transfer: readonly ArrayBuffer[] = []): void =>
    parentPort?.postMessage(message, transfer);
  const answer = async ({ task, input }: Ask<never>): Promise<void> => {
    const known = tasks.find(({ name }) => name === task);
    if (!known) throw new Error(`a thread knows no task ${task}`);
    const work = await known.load();
    const { output, transfer } = await work(input, (news) => tell({ kind: 'news', news }));
    tell({ kind: 'done', output }, transfer);
  };
  parentPort?.on('message', (ask: Ask<never>) => {
    answer(ask).catch((cause: unknown) =>
      tell({
        kind: 'failure',
        message: messageOf(cause),
        code: cause instanceof AlbaError ? cause.code : undefined,
      }),
    );
  });
}
