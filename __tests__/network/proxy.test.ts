import { expect, it } from 'vitest';
import { proxyFor } from '../../src/network/proxy.ts';

const proxies = { http: 'plain:3128', https: 'http://user:hush@secure:3128' };

it.each([
  ['http://registry.example/v2/', 'http://plain:3128/'],
  ['https://registry.example/v2/', 'http://user:hush@secure:3128/'],
  ['https://127.0.0.1:5000/', undefined],
  ['http://localhost/', undefined],
  ['http://[::1]/', undefined],
])('the proxy on the way to %s is %s', (url, proxy) => {
  expect(proxyFor(new URL(url), proxies)?.href).toBe(proxy);
});

it.each([
  ['https://s3.example.org', '', false],
  ['https://s3.example.org', 'example.org', true],
  ['https://s3.example.org', 'other, .EXAMPLE.org:443', true],
  ['https://s3.example.org', 'example.org:8443', false],
  ['https://s3.example.org:8443', '*.example.org:8443', true],
  ['http://s3.example.org', 'example.org:443 s3.example.org:80', true],
  ['https://s3.example.org', '*', true],
  ['https://notexample.org', 'example.org', false],
  ['https://example.org.evil', 'example.org', false],
])('%s is reached directly with NO_PROXY "%s": %s', (url, no, isDirect) => {
  expect(proxyFor(new URL(url), { ...proxies, no }) === undefined).toBe(isDirect);
});

it('that is no URL is refused without what it says', () => {
  const url = new URL('https://registry.example');
  expect(() => proxyFor(url, { https: 'http://user:hush@[' })).toThrow(/^(?!.*hush).*http:\/\/host:port$/);
});
