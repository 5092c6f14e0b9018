import { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isPrivateHost, publicLookup } from '../../src/network/address.ts';

describe('an address', () => {
  it.each([
    ['127.0.0.1', true, true],
    ['[::1]', true, true],
    ['localhost', true, true],
    ['10.1.2.3', false, true],
    ['172.31.255.255', false, true],
    ['172.32.0.1', false, false],
    ['192.168.1.1', false, true],
    ['169.254.169.254', false, true],
    ['100.64.0.1', false, true],
    ['[fd00::1]', false, true],
    ['[fe80::1]', false, true],
    ['[::ffff:a00:1]', false, true],
    ['8.8.8.8', false, false],
    ['[2001:db8::1]', false, false],
    ['10.example', false, false],
  ])('%s: loopback %s, private %s', (host, isLoopback, isPrivate) => {
    expect(isLoopbackHost(host)).toBe(isLoopback);
    expect(isPrivateHost(host)).toBe(isPrivate);
  });

  it('is checked at the moment of connecting', async () => {
    const failed = await new Promise<Error | null>((resolve) => {
      publicLookup('localhost', { all: true }, (error) => resolve(error));
    });
    expect(failed?.message).toMatch(/^localhost is \S+, an address in a private network$/);
    const [asked, plain] = await Promise.all(
      [lookup, publicLookup].map(
        (find) => new Promise((resolve) => find('203.0.113.7', {}, (_, ...found) => resolve(found))),
      ),
    );
    expect(plain).toEqual(asked);
  });
});
