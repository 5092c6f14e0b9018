import { createHash } from 'node:crypto';
import { DeleteObjectsCommand, type S3Client } from '@aws-sdk/client-s3';
import { HttpRequest } from '@smithy/core/protocols';
import { codeOf, isTransient, s3StatusOf } from './s3-error.ts';
import type { S3Location } from './s3-location.ts';

/** How servers say that they take no list of keys, or not as it is signed here. */
const unknownCodes: ReadonlySet<string> = new Set([
  'NotImplemented',
  'MethodNotAllowed',
  'InvalidDigest',
  'MalformedXML',
]);

/** Deletes many keys with one request (DeleteObjects), for as long as the server takes that. */
export class S3Deletions {
  readonly #client: S3Client;
  readonly #location: Pick<S3Location, 'bucket' | 'prefix'>;
  #isTaken = true;

  constructor(client: S3Client, location: Pick<S3Location, 'bucket' | 'prefix'>) {
    this.#client = client;
    this.#location = location;
  }

  /** False where the server does not take it: nothing was deleted then. `retry` repeats what may pass. */
  async deleteMany(
    keys: readonly string[],
    retry: (work: () => Promise<boolean>) => Promise<boolean>,
  ): Promise<boolean> {
    let left = keys;
    return retry(async () => {
      if (!this.#isTaken) return false;
      try {
        left = await this.#send(left);
      } catch (thrown) {
        const status = s3StatusOf(thrown);
        if (!unknownCodes.has(codeOf(thrown)) && status !== 501 && status !== 405) throw thrown;
        this.#isTaken = false;
        return false;
      }
      if (left.length > 0) throw busy();
      return true;
    });
  }

  /** Gives the keys that are to be tried again. */
  async #send(keys: readonly string[]): Promise<string[]> {
    const { bucket, prefix } = this.#location;
    const command = new DeleteObjectsCommand({
      Bucket: bucket,
      Delete: { Quiet: true, Objects: keys.map((key) => ({ Key: prefix + key })) },
    });
    // Servers that know none of the newer checksums demand this one.
    command.middlewareStack.add(
      (next) => (args) => {
        const { request } = args;
        if (HttpRequest.isInstance(request) && typeof request.body === 'string') {
          request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64');
        }
        return next(args);
      },
      { step: 'build', priority: 'low', name: 'contentMd5' },
    );
    const { Errors = [] } = await this.#client.send(command);
    const failed = Errors.filter(({ Code }) => Code !== 'NoSuchKey').map(
      ({ Key = '', Code = '', Message }) => ({
        key: Key.slice(prefix.length),
        error: Object.assign(new Error(Message || Code), { name: Code }),
      }),
    );
    const lasting = failed.find(({ error }) => !isTransient(error) && codeOf(error) !== 'InternalError');
    if (lasting) throw lasting.error;
    return failed.map(({ key }) => key);
  }
}

/** What the server asks to be tried again. */
function busy(): Error {
  return Object.assign(new Error('some keys could not be deleted yet'), { name: 'SlowDown' });
}
