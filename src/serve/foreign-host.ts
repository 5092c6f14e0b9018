import type { IncomingMessage } from 'node:http';
import { isLoopbackHost } from '../network/address.ts';
import { hostIn } from './host-name.ts';

/**
 * The host that a request asks for and is not to be answered for, as it was written; undefined where it may be. Names
 * and addresses of this machine may be, and those that are allowed: a page of others may lead its own name here (DNS
 * rebinding), and would read what it is told under that.
 */
export function foreignHost(request: IncomingMessage, allowed: ReadonlySet<string>): string | undefined {
  const [, inUrl] = /^https?:\/\/([^/?#]*)/i.exec(request.url ?? '') ?? [];
  const asked = [request.headers.host ?? '', ...(inUrl === undefined ? [] : [inUrl])];
  return asked.find((text) => {
    const host = hostIn(text);
    return host === undefined || !(isLoopbackHost(host) || allowed.has(host));
  });
}
