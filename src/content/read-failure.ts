import { AlbaError, messageOf } from '../errors.ts';

/** What a failed read of a file tells a person. */
export function readFailure(path: string, cause: unknown): AlbaError {
  return cause instanceof AlbaError
    ? cause
    : new AlbaError('source', `cannot read ${path}: ${messageOf(cause)}`, { cause });
}

/** What a file tells that is not what it was when it was verified. */
export function changedFailure(origin: string, how: string): AlbaError {
  return new AlbaError(
    'source',
    `${origin} changed while it was read: ${how}; is the build still writing it?`,
  );
}
