import { lookup } from 'node:dns';
import { describe, expect, it } from 'vitest';
import { isLoopbackHost, isPrivateHost } from '../../src/network/address.ts';
import { publicLookup } from '../../src/network/guarded-lookup.ts';

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
    ['localhost.', true, true],
    ['app.localhost', true, true],
    ['notlocalhost', false, false],
    ['0.0.0.0', false, true],
    ['168.63.129.16', false, true],
    ['168.63.129.17', false, false],
    ['192.0.0.192', false, true],
    ['192.0.1.1', false, false],
    ['192.0.2.1', false, true],
    ['198.17.255.255', false, false],
    ['198.18.0.1', false, true],
    ['198.19.255.255', false, true],
    ['198.20.0.1', false, false],
    ['100.63.255.255', false, false],
    ['100.127.255.255', false, true],
    ['100.128.0.1', false, false],
    ['223.255.255.255', false, false],
    ['224.0.0.251', false, true],
    ['240.0.0.1', false, true],
    ['255.255.255.255', false, true],
    ['[::]', false, true],
    ['[::7f00:1]', false, true],
    ['[::808:808]', false, false],
    ['[::ffff:127.0.0.1]', true, true],
    ['[::ffff:8.8.8.8]', false, false],
    ['[::ffff:0:10.0.0.1]', false, true],
    ['[64:ff9b::10.0.0.1]', false, true],
    ['[64:ff9b::169.254.169.254]', false, true],
    ['[64:ff9b::8.8.8.8]', false, false],
    ['[64:ff9b:1::8.8.8.8]', false, true],
    ['[2002:a00:1::1]', false, true],
    ['[2002:a83f:8110::]', false, true],
    ['[2002:808:808::1]', false, false],
    ['[100::1]', false, true],
    ['[2001:db8::1]', false, true],
    ['[2001:0:a00:1::]', false, true],
    ['[2001:4860:4860::8888]', false, false],
    ['[fdff:ffff::1]', false, true],
    ['[fe00::1]', false, false],
    ['[febf::1]', false, true],
    ['[fec0::1]', false, true],
    ['[ff02::1]', false, true],
    ['[2606:4700::1111]', false, false],
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
        (find) => new Promise((resolve) => find('9.9.9.9', {}, (_, ...found) => resolve(found))),
      ),
    );
    expect(plain).toEqual(asked);
  });
});
