import { describe, expect, it } from 'vitest';
import { AlbaError } from '../../src/errors.ts';
import { toS3Location } from '../../src/place/s3-url.ts';
import { splitStorageUrl } from '../../src/place/storage-url.ts';
import { parseFilesTarget } from '../../src/place/target.ts';
import type { S3Location } from '../../src/storage/s3-location.ts';

const read = (url: string): S3Location => toS3Location(splitStorageUrl(url));

describe('a bucket', () => {
  it('is read with the parameters of Go CDK', () => {
    const text =
      's3://registry.deuxfleurs.org?endpoint=garage.deuxfleurs.fr&s3ForcePathStyle=true&region=garage';
    expect(read(text)).toMatchObject({
      url: 's3://registry.deuxfleurs.org',
      bucket: 'registry.deuxfleurs.org',
      prefix: '',
      endpoint: 'https://garage.deuxfleurs.fr',
      region: 'garage',
      pathStyle: true,
      anonymous: false,
    });
  });

  it.each([
    ['s3://b/a/folder', 'a/folder/', 's3://b/a/folder'],
    ['s3://b/a%20b/', 'a b/', 's3://b/a b'],
    ['s3://b?prefix=raw-', 'raw-', 's3://b/raw-'],
    ['s3://b/a?prefix=raw-', 'a/raw-', 's3://b/a/raw-'],
    ['s3://b/', '', 's3://b'],
  ])('%s puts %j before its keys', (text, prefix, url) => {
    expect(read(text)).toMatchObject({ prefix, url });
  });

  it.each([
    ['endpoint=localhost:9000&disableSSL=1', 'http://localhost:9000'],
    ['endpoint=localhost:9000&disable_https=T', 'http://localhost:9000'],
    ['endpoint=localhost:9000', 'https://localhost:9000'],
    ['endpoint=http://localhost:9000/', 'http://localhost:9000'],
    ['endpoint=https%3A%2F%2Fhost%2Fpath&disableSSL=true', 'https://host/path'],
    ['endpoint=', undefined],
  ])('?%s is reached at %s', (query, endpoint) => {
    expect(read(`s3://b?${query}`)).toMatchObject({ endpoint });
  });

  it('has the boolean that Go reads in a text', () => {
    expect(read('s3://b?use_path_style=T')).toMatchObject({ pathStyle: true });
    expect(read('s3://b?use_path_style=0')).toMatchObject({ pathStyle: false });
  });

  it.each([
    ['s3://b?colour=red', /unknown parameter "colour".*known are region, endpoint/],
    ['s3://b?region=a&region=b', /"region" is given twice/],
    ['s3://b?ssetype=rot13', /ssetype.*AES256, aws:kms/],
    ['s3://b?endpoint=ftp://host', /endpoint/],
    ['s3://b/a/../c', /"\.\." folder/],
    ['s3://b/100%', /%25/],
    ['s3://b/a#b', /%23/],
    ['s3://', /names no bucket/],
    ['s3:bucket', /did you mean s3:\/\/bucket\?/],
    ['gs://bucket', /expected s3:/],
  ])('%s is an error of usage', (text, message) => {
    expect(() => parseFilesTarget(text)).toThrow(message);
    expect(() => parseFilesTarget(text)).toThrow(AlbaError);
  });

  it.each(['s3://key:hunter2@bucket', 's3://b?password=hunter2', 's3://b?endpoint=https://key:hunter2@host'])(
    'refuses %s without telling the secret',
    (text) => {
      expect(() => parseFilesTarget(text)).toThrow(/^(?!.*hunter2)/);
    },
  );
});
