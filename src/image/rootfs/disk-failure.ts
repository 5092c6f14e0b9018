import { AlbaError, reasonOf, systemCode } from '../../errors.ts';

/** What a person can do about what a file system refuses. */
const remedies: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: free some space, or name another place',
  EDQUOT: 'the quota of the disk is used up: free some space, or name another place',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not do that there',
  EROFS: 'the file system is read-only',
  ENAMETOOLONG: 'its name is too long for the file system',
  EILSEQ: 'the file system takes no such name',
  EMFILE: 'too many files are open',
  EIO: 'the disk has a fault',
  ENODEV: 'the file system has no such thing',
};

/** What a failed call of the file system tells a person; an AlbaError comes as it is. `what` is such as `write /srv/app`. */
export function diskFailure(what: string, cause: unknown): AlbaError {
  if (cause instanceof AlbaError) return cause;
  const remedy = remedies[systemCode(cause) ?? ''];
  return new AlbaError('target', `cannot ${what}: ${remedy ?? reasonOf(cause)}`, { cause });
}
