import { setTimeout as delay } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Progress } from '../../content/progress.ts';
import { messageOf } from '../../errors.ts';
import { RegistryError } from './error.ts';
import type { Retries } from './options.ts';

/** How often, and who is told. */
export interface RetryOptions {
  readonly retries: Retries;
  readonly progress: Progress;
}

/** Tries again what may succeed later, never sooner than the registry asked; each retry is told. */
export function retrying<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { retries, progress } = options;
  const isWorthIt = (error: unknown) =>
    error instanceof RegistryError && error.transient && error.retryAfter <= retries.longestDelay;
  return pRetry(work, {
    retries: retries.count,
    minTimeout: retries.firstDelay,
    maxTimeout: retries.longestDelay,
    randomize: true,
    onFailedAttempt: async ({ error, attemptNumber, retriesLeft }) => {
      if (retriesLeft === 0 || !isWorthIt(error)) return;
      progress.warn(`retry ${attemptNumber} of ${retries.count}: ${messageOf(error)}`);
      if (error instanceof RegistryError) await delay(error.retryAfter);
    },
    shouldRetry: ({ error }) => isWorthIt(error),
  });
}
