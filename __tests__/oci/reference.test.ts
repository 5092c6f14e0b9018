import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../src/oci/digest.ts';
import { formatReference, parseName, parseReference, parseTag } from '../../src/oci/reference.ts';

const digest = digestOf(Buffer.from('content'));

describe('reference', () => {
  it.each([
    ['alpine', 'docker.io', 'library/alpine', undefined],
    ['docker.io/alpine:3', 'docker.io', 'library/alpine', '3'],
    ['docker.io/superboum/albatest:0.9', 'docker.io', 'superboum/albatest', '0.9'],
    ['index.docker.io/superboum/albatest', 'docker.io', 'superboum/albatest', undefined],
    ['registry-1.docker.io/library/alpine', 'docker.io', 'library/alpine', undefined],
    ['superboum/albatest', 'docker.io', 'superboum/albatest', undefined],
    ['localhost/app', 'localhost', 'app', undefined],
    ['localhost:5000/app:1', 'localhost:5000', 'app', '1'],
    ['127.0.0.1:5000/a/b/c', '127.0.0.1:5000', 'a/b/c', undefined],
    ['[::1]:5000/app', '[::1]:5000', 'app', undefined],
    ['GHCR.io/org/app', 'ghcr.io', 'org/app', undefined],
  ])('reads %s as docker does', (text, registry, repository, tag) => {
    expect(parseReference(text)).toEqual({ registry, repository, ...(tag && { tag }) });
  });

  it('survives being written and read', () => {
    const part = fc.stringMatching(/^[a-z0-9]{1,8}([._-][a-z0-9]{1,8})?$/);
    const reference = fc.record(
      {
        registry: fc.stringMatching(/^[a-z]{1,8}\.[a-z]{2,6}(:[1-9]\d{1,3})?$/),
        repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
        tag: fc.stringMatching(/^\w[\w.-]{0,20}$/),
        digest: fc.constant(digest),
      },
      { requiredKeys: ['registry', 'repository'] },
    );
    fc.assert(
      fc.property(reference, (value) => {
        expect(parseReference(formatReference(value))).toEqual(value);
      }),
      { seed: 3 },
    );
  });

  it.each([
    'app@sha256:12',
    'app@',
    'ghcr.io/app:',
    'ghcr.io/app:a b',
    'ghcr.io//app',
    'ho st.io/app',
    `app@${digest}@${digest}`,
  ])('refuses %j', (text) => {
    expect(() => parseReference(text)).toThrow(/is not a/);
  });

  it.each([
    ['UP PER', '"UP PER" is not a repository name: expected lower-case letters', 'at most 255'],
    [`a${'/a'.repeat(128)}`, 'is not a repository name', 'at most 255 characters'],
    ['-', 'is not a repository name', '"/" between them, at most 255'],
  ])('tells what a name looks like: %j', (text, ...parts) => {
    for (const part of parts) expect(() => parseName(text)).toThrow(part);
  });

  it.each([
    ['feature/x y', '"feature/x y" is not a tag: expected letters', 'such as feature-x-y'],
    [`t${'t'.repeat(128)}`, 'is not a tag', 'at most 128 of them'],
  ])('tells what a tag looks like: %j', (text, ...parts) => {
    for (const part of parts) expect(() => parseTag(text)).toThrow(part);
  });
});
