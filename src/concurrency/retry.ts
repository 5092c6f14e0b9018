import { AsyncLocalStorage } from 'node:async_hooks';
import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { AlbaError, messageOf } from '../errors.ts';
import { formatDuration } from '../progress/format.ts';
import type { Progress } from '../progress/progress.ts';

/** How often, and how long after each other, what may pass is tried again. */
export interface Retries {
  /** After the first attempt. */
  readonly count: number;
  /** In milliseconds; doubled by each retry, and stretched at random by up to as much again. */
  readonly firstDelay: number;
  /** In milliseconds; a server that asks for more is not waited for. */
  readonly longestDelay: number;
  /**
   * In milliseconds, over all attempts and the waits between them; 5 min if not given. Where bytes move, that is no silence, and
   * neither is a wait that the server asked for.
   */
  readonly longestSilence?: number;
  /** In milliseconds, of a silence until it is told; 30 s if not given. */
  readonly tellSilence?: number;
}

const [longestSilence, tellSilence] = [300_000, 30_000];

/** Who is told of retries, and what ends them. */
export interface RetryContext {
  readonly progress: Progress;
  /** Ends the wait for another attempt. What is under way goes on: a tag that was begun gets its tag list. */
  readonly signal: AbortSignal;
}

/** What to make of failures. */
export interface RetryOptions extends RetryContext {
  readonly retries: Retries;
  /** How long a server asks to wait, in milliseconds, 0 where it does not; undefined for what will not pass. */
  readonly passesAfter: (failure: unknown) => number | undefined;
  /** The failure as it is told and thrown. */
  readonly explain?: (failure: unknown) => Error;
  /** Who is asked, for the line that tells of a silence. */
  readonly asked: string;
  /** For how long it was left alone as it asked by now, in milliseconds: that is no silence. */
  readonly rested?: () => number;
}

const optional = new AsyncLocalStorage<true>();

/** In milliseconds, of what a run can do without. */
const [longestOptionalDelay, longestOptionalSilence] = [10_000, 30_000];

/** Does what a run can do without: what fails in it is tried once more, and not waited for at length. */
export function optionally<T>(work: () => Promise<T>): Promise<T> {
  return optional.run(true, work);
}

function boundsOf(retries: Retries): Retries {
  if (!optional.getStore()) return retries;
  return {
    ...retries,
    count: Math.min(retries.count, 1),
    longestDelay: Math.min(retries.longestDelay, longestOptionalDelay),
    longestSilence: Math.min(retries.longestSilence ?? longestSilence, longestOptionalSilence),
  };
}

/**
 * Does `work`, and again as long as `passesAfter` gives a number of milliseconds for its failure, with growing
 * delays, at most `retries.count` times, and for so long a silence; each retry is a warning. `work` calls `moved` where bytes
 * moved. Throws the last failure, explained, with how often it was tried.
 */
export async function retrying<T>(
  work: (attempt: number, moved: () => void) => Promise<T>,
  given: RetryOptions,
): Promise<T> {
  const options = { ...given, retries: boundsOf(given.retries) };
  const began = performance.now();
  using silence = new Silence(options);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt, silence.end);
    } catch (failure) {
      const least = options.passesAfter(failure) ?? Number.POSITIVE_INFINITY;
      // Who asks to wait has answered.
      if (least > 0 && least < Number.POSITIVE_INFINITY) silence.endAfter(least);
      if (least === Number.POSITIVE_INFINITY || !silence.mayLast())
        throw tried(failure, attempt, began, options);
      await beforeRetry(failure, attempt, options).catch(() => {
        throw tried(failure, attempt, began, options);
      });
    }
  }
}

/** Waits until what failed in this attempt may be tried again, with a warning; throws the failure, explained, where it may not. */
export async function beforeRetry(
  failure: unknown,
  attempt: number,
  { retries: given, progress, signal, passesAfter, explain }: Omit<RetryOptions, 'asked'>,
): Promise<void> {
  const retries = boundsOf(given);
  // Where a server is busy many wait at once; Node 20 takes more than ten for a leak.
  setMaxListeners(0, signal);
  const explained = explain ? explain(failure) : failure;
  const least = passesAfter(failure) ?? Number.POSITIVE_INFINITY;
  if (signal.aborted || attempt > retries.count || least > retries.longestDelay) throw explained;
  progress.warn(`retry ${attempt} of ${retries.count}: ${messageOf(explained)}`);
  await delay(least + backoff(attempt, retries), undefined, { signal }).catch(() => {
    throw explained;
  });
}

const told = new WeakSet<AlbaError>();

/** The failure, explained; with how often and for how long it was tried, where that was more than once. */
function tried(failure: unknown, attempt: number, began: number, { explain }: RetryOptions): unknown {
  const explained = explain ? explain(failure) : failure;
  // Several may wait for one failure, such as that of a token.
  if (attempt === 1 || !(explained instanceof AlbaError) || told.has(explained)) return explained;
  told.add(explained);
  const time = formatDuration(performance.now() - began);
  explained.message += `; tried ${attempt} times in ${time}`;
  return explained;
}

/** How long nothing has come or gone; told once it is long, and each time that it has lasted as long again. */
class Silence implements Disposable {
  readonly #longest: number;
  readonly #timer: NodeJS.Timeout;
  readonly #rested: () => number;
  #since = performance.now();
  #restedBefore: number;

  constructor({ retries, progress, asked, rested = () => 0 }: RetryOptions) {
    this.#longest = retries.longestSilence ?? longestSilence;
    this.#rested = rested;
    this.#restedBefore = rested();
    const often = retries.tellSilence ?? tellSilence;
    this.#timer = setInterval(() => {
      const lasted = this.#lasted();
      if (lasted >= often) progress.line(`${asked} has not answered for ${formatDuration(lasted)}`);
    }, often).unref();
  }

  readonly end = (): void => {
    this.endAfter(0);
  };

  /** It begins anew so many ms later. */
  endAfter(milliseconds: number): void {
    this.#since = performance.now() + milliseconds;
    this.#restedBefore = this.#rested();
  }

  /** Whether it may go on. */
  mayLast(): boolean {
    return this.#lasted() < this.#longest;
  }

  #lasted(): number {
    return performance.now() - this.#since - (this.#rested() - this.#restedBefore);
  }

  [Symbol.dispose](): void {
    clearInterval(this.#timer);
  }
}

function backoff(attempt: number, { firstDelay, longestDelay }: Retries): number {
  return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1) * (1 + Math.random()));
}
