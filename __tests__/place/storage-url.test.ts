import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AlbaError } from '../../src/errors.ts';
import { parseStorageUrl } from '../../src/place/storage-url.ts';

describe('a bucket', () => {
  it('is read with the parameters of Go CDK', () => {
    const text =
      's3://registry.deuxfleurs.org?endpoint=garage.deuxfleurs.fr&s3ForcePathStyle=true&region=garage';
    expect(parseStorageUrl(text)).toMatchObject({
      kind: 's3',
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
    expect(parseStorageUrl(text)).toMatchObject({ prefix, url });
  });

  it.each([
    ['endpoint=localhost:9000&disableSSL=1', 'http://localhost:9000'],
    ['endpoint=localhost:9000&disable_https=T', 'http://localhost:9000'],
    ['endpoint=localhost:9000', 'https://localhost:9000'],
    ['endpoint=http://localhost:9000/', 'http://localhost:9000'],
    ['endpoint=https%3A%2F%2Fhost%2Fpath&disableSSL=true', 'https://host/path'],
    ['endpoint=', undefined],
  ])('?%s is reached at %s', (query, endpoint) => {
    expect(parseStorageUrl(`s3://b?${query}`)).toMatchObject({ endpoint });
  });

  it('takes every spelling of a boolean that Go takes, and no other', () => {
    const read = (value: string): unknown => parseStorageUrl(`s3://b?use_path_style=${value}`);
    for (const yes of ['1', 't', 'T', 'TRUE', 'true', 'True']) {
      expect(read(yes)).toMatchObject({ pathStyle: true });
    }
    for (const no of ['0', 'f', 'F', 'FALSE', 'false', 'False']) {
      expect(read(no)).toMatchObject({ pathStyle: false });
    }
    for (const neither of ['yes', 'tRUE', '', 'toString'])
      expect(() => read(neither)).toThrow(/use_path_style/);
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
    ['s3:bucket', /not the URL of a storage/],
    ['gs://bucket', /expected s3:/],
    ['file://b?colour=red', /colour/],
  ])('%s is an error of usage', (text, message) => {
    expect(() => parseStorageUrl(text)).toThrow(message);
    expect(() => parseStorageUrl(text)).toThrow(AlbaError);
  });

  it.each([
    's3://key:hunter2@bucket',
    's3://b?password=hunter2',
    's3://b?endpoint=https://key:hunter2@host',
    'http://key:hunter2@host',
  ])('refuses %s without telling the secret', (text) => {
    expect(() => parseStorageUrl(text)).toThrow(/^(?!.*hunter2)/);
  });
});

describe('a directory', () => {
  it.each([
    ['file://./dir', './dir'],
    ['file://./../out', './../out'],
    ['file://../out', '../out'],
    ['file://.', '.'],
    ['file:///srv/out', '/srv/out'],
    ['file://localhost/srv', '/srv'],
    ['file:///a%20b%25', '/a b%'],
    ['file://./d?create_dir=true&no_tmp_dir=1', './d'],
  ])('%s is %s', (text, path) => {
    expect(parseStorageUrl(text, 'linux')).toEqual({ kind: 'file', path });
  });

  it('may have a drive on Windows', () => {
    expect(parseStorageUrl('file:///C:/out', 'win32')).toEqual({ kind: 'file', path: 'C:/out' });
    expect(parseStorageUrl('file:///C:/out', 'linux')).toEqual({ kind: 'file', path: '/C:/out' });
  });

  it('on another machine is an error that tells how to write a relative one', () => {
    expect(() => parseStorageUrl('file://dir/out')).toThrow(/file:\/\/\.\/dir\/out/);
    expect(() => parseStorageUrl('file://')).toThrow(/names no directory/);
  });

  it('keeps every path that is escaped', () => {
    const path = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => !text.includes('\0'));
    fc.assert(
      fc.property(path, (text) => {
        const escaped = text.split('/').map(encodeURIComponent).join('/');
        expect(parseStorageUrl(`file:///${escaped}`, 'linux')).toEqual({ kind: 'file', path: `/${text}` });
      }),
      { seed: 7 },
    );
  });
});
