import pRetry from 'p-retry';
import type { Progress } from '../content/progress.ts';
import { isTransient, type Request, s3Error } from './s3-error.ts';
import type { S3Location } from './url.ts';

/** How often something is tried again, and how long that waits, in ms. */
export interface Retries {
  readonly count: number;
  readonly firstDelay: number;
  readonly longestDelay: number;
}

/** Some 15 s in all. */
export const defaultRetries: Retries = { count: 6, firstDelay: 200, longestDelay: 5_000 };

/** Repeats what may succeed later, and tells each time; what fails then is explained. */
export async function retrying<T>(
  request: Request,
  location: S3Location,
  { count, firstDelay, longestDelay }: Retries,
  progress: Progress,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  try {
    return await pRetry(work, {
      retries: count,
      minTimeout: firstDelay,
      maxTimeout: longestDelay,
      randomize: true,
      onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
        if (retriesLeft === 0 || !isTransient(error)) return;
        progress.warn(`retry ${attemptNumber} of ${count}: ${s3Error(request, location, error).message}`);
      },
      shouldRetry: ({ error }) => isTransient(error),
    });
  } catch (cause) {
    throw s3Error(request, location, cause);
  }
}
