import pRetry from 'p-retry';
import type { Progress } from '../content/progress.ts';
import { isTransient, type Request, s3Error } from './s3-error.ts';
import type { S3Location } from './url.ts';

const retries = 6;

/** Repeats what may succeed later, some 15 s in all, and tells each time; what fails then is explained. */
export async function retrying<T>(
  request: Request,
  location: S3Location,
  progress: Progress,
  work: (attempt: number) => Promise<T>,
): Promise<T> {
  try {
    return await pRetry(work, {
      retries,
      minTimeout: 200,
      maxTimeout: 5_000,
      randomize: true,
      onFailedAttempt: ({ error, attemptNumber, retriesLeft }) => {
        if (retriesLeft === 0 || !isTransient(error)) return;
        progress.warn(`retry ${attemptNumber} of ${retries}: ${s3Error(request, location, error).message}`);
      },
      shouldRetry: ({ error }) => isTransient(error),
    });
  } catch (cause) {
    throw s3Error(request, location, cause);
  }
}
