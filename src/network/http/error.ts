import { AlbaError, type ErrorCode } from '../../errors.ts';

/** Of answers that may be others a little later. */
export const transientStatuses: readonly number[] = [408, 429, 500, 502, 503, 504];

/** What code wants to know of a request that failed. */
export interface HttpFailure {
  readonly cause?: unknown;
  /** Of the answer, when there was one. */
  readonly status?: number;
  /** The server's own codes, in upper case (distribution-spec 1.1, "Error Codes": `MANIFEST_UNKNOWN`). */
  readonly codes?: readonly string[];
  /** Whether the same request may succeed a little later. */
  readonly transient?: boolean;
  /** In milliseconds, as the server asked. */
  readonly retryAfter?: number;
}

/** A request that failed: `code` says whose fault it is, the message is for a person, the fields are for code. */
export class HttpError extends AlbaError {
  readonly status: number | undefined;
  readonly codes: readonly string[];
  readonly transient: boolean;
  readonly retryAfter: number;

  constructor(code: ErrorCode, message: string, failure: HttpFailure = {}) {
    super(code, message, 'cause' in failure ? { cause: failure.cause } : {});
    this.status = failure.status;
    this.codes = failure.codes ?? [];
    this.transient = failure.transient ?? false;
    this.retryAfter = failure.retryAfter ?? 0;
  }
}

/**
 * Milliseconds after which the same request may succeed, 0 where the registry names none; undefined where it never
 * will.
 */
export function passesAfter(thrown: unknown): number | undefined {
  return thrown instanceof HttpError && thrown.transient ? thrown.retryAfter : undefined;
}

/** The status of the answer that a failure tells of, undefined where there was no answer. */
export function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof HttpError ? thrown.status : undefined;
}

/** A registry said that it lacks something that a manifest points to (distribution-spec 1.1, "Error Codes"). */
export function lacksParts(failure: unknown): boolean {
  return (
    failure instanceof HttpError && failure.codes.some((code) => /^MANIFEST_(BLOB_)?UNKNOWN$/.test(code))
  );
}
