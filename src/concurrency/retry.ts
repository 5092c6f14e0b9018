import { setMaxListeners } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { messageOf } from '../errors.ts';
import type { Progress } from '../progress/progress.ts';

/** How often, and how long after each other, what may pass is tried again. */
export interface Retries {
  /** After the first attempt. */
  readonly count: number;
  /** In milliseconds; doubled by each retry, and stretched at random by up to as much again. */
  readonly firstDelay: number;
  /** In milliseconds; a server that asks for more is not waited for. */
  readonly longestDelay: number;
}

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
}

/**
 * Does `work`, and again as long as `passesAfter` gives a number of milliseconds for its failure, with growing
 * delays, at most `retries.count` times; each retry is a warning. Throws the last failure, explained.
 */
export async function retrying<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work(attempt);
    } catch (failure) {
      await beforeRetry(failure, attempt, options);
    }
  }
}

/** Waits until what failed in this attempt may be tried again, with a warning; throws the failure, explained, where it may not. */
export async function beforeRetry(
  failure: unknown,
  attempt: number,
  { retries, progress, signal, passesAfter, explain }: RetryOptions,
): Promise<void> {
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

function backoff(attempt: number, { firstDelay, longestDelay }: Retries): number {
  return Math.min(longestDelay, firstDelay * 2 ** (attempt - 1) * (1 + Math.random()));
}
