import { parseRetryAfter, serverTime } from './retry-after.ts';

/** GitHub asks to wait that long where it does not say how long, in milliseconds. */
const usualWait = 60_000;

/** What of an answer tells of a limit. */
export interface LimitedAnswer {
  readonly status: number;
  /** By its name in lower case. */
  header(name: string): string | undefined;
}

/**
 * How long an API that limits requests asks to wait, in milliseconds; undefined where an answer is no refusal of that kind. A
 * 403 is one of GitHub's ("Best practices for using the REST API") if it says so; `x-retry-after` is Docker Hub's, as Unix time.
 */
export function limitedFor({ status, header }: LimitedAnswer, said: string): number | undefined {
  const now = serverTime({ header });
  const isSpent = header('x-ratelimit-remaining') === '0';
  const asked = parseRetryAfter(header('retry-after'), said, now);
  const isLimit =
    status === 429 || (status === 403 && (isSpent || asked !== undefined || /rate limit/i.test(said)));
  if (!isLimit) return undefined;
  if (asked !== undefined) return asked;
  const until = header('x-retry-after') ?? (isSpent ? header('x-ratelimit-reset') : undefined);
  return until !== undefined && /^\d+$/.test(until) ? Math.max(0, Number(until) * 1_000 - now) : usualWait;
}
