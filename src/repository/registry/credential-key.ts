import type { CredentialQuery } from './credentials.ts';

const hubServer = 'https://index.docker.io/v1/';
const hubHosts: readonly string[] = [
  ...['docker.io', 'index.docker.io', 'registry-1.docker.io', 'registry.hub.docker.com'],
];

/** Under which names credentials may be filed, from the narrowest: `ghcr.io/org/app`, `ghcr.io/org`, `ghcr.io`. */
export function keysOf({ registry, repository }: Pick<CredentialQuery, 'registry' | 'repository'>): string[] {
  const segments = [registry, ...repository.split('/')];
  return segments.map((_, index) => segments.slice(0, segments.length - index).join('/'));
}

/** How helpers, and docker's own entries, name a registry or a part of it. */
export function serverOf(key: string): string {
  return key === 'docker.io' ? hubServer : key;
}

/**
 * The values that are filed under one of {@link keysOf}, as it is written by docker first. Keys of files are hosts or
 * the URLs that older clients wrote (`https://ghcr.io/v2/`), with or without a path; Docker Hub has several hosts.
 */
export function filedUnder<T>(entries: Readonly<Record<string, T>>, key: string): T[] {
  const rank = (written: string): number => [serverOf(key), key].indexOf(written) >>> 0;
  return Object.entries(entries)
    .filter(([written]) => normalKey(written) === key)
    .sort(([one], [other]) => rank(one) - rank(other))
    .map(([, value]) => value);
}

function normalKey(written: string): string {
  const [, host = '', path = ''] = /^(?:https?:\/\/)?([^/]+)(\/.*)?$/i.exec(written) ?? [];
  const registry = hubHosts.includes(host.toLowerCase()) ? 'docker.io' : host.toLowerCase();
  const inner = path.replace(/^\/v[12](?=\/?$)/, '').replace(/\/+$/, '');
  return registry + inner;
}
