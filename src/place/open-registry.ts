import {
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
  { login, workflow, dockerConfig, ca, proxies }: Connection,
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
  return openRegistry(reference, {
    ...options,
    credentials: firstCredentials(sources),
    proxies,
    ...(ca && { ca }),
  });
}
