/** GitHub's own API. */
const publicApi = new URL('https://api.github.com');

/** The container registry that belongs to an API: of GitHub, of GitHub Enterprise Cloud at ghe.com, or of a server. */
export function registryOfApi({ host }: URL = publicApi): string {
  if (host === publicApi.host) return 'ghcr.io';
  return `containers.${host.replace(/^api\.(?=[\w-]+\.ghe\.com$)/, '')}`;
}

/**
 * The API that tells of the packages on a registry, `own` being the one of the workflow; undefined where the registry is none of
 * GitHub's. Hosts match exactly, as the token is shown to what this gives.
 */
export function packagesApiOf(registry: string, own: URL = publicApi): URL | undefined {
  if (registry === registryOfApi(own)) return own;
  return registry === registryOfApi(publicApi) ? publicApi : undefined;
}
