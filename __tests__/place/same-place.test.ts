import { expect, it } from 'vitest';
import { parseLocator } from '../../src/place/locator.ts';
import { isSamePlace } from '../../src/place/same-place.ts';

it.each([
  ['docker://ghcr.io/org/app:main', 'docker://ghcr.io/org/app', true],
  ['docker://docker.io/app:main', 'docker://docker.io/library/app:1.0', true],
  ['docker://localhost:5000/app?plain-http=true', 'docker://localhost:5000/app:1', false],
  ['docker://ghcr.io/org/app:main', 'docker://ghcr.io/org/app-cache:main', false],
  ['docker://ghcr.io/org/app:main', 'docker://quay.io/org/app:main', false],
  ['s3://bucket/a?region=eu-west-1#app:main', 's3://bucket/a?region=eu-west-1#app:1.0', true],
  ['s3://bucket#app:main', 's3://bucket#cache:main', false],
  ['s3://bucket?endpoint=https://s3.example.org#app:main', 's3://bucket#app:main', false],
  ['file://./site#app:main', 'FILE://./site#app', true],
  ['file://./site#app:main', 'file://./site#cache:main', false],
  ['oci:./site:main', 'oci:./site:1.0', true],
  ['oci:./site:main', 'oci:./other:main', false],
])('%s and %s lead to one repository: %s', (one, other, expected) => {
  expect(isSamePlace(parseLocator(one).place, parseLocator(other).place)).toBe(expected);
});
