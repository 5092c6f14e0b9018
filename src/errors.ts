/**
 * Whose fault a failure is:
 * `usage` the words of the call, `source` what the build left, `target` where it should go,
 * `auth` who we are there.
 */
export type ErrorCode = 'usage' | 'source' | 'target' | 'auth';

/** A failure to be read by a person: what failed, on what, what was expected, what to do about it. */
export class AlbaError extends Error {
  override readonly name = 'AlbaError';
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** One sentence about anything that was thrown, an Error or not. */
export function messageOf(thrown: unknown): string {
  if (thrown instanceof AggregateError && thrown.message === '') {
    return thrown.errors.map(messageOf).join('; ');
  }
  return thrown instanceof Error ? thrown.message || thrown.name : String(thrown);
}

/** The system's code of a failed call (`ENOENT`, `ECONNRESET`), if there is one. */
export function systemCode(thrown: unknown): string | undefined {
  const code = thrown instanceof Error ? (thrown as NodeJS.ErrnoException).code : undefined;
  return typeof code === 'string' ? code : undefined;
}
