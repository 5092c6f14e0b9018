import { AlbaError } from '../errors.ts';
import type { S3Location } from '../storage/s3-location.ts';
import type { StorageUrl } from './storage-url.ts';
import { parseParameters } from './url-parameters.ts';

const bucketGrammar = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,253}[a-zA-Z0-9])?$/;
const encryptions = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
const parameters = {
  region: 'text',
  endpoint: 'text',
  prefix: 'text',
  profile: 'text',
  anonymous: 'boolean',
  s3ForcePathStyle: 'boolean',
  use_path_style: 'boolean',
  disableSSL: 'boolean',
  disable_https: 'boolean',
  accelerate: 'boolean',
  dualstack: 'boolean',
  fips: 'boolean',
  ssetype: 'text',
  kmskeyid: 'text',
  awssdk: 'text',
  hostname_immutable: 'boolean',
  rate_limiter_capacity: 'text',
} as const;

/** The bucket in an `s3:` URL, with the parameters of Go CDK's s3blob; a usage error tells what is wrong with them. */
export function toS3Location({ authority: bucket, path, query, where }: StorageUrl): S3Location {
  if (!bucketGrammar.test(bucket)) {
    throw new AlbaError('usage', `${where} names no bucket: expected s3://bucket[/folder][?parameters]`);
  }
  const given = parseParameters(query, parameters, where);
  const folder = path.replace(/^\/+|\/+$/g, '');
  const prefix = (folder && `${folder}/`) + (given.prefix ?? '');
  checkPrefix(prefix, where);
  return {
    url: `s3://${bucket}${prefix && `/${prefix.replace(/\/$/, '')}`}`,
    bucket,
    prefix,
    region: given.region || undefined,
    endpoint: parseEndpoint(given.endpoint, (given.disableSSL || given.disable_https) ?? false, where),
    profile: given.profile || undefined,
    anonymous: given.anonymous ?? false,
    pathStyle: (given.s3ForcePathStyle || given.use_path_style) ?? false,
    accelerate: given.accelerate ?? false,
    dualstack: given.dualstack ?? false,
    fips: given.fips ?? false,
    encryption: parseEncryption(given.ssetype, where),
    encryptionKey: given.kmskeyid || undefined,
  };
}

function checkPrefix(prefix: string, where: string): void {
  const inner = prefix.replace(/\/$/, '').split('/');
  if (prefix && inner.some((segment) => ['', '.', '..'].includes(segment))) {
    throw new AlbaError(
      'usage',
      `${where} has an empty, "." or ".." folder, which a bucket would keep as such`,
    );
  }
}

function parseEndpoint(text: string | undefined, isPlain: boolean, where: string): string | undefined {
  if (!text) return undefined;
  const full = text.includes('://') ? text : `${isPlain ? 'http' : 'https'}://${text}`;
  if (/^https?:\/\/[^@?#]+$/i.test(full) && URL.canParse(full)) return new URL(full).href.replace(/\/$/, '');
  throw new AlbaError(
    'usage',
    `${where}: parameter "endpoint" must be host[:port] or an http or https URL without credentials or query`,
  );
}

function parseEncryption(text: string | undefined, where: string): S3Location['encryption'] {
  if (!text) return undefined;
  const known = encryptions.find((name) => name.toLowerCase() === text.toLowerCase());
  if (known) return known;
  throw new AlbaError('usage', `${where}: parameter "ssetype" must be one of ${encryptions.join(', ')}`);
}
