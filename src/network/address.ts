import { BlockList, isIP } from 'node:net';
import { isPrivateAddress } from './private-networks.ts';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8);
loopback.addAddress('::1', 'ipv6');

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
  return /(?:^|\.)localhost\.?$/.test(hostname);
}

/** Whether a host (as `URL` writes it) is this machine, by its name or address alone. */
export function isLoopbackHost(hostname: string): boolean {
  return isLocalName(hostname) || isListed(loopback, bareHost(hostname));
}

/** Whether a host is inside a network, by its name or address alone. */
export function isPrivateHost(hostname: string): boolean {
  return isLocalName(hostname) || isPrivateAddress(bareHost(hostname));
}
