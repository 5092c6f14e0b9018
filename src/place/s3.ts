import { toS3Location } from './s3-url.ts';
import type { Scheme } from './scheme.ts';
import { storageAddress } from './storage-address.ts';
import { splitStorageUrl } from './storage-url.ts';

const form = 's3://bucket[/prefix]?…';

/** A bucket, on AWS or on a server that speaks as it does. */
export const s3Scheme: Scheme = {
  name: 's3',
  about: 'a bucket, to be read without another server',
  forms: { target: form, files: form, reference: `${form}#name[:tag][@digest]`, download: form },
  match: (text) => /^s3:\/\//i.test(text),
  parse(text, role) {
    const url = splitStorageUrl(text);
    const location = toS3Location(url);
    const { endpoint, profile, anonymous } = location;
    return storageAddress(url, role, {
      ...(endpoint !== undefined && !anonymous && { origin: new URL(endpoint).origin }),
      ...(profile !== undefined && !anonymous && { profile }),
      async openStorage(options, context) {
        const { S3Storage } = await import('../storage/s3.ts');
        return new S3Storage(location, options, context);
      },
    });
  },
  /** A bucket after `s3:` or `s3:/`. */
  guess(text) {
    const [, rest] = /^s3:\/?([^@?/][^@?]*)$/i.exec(text) ?? [];
    return rest === undefined ? undefined : `s3://${rest}`;
  },
};
