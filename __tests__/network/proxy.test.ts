import { describe, expect, it } from 'vitest';
import { proxyAuthorization, proxyFor, socksVersion } from '../../src/network/proxy.ts';
import { readConnection } from '../../src/place/connection.ts';

const proxies = { http: 'plain:3128', https: 'http://user:hush@secure:3128' };
const target = new URL('https://registry.example');

describe('the proxy on the way to a server', () => {
  it.each([
    ['http://registry.example/v2/', 'http://plain:3128/', 'HTTP_PROXY'],
    ['https://registry.example/v2/', 'http://secure:3128/', 'HTTPS_PROXY'],
    ['https://127.0.0.1:5000/', undefined, undefined],
    ['http://localhost/', undefined, undefined],
    ['http://[::1]/', undefined, undefined],
  ])('at %s is %s, of %s', (url, proxy, variable) => {
    const found = proxyFor(new URL(url), proxies);
    expect([found?.url.href, found?.variable]).toEqual([proxy, variable]);
  });

  it.each([
    ['proxy', 'http://proxy/', undefined],
    ['https://proxy:3129/path?query', 'https://proxy:3129/', undefined],
    ['HTTP://[2001:db8::1]:3128', 'http://[2001:db8::1]:3128/', undefined],
    ['socks5://proxy:1080', 'socks5://proxy:1080', 5],
    ['socks5h://proxy', 'socks5h://proxy', 5],
    ['socks://proxy', 'socks://proxy', 5],
    ['socks4://proxy', 'socks4://proxy', 4],
    ['socks4a://proxy', 'socks4a://proxy', 4],
  ])('that is written %s is %s, of SOCKS %s', (https, url, version) => {
    const found = proxyFor(target, { https });
    expect(found?.url.href).toBe(url);
    expect(found && socksVersion(found)).toBe(version);
  });

  it.each([
    ['http://proxy', undefined],
    ['http://user@proxy', 'user:'],
    ['http://us%40er:p%25ss@proxy', 'us@er:p%ss'],
    ['http://:pass@proxy', ':pass'],
  ])('has the login of %s: %s', (https, login) => {
    const found = proxyFor(target, { https });
    const header = found && proxyAuthorization(found);
    expect(header && Buffer.from(header.slice('Basic '.length), 'base64').toString()).toBe(login);
  });

  it.each([
    ['http://user:hush@[', /^HTTPS_PROXY is not the URL of a proxy: expected http:\/\/host:port/],
    ['ftp://user:hush@proxy', /^HTTPS_PROXY is not the URL of a proxy/],
    ['socks5://', /^HTTPS_PROXY is not the URL of a proxy/],
    ['http://user:hush%zz@proxy', /^HTTPS_PROXY has a login that cannot be decoded: write % .* as %25$/],
  ])('that is none, %s, is an error of the call that hides it', (https, message) => {
    const look = () => proxyFor(target, { https });
    expect(look).toThrow(message);
    expect(look).toThrow(expect.objectContaining({ code: 'usage' }));
    expect(look).not.toThrow(/hush/);
    expect(proxyFor(target, { https, no: target.hostname })).toBeUndefined();
  });

  it('is read from the environment, lower case before upper', async () => {
    const env = { HTTPS_PROXY: 'upper', https_proxy: 'lower', HTTP_PROXY: 'upper', http_proxy: '' };
    const connection = await readConnection({}, { ...env, NO_PROXY: 'a', no_proxy: 'b' }, '.');
    expect(connection.proxies).toEqual({ https: 'lower', http: 'upper', no: 'b' });
  });
});
