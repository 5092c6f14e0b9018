import { AlbaError } from '../errors.ts';
import { isLoopbackHost } from '../network/address.ts';
import {
  type CredentialSource,
  firstCredentials,
  passwordCredentials,
  workflowCredentials,
} from '../repository/registry/credentials.ts';
import { dockerConfigCredentials } from '../repository/registry/docker-config.ts';
import type { RegistryOptions } from '../repository/registry/options.ts';
import { openRegistry } from '../repository/registry/registry.ts';
import type { Repository } from '../repository/repository.ts';
import type { Connection } from './connection.ts';

/**
 * A repository on a registry, reached through a connection: with the login if that is for this registry, else with
 * what docker's config.json has, else with the workflow's token.
 */
export function openRegistryWith(
  { login, workflow, dockerConfig, ca, proxies, trustedOrigins }: Connection,
  reference: { readonly registry: string; readonly repository: string },
  options: Omit<RegistryOptions, 'credentials' | 'ca' | 'proxies'>,
): Repository {
  const sources = [
    ...(login?.registry === reference.registry
      ? [passwordCredentials(login.username, login.password, 'the username and password given')]
      : []),
    dockerConfigCredentials(dockerConfig),
    ...(workflow ? [workflowCredentials(workflow.token, workflow.actor)] : []),
  ];
  const { origin, hostname } = new URL(`http://${reference.registry}`);
  const isExposed = options.plainHttp === true && !isLoopbackHost(hostname) && !trustedOrigins?.has(origin);
  return openRegistry(reference, {
    ...options,
    credentials: isExposed ? keptFrom(origin, sources) : firstCredentials(sources),
    proxies,
    ...(ca && { ca }),
  });
}

/** Fails where there are credentials: whoever listens would have them. */
function keptFrom(origin: string, sources: readonly CredentialSource[]): CredentialSource {
  return async (registry) => {
    const found = await firstCredentials(sources)(registry);
    if (!found) return undefined;
    throw new AlbaError(
      'auth',
      `an artifact alone names ${origin}: the credentials from ${found.origin} are not sent over plain http; leave out plain-http, or name ${origin} in trusted-endpoints`,
    );
  };
}
