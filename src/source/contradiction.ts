import { AlbaError, messageOf } from '../errors.ts';

/**
 * What a layout says of itself is not so, though its bytes are what they were: who wrote it was wrong. Where another account of
 * its images is there, that counts. Damaged bytes are none: no account makes up for them.
 */
export class ContradictionError extends AlbaError {
  constructor(message: string, options?: { cause?: unknown }) {
    super('source', message, options);
  }
}

/** What `read` gives; where it throws, that is a contradiction. */
export function readOrContradict<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    throw new ContradictionError(messageOf(cause), { cause });
  }
}
