import { AlbaError, reasonOf } from '../errors.ts';

/** A failed call to the file system as a sentence: `cannot write ./out/v2: the disk is full`. */
export function fileError(verb: string, path: string, cause: unknown): AlbaError {
  if (cause instanceof AlbaError) return cause;
  return new AlbaError('target', `cannot ${verb} ${path}: ${reasonOf(cause)}`, { cause });
}
