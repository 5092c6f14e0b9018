import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { parseAddress } from '../../src/place/schemes.ts';

const digest = digestOf(Buffer.from('content'));
const secret = 'hunter2';

describe('a web address', () => {
  it.each([
    ['https://example.org/org/app:1.0', 'https://example.org/org/app', '1.0', undefined],
    [`https://example.org/app@${digest}`, 'https://example.org/app', undefined, digest],
    [`https://example.org/app:1.0@${digest}`, 'https://example.org/app', '1.0', digest],
    ['https://example.org/dir/sub/#org/app:1.0', 'https://example.org/dir/sub#org/app', '1.0', undefined],
    [`http://example.org:8080#app@${digest}`, 'http://example.org:8080/app', undefined, digest],
    ['HTTPS://Example.ORG:443/app:1', 'https://example.org/app', '1', undefined],
  ])('names a repository: %s', (text, base, tag, at) => {
    const address = parseAddress(text, 'reference');
    expect(address.place?.urlOf(digest)).toBe(`${base}@${digest}`);
    expect([address.tag, address.digest]).toEqual([tag, at]);
  });

  it('is for the login of its host, and over plain http nobody is shown one without a word', () => {
    expect(parseAddress('https://example.org:8443/app:1', 'reference').place).toMatchObject({
      loginHost: 'example.org:8443',
    });
    expect(parseAddress('https://example.org/app:1', 'reference').place?.origin).toBeUndefined();
    expect(parseAddress('http://example.org/app:1', 'reference').place?.origin).toBe('http://example.org');
  });

  it('is a folder of plain files where those are pulled, and a repository behind a #', () => {
    const files = parseAddress('https://example.org/down%20loads/', 'download');
    expect(files.place).toBeUndefined();
    expect(files.storage?.url).toBe('https://example.org/down%20loads');
    expect(parseAddress('https://example.org/dir#app:1', 'download')).toMatchObject({ tag: '1' });
  });

  it('has a login that no message and no address of another run holds', () => {
    for (const text of [
      `https://user:${secret}@example.org/app:1.0`,
      `https://user:${secret}@example.org/dir#app:1.0`,
    ]) {
      const { url, place } = parseAddress(text, 'reference');
      const told = [url, place?.url, place?.urlOf(digest), place?.referenceOf('1.0', digest)];
      expect(told.join(' ')).not.toMatch(/hunter2|user/);
    }
  });

  it.each([
    [`https://user:${secret}@/app`, 'names no host'],
    [`https://user:${secret}/x@example.org/app`, 'write it as %40'],
    [`https://user:%${secret}@example.org/app`, 'write % in it as %25'],
    [`https://user:${secret}@example.org/app?sig=${secret}`, 'unknown parameter "sig"'],
    [`https://example.org/app?server=${secret}`, 'must be one of webdav'],
    ['https://gitlab.example.org/api/v4/projects/42/packages/generic/app/1.0', 'leave "app/1.0" out'],
    [`https://user:${secret}@example.org:99999/app`, 'names no host'],
    [`https://example.org/app@sha256:${secret}`, 'is not a digest'],
    ['https://example.org/A B:1', 'is not a repository name'],
    ['https://example.org/%zz', 'write a % that is meant as %25'],
  ])('that is none is told without its secrets: %s', (text, message) => {
    const parse = () => parseAddress(text, 'reference');
    expect(parse).toThrow(message);
    expect(parse).toThrow(expect.objectContaining({ code: 'usage' }));
    if (!text.includes('sha256')) expect(parse).not.toThrow(secret);
  });

  it.each([['target', 'https://ghcr.io/org/app:1', 'did you mean docker://ghcr.io/org/app:1?']] as const)(
    'is refused as a %s, with the reason: %s',
    (role, text, message) => {
      expect(() => parseAddress(text, role)).toThrow(message);
    },
  );
});
