import {
  firstCredentials,
  passwordCredentials,
  workflowCredentials,
} from '../repository/registry/credentials.ts';
import type { RegistryOptions } from '../repository/registry/options.ts';
import { openRegistry } from '../repository/registry/registry.ts';
import { storedCredentials } from '../repository/registry/stored-credentials.ts';
import type { Repository } from '../repository/repository.ts';
import type { Connection } from './connection.ts';

/**
 * A repository on a registry, reached through a connection: with the login if that is for this registry, else with
 * what docker or podman stored, else with the workflow's token.
 */
export function openRegistryWith(
  { login, workflow, stored, certificates, proxies }: Connection,
  reference: { readonly registry: string; readonly repository: string },
  options: Omit<RegistryOptions, 'credentials' | 'certificates' | 'proxies'>,
): Repository {
  const sources = [
    ...(login?.registry === reference.registry
      ? [passwordCredentials(login.username, login.password, 'the username and password given')]
      : []),
    storedCredentials(stored),
    ...(workflow ? [workflowCredentials(workflow.token, workflow.actor)] : []),
  ];
  return openRegistry(reference, {
    ...options,
    credentials: firstCredentials(sources),
    proxies,
    certificates,
  });
}
