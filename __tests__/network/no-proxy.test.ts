import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/network/proxy.ts';

const proxies = { http: 'http://proxy:3128', https: 'http://proxy:3128' };

/**
 * What golang.org/x/net/http/httpproxy 0.62 and curl 7.88 made of each, asked in turn; alba is to reach directly
 * what one of them does.
 */
const table: readonly (readonly [
  url: string,
  list: string,
  go: 'direct' | 'proxy',
  curl: 'direct' | 'proxy',
])[] = [
  ['http://registry.example', 'registry.example', 'direct', 'direct'],
  ['http://sub.registry.example', 'registry.example', 'direct', 'direct'],
  ['http://notregistry.example', 'registry.example', 'proxy', 'proxy'],
  ['http://registry.example.evil', 'registry.example', 'proxy', 'proxy'],
  ['http://registry.example', '.registry.example', 'proxy', 'direct'],
  ['http://sub.registry.example', '.registry.example', 'direct', 'direct'],
  ['http://registry.example', '*.registry.example', 'proxy', 'proxy'],
  ['http://sub.registry.example', '*.registry.example', 'direct', 'proxy'],
  ['http://a.sub.registry.example', '*.registry.example', 'direct', 'proxy'],
  ['http://registry.example', 'REGISTRY.Example', 'direct', 'direct'],
  ['http://registry.example', 'a.test, registry.example ,b.test', 'direct', 'direct'],
  ['http://registry.example', 'a.test registry.example b.test', 'proxy', 'direct'],
  ['http://registry.example', '*', 'direct', 'direct'],
  ['http://registry.example', 'a.test,*', 'direct', 'proxy'],
  ['http://10.1.2.3', '*', 'direct', 'direct'],
  ['http://registry.example', '', 'proxy', 'proxy'],
  ['http://registry.example', ' , ,', 'proxy', 'proxy'],
  ['http://registry.example', 'registry.example:80', 'direct', 'proxy'],
  ['https://registry.example', 'registry.example:443', 'direct', 'proxy'],
  ['http://registry.example', 'registry.example:443', 'proxy', 'proxy'],
  ['http://registry.example:5000', 'registry.example:5000', 'direct', 'proxy'],
  ['http://registry.example:5000', 'registry.example', 'direct', 'direct'],
  ['http://registry.example', 'registry.example.', 'proxy', 'direct'],
  ['http://registry.example.', 'registry.example', 'proxy', 'direct'],
  ['http://10.1.2.3', '10.1.2.3', 'direct', 'direct'],
  ['http://10.1.2.3:5000', '10.1.2.3:5000', 'direct', 'proxy'],
  ['http://10.1.2.3:5000', '10.1.2.3:5001', 'proxy', 'proxy'],
  ['http://10.1.2.3', '2.3', 'proxy', 'proxy'],
  ['http://10.1.2.3', '.2.3', 'proxy', 'proxy'],
  ['http://10.1.2.3', '10.0.0.0/8', 'direct', 'direct'],
  ['http://11.1.2.3', '10.0.0.0/8', 'proxy', 'proxy'],
  ['http://10.1.2.3', '10.1.2.99/24', 'direct', 'direct'],
  ['http://10.1.3.3', '10.1.2.99/24', 'proxy', 'proxy'],
  ['http://10.1.2.3', '0.0.0.0/0', 'direct', 'proxy'],
  ['http://10.1.2.3', '10.0.0.0/33', 'proxy', 'proxy'],
  ['http://10.1.2.3', '10.1.2.3/32', 'direct', 'direct'],
  ['http://10.1.2.3', '10.1.2/24', 'proxy', 'proxy'],
  ['http://10.registry.example', '10.0.0.0/8', 'proxy', 'proxy'],
  ['http://[2001:db8::1]', '2001:db8::1', 'direct', 'direct'],
  ['http://[2001:db8::1]', '2001:DB8:0:0::1', 'direct', 'proxy'],
  ['http://[2001:db8::1]:5000', '[2001:db8::1]:5000', 'direct', 'proxy'],
  ['http://[2001:db8::1]:5000', '[2001:db8::1]:5001', 'proxy', 'proxy'],
  ['http://[2001:db8::1]', '2001:db8::/32', 'direct', 'proxy'],
  ['http://[2001:db9::1]', '2001:db8::/32', 'proxy', 'proxy'],
  ['http://[2001:db8::1]', '::/0', 'direct', 'proxy'],
  ['http://[2001:db8::1]', '0.0.0.0/0', 'proxy', 'proxy'],
  ['http://[2001:db8::1]', '2001:db8::/129', 'proxy', 'proxy'],
  ['http://[::ffff:10.1.2.3]', '10.0.0.0/8', 'direct', 'proxy'],
  ['http://[::ffff:10.1.2.3]', '10.1.2.3', 'direct', 'proxy'],
  ['http://10.1.2.3', '::ffff:10.1.2.3', 'direct', 'proxy'],
  ['http://xn--bcher-kva.example', 'bücher.example', 'direct', 'proxy'],
  ['http://bücher.example', 'xn--bcher-kva.example', 'direct', 'direct'],
  ['http://localhost', 'x', 'direct', 'proxy'],
  ['http://127.0.0.1:5000', 'x', 'direct', 'proxy'],
  ['http://127.9.9.9', 'x', 'direct', 'proxy'],
  ['http://[::1]', 'x', 'direct', 'proxy'],
];

describe('NO_PROXY', () => {
  it.each(table)('of %s with "%s": %s to Go, %s to curl', (url, no, go, curl) => {
    const way = proxyFor(new URL(url), { ...proxies, no }) ? 'proxy' : 'direct';
    expect(way).toBe(go === 'direct' || curl === 'direct' ? 'direct' : 'proxy');
  });

  it.each([
    ['http://[2001:db8::1]', '[2001:db8::1]', 'direct'],
    ['http://app.localhost', '', 'direct'],
    ['http://registry.example', ':80', 'proxy'],
    ['http://registry.example', '/8', 'proxy'],
    ['http://registry.example', '.', 'proxy'],
    ['http://registry.example', '*.', 'proxy'],
    ['http://registry.example', 'registry.example:http', 'proxy'],
    ['http://registry.example', 'http://registry.example', 'proxy'],
    ['http://10.1.2.3', '::/0', 'proxy'],
    ['http://10.1.2.3', '10.0.0.0/1000000000', 'proxy'],
  ])('of %s with "%s", whatever others do: %s', (url, no, way) => {
    expect(proxyFor(new URL(url), { ...proxies, no }) ? 'proxy' : 'direct').toBe(way);
  });
});
