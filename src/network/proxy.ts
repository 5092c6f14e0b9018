import { AlbaError } from '../errors.ts';
import { isLoopbackHost } from './address.ts';

/**
 * Proxies by the scheme of what is reached, and the hosts that are reached without; values as in `HTTP_PROXY`,
 * `HTTPS_PROXY` and `NO_PROXY`. Loopback is never proxied.
 */
export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  readonly no?: string;
}

/** The proxy on the way to a URL, if there is one. Its own scheme is often left out where it is written. */
export function proxyFor(url: URL, { http, https, no = '' }: Proxies): URL | undefined {
  const proxy = url.protocol === 'https:' ? https : http;
  if (!proxy || isDirect(url, no)) return undefined;
  const text = proxy.includes('://') ? proxy : `http://${proxy}`;
  if (URL.canParse(text)) return new URL(text);
  throw new AlbaError('usage', 'the proxy is not a URL: expected http://host:port');
}

/** `NO_PROXY` names hosts, with or without a port, and with them all that is below; `*` is every host. */
function isDirect(url: URL, noProxy: string): boolean {
  if (isLoopbackHost(url.hostname)) return true;
  const port = url.port || (url.protocol === 'https:' ? '443' : '80');
  const names = noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .filter(Boolean);
  return names.some((name) => {
    const [host, only = port] = name.replace(/^\*?\./, '').split(':');
    return only === port && (host === '*' || `.${url.hostname}`.endsWith(`.${host}`));
  });
}
