import { BlockList, isIP } from 'node:net';

/**
 * Networks that are not the public internet: what IANA's registries of special-purpose addresses (RFC 6890) say is not
 * globally reachable, multicast, the site-local addresses of RFC 3879, and the address at which a machine of Azure finds
 * its host. 192.0.0.0/24 and 100.64.0.0/10 have such hosts of other clouds.
 */
const networks = [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '168.63.129.16/32', '169.254.0.0/16'],
  ...['172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24', '192.168.0.0/16', '198.18.0.0/15'],
  ...['198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
  ...['::/128', '::1/128', '64:ff9b:1::/48', '100::/64', '100:0:0:1::/64', '2001::/23', '2001:db8::/32'],
  ...['3fff::/20', '5f00::/16', 'fc00::/7', 'fe80::/10', 'fec0::/10', 'ff00::/8'],
];

/**
 * Those at which a machine of a cloud finds its host, and with that its own keys: link-local addresses, and what Azure, Alibaba, Oracle
 * and Amazon have besides.
 */
const hosts = [
  ...['169.254.0.0/16', '168.63.129.16/32', '100.100.100.200/32', '192.0.0.192/32'],
  ...['fe80::/10', 'fd00:ec2::/32'],
];

const listed = listOf(networks);
const listedHosts = listOf(hosts);

function listOf(all: readonly string[]): BlockList {
  const list = new BlockList();
  for (const network of all) {
    const [address = '', bits] = network.split('/');
    list.addSubnet(address, Number(bits), isIP(address) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}

/** The first 96 bits of addresses whose last 32 are one of IPv4 (RFC 4291, 2.5.5; RFC 2765; RFC 6052, 2.1). */
const carriers: readonly string[] = ['0:0:0:0:0:0', '0:0:0:0:0:ffff', '0:0:0:0:ffff:0', '64:ff9b:0:0:0:0'];

/** Whether an address, without brackets, is inside a network, be it one of IPv4 within one of IPv6; never for a name. */
export function isPrivateAddress(address: string): boolean {
  return isIn(listed, address);
}

/** Whether an address is one at which clouds hand out the keys of a machine: nobody keeps blobs there. */
export function isCloudHost(address: string): boolean {
  return isIn(listedHosts, address);
}

function isIn(list: BlockList, address: string): boolean {
  const family = isIP(address);
  if (family !== 6) return family === 4 && list.check(address, 'ipv4');
  const [bare = ''] = address.split('%');
  const within = embedded(bare);
  return list.check(bare, 'ipv6') || (within !== undefined && list.check(within, 'ipv4'));
}

/** The address of IPv4 in one of IPv6, where that leads to it; 6to4 has it behind its first 16 bits (RFC 3056, 2). */
function embedded(address: string): string | undefined {
  const parts = partsOf(address);
  if (parts[0] === '2002') return dotted(parts.slice(1, 3));
  return carriers.includes(parts.slice(0, 6).join(':')) ? dotted(parts.slice(6)) : undefined;
}

/** The eight parts of an address of IPv6, without zeros before them. */
function partsOf(address: string): string[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::');
  const before = head.split(':').filter(Boolean);
  const after = (tail ?? '').split(':').filter(Boolean);
  return [...before, ...Array<string>(8 - before.length - after.length).fill('0'), ...after];
}

function dotted(parts: readonly string[]): string {
  const bytes = parts.map((part) => Number.parseInt(part, 16)).flatMap((part) => [part >> 8, part & 0xff]);
  return bytes.join('.');
}
