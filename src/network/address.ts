import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

const internal = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const) {
  internal.addSubnet(network, bits);
}
internal.addAddress('::', 'ipv6');
internal.addAddress('::1', 'ipv6');
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');

/** The family of an address, as a `BlockList` wants it. */
export function familyOf(address: string): 'ipv4' | 'ipv6' {
  return isIP(address) === 6 ? 'ipv6' : 'ipv4';
}

/** Whether a list has an address, written as either family writes it; never for a name. */
export function isListed(list: BlockList, address: string): boolean {
  return isIP(address) !== 0 && list.check(address, familyOf(address));
}

/** A host without the brackets that URLs put around IPv6. */
export function bareHost(hostname: string): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function isLocalName(hostname: string): boolean {
  return hostname === 'localhost' || hostname.endsWith('.localhost');
}

/** Whether a host (as `URL` writes it) is this machine, by its name or address alone. */
export function isLoopbackHost(hostname: string): boolean {
  return isLocalName(hostname) || isListed(loopback, bareHost(hostname));
}

/** Whether a host is inside a network, by its name or address alone (RFC 1918, 3927, 4193, 6598). */
export function isPrivateHost(hostname: string): boolean {
  return isLocalName(hostname) || isListed(internal, bareHost(hostname));
}

/** Whether a host is inside a network, by what its name resolves to; one that does not resolve is not. */
export function resolvesToPrivate(hostname: string): Promise<boolean> {
  if (isPrivateHost(hostname)) return Promise.resolve(true);
  return new Promise((resolve) => {
    lookup(bareHost(hostname), { all: true }, (error, found) => {
      resolve(!error && found.some(({ address }) => isListed(internal, address)));
    });
  });
}

/** A lookup for connections that must stay out of private networks, asked at the moment of connecting. */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[] = []) => {
    const refused = found.find(({ address }) => isListed(internal, address));
    const failure =
      error ?? (refused && new Error(`${hostname} is ${refused.address}, an address in a private network`));
    const [first] = found;
    if (failure || !first) callback(failure ?? new Error(`${hostname} has no address`), '', 0);
    else if (options.all) callback(null, found);
    else callback(null, first.address, first.family);
  });
};
