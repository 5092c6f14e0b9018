import { describe, expect, it } from 'vitest';
import { parseNamedTag } from '../../src/oci/named-tag.ts';

describe('a named tag', () => {
  it.each([
    ['app', { name: 'app' }],
    ['app:1.2.3', { name: 'app', tag: '1.2.3' }],
    ['org/app:1.2.3', { name: 'org/app', tag: '1.2.3' }],
    ['ghcr.io/org/app:1.2.3', { registry: 'ghcr.io', name: 'org/app', tag: '1.2.3' }],
    ['ghcr.io/org/app', { registry: 'ghcr.io', name: 'org/app' }],
    ['index.docker.io/app:1', { registry: 'docker.io', name: 'app', tag: '1' }],
    ['localhost/app:1', { registry: 'localhost', name: 'app', tag: '1' }],
    ['localhost:5000/org/team/app:1', { registry: 'localhost:5000', name: 'org/team/app', tag: '1' }],
    ['registry:5000/app', { registry: 'registry:5000', name: 'app' }],
    ['[::1]:5000/app:1', { registry: '[::1]:5000', name: 'app', tag: '1' }],
    ['my.app:1', { name: 'my.app', tag: '1' }],
    ['1.0', { name: '1.0' }],
    ['Org/App:V1', { name: 'org/app', tag: 'V1', spelled: 'Org/App' }],
    ['localhost:1', { name: 'localhost', tag: '1' }],
  ])('is read from %s', (text, expected) => {
    expect(parseNamedTag(text)).toEqual({ text, ...expected });
  });

  it.each([
    ['', /"" is not a repository name/],
    [':1', /"" is not a repository name/],
    ['app:', /"" is not a tag/],
    ['ghcr.io/', /"" is not a repository name/],
    ['app:feature/x', /"feature\/x" is not a tag: .*such as feature-x/],
    ['a_b.c:1/app', /"a_b.c:1" is not a registry host/],
    ['app:1:2', /"1:2" is not a tag/],
  ])('is not read from "%s"', (text, message) => {
    expect(() => parseNamedTag(text)).toThrow(message);
  });
});
