import { AlbaError } from '../errors.ts';
import type { S3Location } from '../storage/s3-location.ts';
import { parseFilePath } from './file-url.ts';
import { parseParameters } from './url-parameters.ts';

/** A directory, as it was written: relative paths are still so. */
export interface FileLocation {
  readonly kind: 'file';
  readonly path: string;
}

/** Where a storage is. */
export type StorageLocation = S3Location | FileLocation;

const parts = /^(s3|file):\/\/([^/?#]*)([^?#]*)(?:\?([^#]*))?(#.*)?$/is;
const bucketGrammar = /^[a-zA-Z0-9](?:[a-zA-Z0-9._-]{0,253}[a-zA-Z0-9])?$/;
const encryptions = ['AES256', 'aws:kms', 'aws:kms:dsse'] as const;
/** Parameters of Go CDK's fileblob that change nothing here: folders are made, temporary files are beside. */
const fileParameters = { create_dir: 'boolean', no_tmp_dir: 'boolean', metadata: 'text' } as const;
const s3Parameters = {
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

/** Whether a target names a storage: a bucket or a directory. */
export function isStorageUrl(text: string): boolean {
  return /^(s3|file):/i.test(text);
}

/**
 * `s3://bucket[/folder][?parameters]` with the parameters of Go CDK, `file://./dir` and `file:///dir`.
 * Taken apart by hand: WHATWG's URL would make `/out` of `file://./../out`.
 * Escapes such as `%20` are decoded; a `%`, `?` or `#` that is meant must be escaped itself.
 */
export function parseStorageUrl(text: string, platform: NodeJS.Platform = process.platform): StorageLocation {
  const [, scheme, authority, path, query, fragment] = parts.exec(text) ?? [];
  if (scheme === undefined || authority === undefined || path === undefined) {
    const expected = 's3://bucket[/folder][?parameters], file://./dir or file:///dir';
    throw new AlbaError('usage', `"${redactUrl(text)}" is not the URL of a storage: expected ${expected}`);
  }
  const where = redactUrl(text);
  if (fragment !== undefined) {
    throw new AlbaError('usage', `${where} has a "#", which means nothing here: write it as %23`);
  }
  if (authority.includes('@')) {
    throw new AlbaError('usage', `${where} holds credentials: give them in the environment instead`);
  }
  if (scheme.toLowerCase() === 's3') return parseS3(authority, path, query ?? '', where);
  parseParameters(query ?? '', fileParameters, where);
  return { kind: 'file', path: parseFilePath(authority, decode(path, where), where, platform) };
}

function parseS3(bucket: string, path: string, query: string, where: string): S3Location {
  if (!bucketGrammar.test(bucket)) {
    throw new AlbaError('usage', `${where} names no bucket: expected s3://bucket[/folder][?parameters]`);
  }
  const given = parseParameters(query, s3Parameters, where);
  const folder = decode(path, where).replace(/^\/+|\/+$/g, '');
  const prefix = (folder && `${folder}/`) + (given.prefix ?? '');
  checkPrefix(prefix, where);
  return {
    kind: 's3',
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

function decode(text: string, where: string): string {
  try {
    const decoded = decodeURIComponent(text);
    if (!decoded.includes('\0')) return decoded;
  } catch {
    // Told below, in the same words.
  }
  throw new AlbaError('usage', `${where} is not a path: write a % that is meant as %25`);
}

/** A URL for messages: without its parameters and without a password, whatever signs are in that. */
export function redactUrl(text: string): string {
  return text.replace(/\/\/.*@(?!sha256:)/s, '//***@').replace(/[?#].*$/s, '');
}
