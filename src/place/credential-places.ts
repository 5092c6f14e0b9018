import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CredentialPlace } from '../repository/registry/stored-credentials.ts';

/**
 * Where docker, buildx, podman and skopeo store credentials by an environment: what a variable names for this call,
 * what is for a part of a registry, docker's own file, podman's (containers-auth.json(5)).
 */
export function credentialPlaces(env: Readonly<Record<string, string | undefined>>): CredentialPlace[] {
  const { DOCKER_AUTH_CONFIG: text, REGISTRY_AUTH_FILE: named } = env;
  const docker = env.DOCKER_CONFIG || join(homedir(), '.docker');
  const buildx = env.BUILDX_CONFIG || join(docker, 'buildx');
  return [
    ...(text ? [{ kind: 'text', variable: 'DOCKER_AUTH_CONFIG', text } as const] : []),
    ...(named ? [authFile(named)] : []),
    { kind: 'scopes', path: join(buildx, 'config') },
    { kind: 'file', path: join(docker, 'config.json'), name: 'the docker config' },
    ...podmanFolders(env).map((folder) => authFile(join(folder, 'auth.json'))),
  ];
}

function authFile(path: string): CredentialPlace {
  return { kind: 'file', path, name: 'the auth file' };
}

function podmanFolders(env: Readonly<Record<string, string | undefined>>): string[] {
  const user = process.platform === 'linux' ? process.getuid?.() : undefined;
  const run = env.XDG_RUNTIME_DIR
    ? [join(env.XDG_RUNTIME_DIR, 'containers')]
    : user === undefined
      ? []
      : [`/run/containers/${user}`];
  return [...run, join(env.XDG_CONFIG_HOME || join(homedir(), '.config'), 'containers')];
}
