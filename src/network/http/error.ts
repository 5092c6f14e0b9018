import { AlbaError, type ErrorCode } from '../../errors.ts';

/** What retries want to know of a failure. */
export interface RegistryFailure {
  readonly cause?: unknown;
  /** Of the answer, when there was one. */
  readonly status?: number;
  /** Whether the same request may succeed a little later. */
  readonly transient?: boolean;
  /** In milliseconds, as the registry asked. */
  readonly retryAfter?: number;
}

/** A request that failed; what it says is for a person, its fields are for the retries. */
export class RegistryError extends AlbaError {
  readonly status: number | undefined;
  readonly transient: boolean;
  readonly retryAfter: number;

  constructor(code: ErrorCode, message: string, failure: RegistryFailure = {}) {
    super(code, message, 'cause' in failure ? { cause: failure.cause } : {});
    this.status = failure.status;
    this.transient = failure.transient ?? false;
    this.retryAfter = failure.retryAfter ?? 0;
  }
}

/** After how many milliseconds the same request may succeed; undefined: never. */
export function passesAfter(thrown: unknown): number | undefined {
  return thrown instanceof RegistryError && thrown.transient ? thrown.retryAfter : undefined;
}

/** The status of the answer that a failure tells of. */
export function statusOf(thrown: unknown): number | undefined {
  return thrown instanceof RegistryError ? thrown.status : undefined;
}
