import { AlbaError } from '../errors.ts';
import { isLoopbackHost } from '../network/address.ts';
import type { Reference } from '../oci/reference.ts';
import { registryOfApi } from '../repository/github/home.ts';
import {
  type CredentialSource,
  firstCredentials,
  passwordCredentials,
  workflowCredentials,
} from '../repository/registry/credentials.ts';
import type { RegistryOptions } from '../repository/registry/options.ts';
import { openRegistry } from '../repository/registry/registry.ts';
import { storedCredentials } from '../repository/registry/stored-credentials.ts';
import type { Repository } from '../repository/repository.ts';
import type { Connection } from './connection.ts';

/** What is asked for of a registry by itself. */
export type AskedOfRegistry = Omit<RegistryOptions, 'credentials' | 'certificates' | 'proxies'>;
/** A repository on a registry. */
export type RepositoryName = Pick<Reference, 'registry' | 'repository'>;

/**
 * A repository on a registry, reached through a connection: with the login if that is for this registry, else with
 * what docker or podman stored, else with the workflow's token.
 */
export function openRegistryWith(
  connection: Connection,
  reference: RepositoryName,
  options: AskedOfRegistry,
): Repository {
  return openRegistry(reference, registryOptionsFor(connection, reference, options));
}

/** How a registry is reached through a connection, and with which credentials. */
export function registryOptionsFor(
  { login, workflow, stored, certificates, proxies, trustedOrigins }: Connection,
  reference: RepositoryName,
  options: AskedOfRegistry,
): RegistryOptions {
  const sources = [
    ...(login?.registry === reference.registry
      ? [passwordCredentials(login.username, login.password, 'the username and password given')]
      : []),
    storedCredentials(stored),
    ...(workflow ? [workflowCredentials(workflow.token, workflow.actor, registryOfApi(workflow.api))] : []),
  ];
  const { origin, hostname } = new URL(`http://${reference.registry}`);
  const isExposed = options.plainHttp === true && !isLoopbackHost(hostname) && !trustedOrigins?.has(origin);
  return {
    ...options,
    credentials: isExposed ? keptFrom(origin, sources) : firstCredentials(sources),
    proxies,
    certificates,
    ...(trustedOrigins && { plainOrigins: trustedOrigins }),
  };
}

/** Fails where there are credentials: whoever listens would have them. */
function keptFrom(origin: string, sources: readonly CredentialSource[]): CredentialSource {
  return async (query) => {
    const found = await firstCredentials(sources)(query);
    if (!found) return undefined;
    throw new AlbaError(
      'auth',
      `an artifact alone names ${origin}: the credentials from ${found.origin} are not sent over plain http; leave out plain-http, or name ${origin} in trusted-endpoints`,
    );
  };
}
