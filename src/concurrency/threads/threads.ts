import { Worker } from 'node:worker_threads';
import pLimit from 'p-limit';
import { AlbaError, type ErrorCode } from '../../errors.ts';

/** What a thread is asked to do: a task of {@link serveTasks} by its name. */
export interface Job {
  readonly task: string;
  readonly input: unknown;
  /** Buffers of the input that go to the thread, and are gone here. */
  readonly transfer?: readonly ArrayBuffer[];
  /** Whether the thread ends with it, because it leaves much garbage behind. */
  readonly isLast?: boolean;
  /** Told what the task tells on the way. */
  readonly onNews?: (news: unknown) => void;
}

/** What a thread says. */
export type Message =
  | { readonly kind: 'news'; readonly news: unknown }
  | { readonly kind: 'done'; readonly output: unknown }
  | { readonly kind: 'failure'; readonly message: string; readonly code: ErrorCode | undefined };

/** How a job can end without its thread saying so. */
const ends = ['error', 'messageerror', 'exit'] as const;

/** What is not yet collected of a thread's garbage adds up over the threads. In MB. */
const resourceLimits = { maxYoungGenerationSizeMb: 2 };

/** Threads that work beside this one, a job at a time each; they start when they are needed, and end once disposed of. */
export class Threads implements AsyncDisposable {
  readonly #program: string;
  readonly #idle = new Set<Worker>();
  readonly #all = new Set<Worker>();
  readonly #limit: <T>(work: () => Promise<T>) => Promise<T>;
  #isOver = false;

  /** `program` is what a thread begins with; it has to call {@link serveTasks}. */
  constructor(program: string, size: number) {
    this.#program = program;
    this.#limit = pLimit(size);
  }

  /** Whether there are any yet. */
  get areThere(): boolean {
    return this.#all.size > 0;
  }

  /** Does a job in the next thread that is free. */
  run(job: Job): Promise<unknown> {
    return this.#limit(async () => {
      if (this.#isOver) throw new Error(`the threads ended before they were to ${job.task}`);
      const [worker = this.#start()] = this.#idle;
      this.#idle.delete(worker);
      try {
        const output = await ask(worker, job);
        if (!job.isLast && this.#all.has(worker)) this.#idle.add(worker);
        return output;
      } finally {
        if (!this.#idle.has(worker)) await this.#end(worker);
      }
    });
  }

  /** Jobs that are under way or wait fail. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#isOver = true;
    await Promise.all([...this.#all].map((worker) => this.#end(worker)));
  }

  #start(): Worker {
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

function ask(worker: Worker, { task, input, transfer = [], onNews }: Job): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const hear = (message: Message): void => {
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
      reject(end instanceof Error ? end : new Error(`a thread ended while it was to ${task}: ${end}`));
    };
    const stop = (): void => {
      worker.off('message', hear);
      for (const end of ends) worker.off(end, fail);
    };
    worker.on('message', hear);
    for (const end of ends) worker.on(end, fail);
    worker.postMessage({ task, input }, transfer);
  });
}

function toError({ message, code }: Message & { kind: 'failure' }): Error {
  return code ? new AlbaError(code, message) : new Error(message);
}
