import { Worker } from 'node:worker_threads';
import pLimit, { type LimitFunction } from 'p-limit';
import { AlbaError, type ErrorCode } from '../../errors.ts';
import type { Task } from './task.ts';

/** What a thread is asked to do: the task of this name. */
export interface Ask<Input> {
  readonly task: string;
  readonly input: Input;
}

/** What a thread says. */
export type Message<Output, News> =
  | { readonly kind: 'news'; readonly news: News }
  | { readonly kind: 'done'; readonly output: Output }
  | Failure;

interface Failure {
  readonly kind: 'failure';
  readonly message: string;
  readonly code: ErrorCode | undefined;
}

/** How a task is done. */
export interface JobOptions<News> {
  /** Buffers of the input that go to the thread, and are gone here. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Whether the thread ends with it, because it leaves much garbage behind. */
  readonly isLast?: boolean;
  /** Told what the task tells on the way. */
  readonly onNews?: (news: News) => void;
  /** Aborted: what has not begun does not begin. */
  readonly signal?: AbortSignal;
}

/** How a job can end without its thread saying so. */
const ends = ['error', 'messageerror', 'exit'] as const;

/** What is not yet collected of a thread's garbage adds up over the threads. In MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 2 };

/** Threads that work beside this one, a job at a time each; they start when they are needed, and end once disposed of. */
export class Threads implements AsyncDisposable {
  readonly #program: string;
  readonly #size: number;
  readonly #idle = new Set<Worker>();
  readonly #all = new Set<Worker>();
  readonly #limit: LimitFunction;
  #isOver = false;

  /** `program` is the path of what a thread begins with, which has to call `serveTasks`; `size` is how many there are at most. */
  constructor(program: string, size: number) {
    this.#program = program;
    this.#size = size;
    this.#limit = pLimit(size);
  }

  /** Whether there are any yet. */
  get areThere(): boolean {
    return this.#all.size > 0;
  }

  /** Whether one that is there has nothing to do. */
  get isFree(): boolean {
    return this.areThere && this.#limit.activeCount + this.#limit.pendingCount < this.#size;
  }

  /** Starts all of them, so that they are ready when there is something to do. */
  start(): void {
    while (!this.#isOver && this.#all.size < this.#size) this.#idle.add(this.#begin());
  }

  /** Does a task in the next thread that is free; rejects with what it threw, an AlbaError where it was one. */
  run<Input, Output, News>(
    task: Task<Input, Output, News>,
    input: Input,
    options: JobOptions<News> = {},
  ): Promise<Output> {
    return this.#limit(async () => {
      options.signal?.throwIfAborted();
      if (this.#isOver) throw new Error(`the threads ended before they were to ${task.name}`);
      const [worker = this.#begin()] = this.#idle;
      this.#idle.delete(worker);
      try {
        const output = await ask(worker, task, input, options);
        if (!options.isLast && this.#all.has(worker)) this.#idle.add(worker);
        return output;
      } finally {
        if (!this.#idle.has(worker)) await this.#end(worker);
      }
    });
  }

  /** Ends those that have nothing to do, with the memory that they keep; they start again when they are needed. */
  async rest(): Promise<void> {
    await Promise.all([...this.#idle].map((worker) => this.#end(worker)));
  }

  /** Jobs that are under way or wait fail. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#all].map((worker) => this.#end(worker)));
  }

  #begin(): Worker {
    const worker = new Worker(this.#program, { resourceLimits });
    this.#all.add(worker);
    // Who asked hears of it; a thread that nobody asks is not asked again.
    const forget = (): void => this.#forget(worker);
    worker.on('error', forget).on('exit', forget);
    return worker;
  }

  async #end(worker: Worker): Promise<void> {
    this.#forget(worker);
    await worker.terminate();
  }

  #forget(worker: Worker): void {
    this.#all.delete(worker);
    this.#idle.delete(worker);
  }
}

function ask<Input, Output, News>(
  worker: Worker,
  { name }: Task<Input, Output, News>,
  input: Input,
  { transfer = [], onNews }: JobOptions<News>,
): Promise<Output> {
  return new Promise((resolve, reject) => {
    const hear = (message: Message<Output, News>): void => {
      if (message.kind === 'news') {
        onNews?.(message.news);
        return;
      }
      stop();
      if (message.kind === 'done') resolve(message.output);
      else reject(toError(message));
    };
    const fail = (end: unknown): void => {
      stop();
      reject(end instanceof Error ? end : new Error(`a thread ended while it was to ${name}: ${end}`));
    };
    const stop = (): void => {
      worker.off('message', hear);
      for (const end of ends) worker.off(end, fail);
    };
    worker.on('message', hear);
    for (const end of ends) worker.on(end, fail);
    worker.postMessage({ task: name, input } satisfies Ask<Input>, transfer);
  });
}

function toError({ message, code }: Failure): Error {
  return code ? new AlbaError(code, message) : new Error(message);
}
