import { isLoopbackHost } from '../address.ts';

/** Where a registry answers. Docker Hub does not under its own name; loopback speaks plain http unless told. */
export function originOf(registry: string, plainHttp: boolean | undefined): URL {
  const host = registry === 'docker.io' ? 'registry-1.docker.io' : registry;
  const plain = plainHttp ?? isLoopbackHost(new URL(`https://${host}`).hostname);
  return new URL(`${plain ? 'http' : 'https'}://${host}`);
}

/**
 * The URL in a `Location` of a registry, resolved against the request's. `http:` of the same host becomes https, as
 * TLS often ends at a proxy; undefined for what is no http(s) URL.
 */
export function urlFrom(base: URL, location: string): URL | undefined {
  if (!URL.canParse(location, base.href)) return undefined;
  const url = new URL(location, base);
  if (base.protocol === 'https:' && url.protocol === 'http:' && url.hostname === base.hostname) {
    return new URL(`${base.origin}${url.pathname}${url.search}`);
  }
  return url.protocol === 'http:' || url.protocol === 'https:' ? url : undefined;
}

/** A URL as messages show it: without query, fragment and user. */
export function shownUrl(url: URL): string {
  return `${url.origin}${url.pathname}`;
}
