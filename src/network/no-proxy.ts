import { BlockList, isIP } from 'node:net';
import { domainToASCII } from 'node:url';
import { bareHost, familyOf, isListed } from './address.ts';

/**
 * Whether a URL is reached without a proxy by what `NO_PROXY` lists: all that curl or Go reaches so (curl 7.88;
 * golang.org/x/net/http/httpproxy), where they differ. Entries stand between commas (both) or blanks (curl):
 *
 * | entry | stands for |
 * | --- | --- |
 * | `*` | every host |
 * | `example.org`, `.example.org` | the host and all below it (to Go, the second is only what is below) |
 * | `*.example.org` | all below it (Go) |
 * | `10.1.2.3`, `2001:db8::1`, `[2001:db8::1]` | the address, however it is written; names are not resolved |
 * | `10.0.0.0/8`, `2001:db8::/32` | the addresses of a network |
 * | any of the first two and of an address, with `:5000` | the same at one port (Go), https being 443 and http 80 |
 *
 * Upper and lower case are alike, and so are names with and without a dot at their end. Other entries match nothing.
 */
export function isDirect(url: URL, noProxy: string): boolean {
  const host = withoutDot(bareHost(url.hostname));
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => entry === '*' || isInNetwork(host, entry) || isEntry(host, port, entry));
}

/** `10.0.0.0/8`. An address of IPv4 is in no network of IPv6; one of IPv6 that maps it is in those of IPv4. */
function isInNetwork(host: string, entry: string): boolean {
  const [, network = '', digits = ''] = /^([^/]+)\/(\d{1,3})$/.exec(entry) ?? [];
  const bits = Number(digits);
  if (isIP(network) === 6 ? isIP(host) !== 6 || bits > 128 : isIP(network) !== 4 || bits > 32) return false;
  const list = new BlockList();
  list.addSubnet(network, bits, familyOf(network));
  return isListed(list, host);
}

function isEntry(host: string, port: string, entry: string): boolean {
  if (isIP(entry)) return isAddress(host, entry);
  const [, name = '', only = port] = /^(\[[^\]]+\]|[^:]+)(?::(\d+))?$/.exec(entry) ?? [];
  if (name === '' || only !== port) return false;
  const bare = bareHost(name);
  return isIP(bare) ? isAddress(host, bare) : isIP(host) === 0 && isName(host, bare);
}

function isAddress(host: string, address: string): boolean {
  const list = new BlockList();
  list.addAddress(address, familyOf(address));
  return isListed(list, host);
}

function isName(host: string, name: string): boolean {
  // As URLs have it; empty for what is no name.
  const listed = domainToASCII(withoutDot(name.replace(/^\*?\./, '')));
  if (listed === '') return false;
  return host.endsWith(`.${listed}`) || (host === listed && !name.startsWith('*'));
}

function withoutDot(name: string): string {
  return name.replace(/\.$/, '');
}
