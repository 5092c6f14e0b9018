/** Who we are at a registry. Only `origin` may be shown. */
export type Credentials = PasswordCredentials | IdentityCredentials;

import type { Access } from './scope.ts';

/** For Basic, or to get a token with. */
export interface PasswordCredentials {
  readonly kind: 'password';
  readonly username: string;
  readonly password: string;
  /** Where they come from, in the words of a message: `the inputs username and password`. */
  readonly origin: string;
}

/** A refresh token, to be exchanged by OAuth2. */
export interface IdentityCredentials {
  readonly kind: 'identity';
  readonly token: string;
  readonly origin: string;
}

/** What credentials are looked for. */
export interface CredentialQuery {
  /** `ghcr.io`, `docker.io`, `localhost:5000`, matched exactly. */
  readonly registry: string;
  /** `org/app`: some are for a part of a registry. */
  readonly repository: string;
  readonly access: Access;
  /** Told of each place that has none, in words: `/root/.docker/config.json (not there)`. */
  readonly missed: (place: string) => void;
}

/** Finds credentials, undefined where there are none. */
export type CredentialSource = (query: CredentialQuery) => Promise<Credentials | undefined>;

/** The first source that has credentials; the later ones are not asked. */
export function firstCredentials(sources: readonly CredentialSource[]): CredentialSource {
  return async (query) => {
    for (const source of sources) {
      const found = await source(query);
      if (found) return found;
    }
    return undefined;
  };
}

/** A name and a password that were given by themselves, for whatever registry is named beside them. */
export function passwordCredentials(username: string, password: string, origin: string): CredentialSource {
  return async () => ({ kind: 'password', username, password, origin });
}

/** The token of a GitHub workflow, for the registry of that GitHub alone. */
export function workflowCredentials(token: string, actor?: string, home = 'ghcr.io'): CredentialSource {
  const username = actor || 'x-access-token';
  return async ({ registry, missed }) => {
    if (registry === home) {
      return { kind: 'password', username, password: token, origin: 'the workflow token' };
    }
    if (registry === 'ghcr.io') missed(`the workflow token (it is for ${home} alone)`);
    return undefined;
  };
}
