/** GitHub's own API. */
export const publicApi = new URL('https://api.github.com');

/** The container registry that belongs to an API: of GitHub, of GitHub Enterprise Cloud at ghe.com, or of a server. */
export function registryOfApi({ host }: URL = publicApi): string {
  if (host === publicApi.host) return 'ghcr.io';
  return `containers.${host.replace(/^api\.(?=[\w-]+\.ghe\.com$)/, '')}`;
}

/**
 * The API that tells of the packages on a registry, `own` being the one that the token is for; undefined where the registry is not that
 * one's. Hosts match exactly, as the token is shown to what this gives.
 */
export function packagesApiOf(registry: string, own: URL = publicApi): URL | undefined {
  return registry === registryOfApi(own) ? own : undefined;
}

/** Why packages on ghcr.io cannot be asked for with the token of another API; undefined where that is no matter. */
export function strangeToken(registry: string, own: URL = publicApi): string | undefined {
  if (registry !== registryOfApi() || registry === registryOfApi(own)) return undefined;
  return `GitHub tells of packages and deletes them through its API: GITHUB_API_URL names ${own.host}, and the token of that is not shown to ${registry}: leave it out, and give a token of github.com`;
}
