import { isAbsolute } from 'node:path';
import { AlbaError, type ErrorCode, reasonOf, systemCode } from '../errors.ts';

/**
 * The error for a file that an input names by `path`, relative to `directory`, and that cannot be read: it tells which
 * input, and where was looked. An AlbaError comes as it is.
 */
export function namedFileFailure(
  input: string,
  path: string,
  directory: string,
  cause: unknown,
  code: ErrorCode = 'source',
): AlbaError {
  if (cause instanceof AlbaError) return cause;
  if (systemCode(cause) !== 'ENOENT')
    return new AlbaError(code, `${input} ${path} cannot be read: ${reasonOf(cause)}`, { cause });
  const where = isAbsolute(path) ? '' : ` in ${directory}`;
  const remedy = 'is the path right, and was the file made before this?';
  return new AlbaError(code, `${input} ${path} does not exist${where}: ${remedy}`, { cause });
}
