import { AlbaError } from '../errors.ts';

/** A storage cannot tell what it holds: only keys that are known from elsewhere can be asked for. */
export class UnlistedError extends AlbaError {
  constructor(message: string) {
    super('target', message);
  }
}
