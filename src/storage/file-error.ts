import { AlbaError, messageOf, systemCode } from '../errors.ts';

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ENAMETOOLONG: 'the name is too long for this file system',
  EEXIST: 'there is a file, expected a directory',
  ENOTDIR: 'a part of the path is a file, expected a directory',
  EMFILE: 'too many files are open',
};

/** A failed call to the file system as a sentence: `cannot write ./out/v2: the disk is full`. */
export function fileError(verb: string, path: string, cause: unknown): AlbaError {
  if (cause instanceof AlbaError) return cause;
  const reason = reasons[systemCode(cause) ?? ''] ?? messageOf(cause);
  return new AlbaError('target', `cannot ${verb} ${path}: ${reason}`, { cause });
}
