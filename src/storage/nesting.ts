import { AlbaError } from '../errors.ts';
import { codeOf, s3StatusOf } from './s3-error.ts';

/** What versitygw, SeaweedFS and old MinIO say to a key that is to be an object and the folder of others. */
const refusals: ReadonlySet<string> = new Set([
  ...['ExistingObjectIsDirectory', 'ObjectParentIsFile'],
  ...['XMinioObjectExistsAsDirectory', 'XMinioParentIsObject'],
]);

/** Whether a write failed because the bucket lies on a file system, where no key is also a prefix of others. */
export function isNestingRefused(failure: unknown): boolean {
  if (!(failure instanceof AlbaError)) return false;
  const status = s3StatusOf(failure.cause);
  return (status === 409 || status === 400) && refusals.has(codeOf(failure.cause));
}
