import { AlbaError } from '../errors.ts';
import { keepSecret } from '../progress/secrets.ts';
import { isLoopbackHost } from './address.ts';
import { isDirect } from './no-proxy.ts';

/**
 * Proxies by the scheme of what is reached, and the hosts that are reached without; values as in `HTTP_PROXY`,
 * `HTTPS_PROXY` and `NO_PROXY`. Loopback is never proxied.
 */
export interface Proxies {
  readonly http?: string;
  readonly https?: string;
  readonly no?: string;
}

/** A proxy on the way to some server. */
export interface ProxyServer {
  /** Its scheme, host and port alone: `http:`, `https:`, or one of SOCKS. It may be shown. */
  readonly url: URL;
  readonly login: ProxyLogin | undefined;
  /** Where it is named, for messages. */
  readonly variable: 'HTTP_PROXY' | 'HTTPS_PROXY';
}

/** Who we are to a proxy; no message has it. */
export interface ProxyLogin {
  readonly username: string;
  readonly password: string;
}

/** The versions of SOCKS by a URL's scheme; names are resolved at the proxy in all of them, as Go and undici do. */
const socksVersions: Readonly<Record<string, 4 | 5>> = {
  'socks:': 5,
  'socks5:': 5,
  'socks5h:': 5,
  'socks4:': 4,
  'socks4a:': 4,
};

/**
 * The proxy on the way to a URL, undefined where there is none. `http://` before it may be left out. Throws an
 * AlbaError (`usage`) that tells no secret where it is no URL of a proxy.
 */
export function proxyFor(url: URL, { http, https, no = '' }: Proxies): ProxyServer | undefined {
  const isSecure = url.protocol === 'https:';
  const text = isSecure ? https : http;
  if (!text || isLoopbackHost(url.hostname) || isDirect(url, no)) return undefined;
  return parseProxy(text, isSecure ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/** Of SOCKS which version a proxy speaks, undefined where it speaks HTTP. */
export function socksVersion({ url }: ProxyServer): 4 | 5 | undefined {
  return socksVersions[url.protocol];
}

/** The value of a `Proxy-Authorization` header (RFC 9110, 11.7.2; RFC 7617), undefined where we are nobody. */
export function proxyAuthorization({ login }: ProxyServer): string | undefined {
  if (!login) return undefined;
  keepSecret(login.password);
  return `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`;
}

function parseProxy(text: string, variable: ProxyServer['variable']): ProxyServer {
  const whole = text.includes('://') ? text : `http://${text}`;
  const url = URL.canParse(whole) ? new URL(whole) : undefined;
  const isKnown = url && ['http:', 'https:', ...Object.keys(socksVersions)].includes(url.protocol);
  if (!isKnown || url.hostname === '') {
    const expected = 'expected http://host:port, https://host:port or socks5://host:port';
    throw new AlbaError('usage', `${variable} is not the URL of a proxy: ${expected}`);
  }
  const origin = new URL(`${url.protocol}//${url.host}`);
  return { url: origin, login: loginOf(url, variable), variable };
}

function loginOf({ username, password }: URL, variable: string): ProxyLogin | undefined {
  if (username === '' && password === '') return undefined;
  try {
    return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
  } catch {
    const remedy = 'write % in user and password as %25';
    throw new AlbaError('usage', `${variable} has a login that cannot be decoded: ${remedy}`);
  }
}
