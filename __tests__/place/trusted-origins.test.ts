import { expect, it } from 'vitest';
import { parseLocator } from '../../src/place/locator.ts';
import { parseTargetUrl } from '../../src/place/target.ts';
import { assertTrusted, parseTrustedOrigin, trustOf } from '../../src/place/trusted-origins.ts';

const digest = `sha256:${'0'.repeat(64)}`;
const check =
  (url: string, named: readonly string[] = []) =>
  () =>
    assertTrusted([parseLocator(`${url}#app@${digest}`)], trustOf([], named, {}));

it.each([
  ['s3.example.org', 'https://s3.example.org'],
  ['S3.example.org:443', 'https://s3.example.org'],
  ['http://[::1]:9000/', 'http://[::1]:9000'],
])('a trusted endpoint %s is %s', (text, origin) => {
  expect(parseTrustedOrigin(text)).toBe(origin);
});

it.each(['', 's3://b', 'https://', 'https://a/b', 'me@a', 'https://a?b', 'ftp://a', 'a b'])(
  'a trusted endpoint is not %j',
  (text) => {
    expect(() => parseTrustedOrigin(text)).toThrow(/is no server: expected host/);
  },
);

it.each([
  's3://b',
  's3://b?region=eu-west-1',
  's3://b?endpoint=s3.eu-west-1.amazonaws.com',
  's3://b?endpoint=s3.amazonaws.com',
  's3://b?endpoint=s3.dualstack.us-gov-east-1.amazonaws.com',
  's3://b?endpoint=s3-fips.us-east-1.amazonaws.com',
  's3://b?endpoint=s3.cn-north-1.amazonaws.com.cn',
])('an artifact may name AWS by itself: %s', (url) => {
  expect(check(url)).not.toThrow();
});

it.each([
  'http://s3.eu-west-1.amazonaws.com',
  's3.eu-west-1.amazonaws.com.evil.example',
  'evil-s3.amazonaws.com',
  'b.s3.amazonaws.com',
  'ec2-1-2-3-4.us-east-1.compute.amazonaws.com',
  's3.eu-west-1.amazonaws.com:8443',
  'amazonaws.com',
])('an artifact may not name by itself %s', (endpoint) => {
  expect(check(`s3://b?endpoint=${endpoint}`)).toThrow(/an artifact alone names/);
  expect(check(`s3://b?endpoint=${endpoint}`, [parseTrustedOrigin(endpoint)])).not.toThrow();
});

it('a target that shows nobody who we are does not name its endpoint for others', () => {
  const { storage } = parseTargetUrl('s3://b?endpoint=other.example&anonymous=true');
  const places = storage ? [storage.repository('app')] : [];
  const trust = trustOf(places, [], {});
  expect(trust.origins.size).toBe(0);
});
