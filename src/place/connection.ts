import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AlbaError, messageOf } from '../errors.ts';
import type { Proxies } from '../network/proxy.ts';
import type { CredentialPlace } from '../repository/registry/stored-credentials.ts';
import { credentialPlaces } from './credential-places.ts';

/** A name and a password that were given by themselves. */
export interface Login {
  readonly username: string;
  readonly password: string;
  /** The registry that they are for, known once the targets are. */
  readonly registry?: string;
}

/** Who we are and how we get out, as far as the doors know. */
export interface Connection {
  /** For one registry, before anything else; no other is shown it. */
  readonly login?: Login;
  /** The workflow's token and who it acts for; offered to ghcr.io alone. */
  readonly workflow?: { readonly token: string; readonly actor?: string };
  /** Where docker and podman store credentials, in the order in which they are asked. */
  readonly stored: readonly CredentialPlace[];
  /** PEM; trusted besides the system's authorities. */
  readonly ca?: string;
  readonly proxies: Proxies;
  /** Where relative paths begin. */
  readonly directory: string;
}

/** What a door was told about credentials and trust; empty texts are as good as none. */
export interface ConnectionInput {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly githubToken?: string | undefined;
  readonly caCertificate?: string | undefined;
}

/** The connection that inputs and environment describe. */
export async function readConnection(
  { username, password, githubToken, caCertificate }: ConnectionInput,
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Connection> {
  if (!username !== !password) {
    throw new AlbaError(
      'usage',
      `${username ? 'password' : 'username'} is missing: give both or neither; is the secret that should hold it empty?`,
    );
  }
  const ca = await readCertificate(caCertificate || env.LOCAL_CA_CERTIFICATE || '', directory);
  const [http, https, no] = ['http_proxy', 'https_proxy', 'no_proxy'].map(
    (name) => env[name] || env[name.toUpperCase()],
  );
  return {
    ...(username && password && { login: { username, password } }),
    ...(githubToken && {
      workflow: { token: githubToken, ...(env.GITHUB_ACTOR && { actor: env.GITHUB_ACTOR }) },
    }),
    stored: credentialPlaces(env),
    ...(ca && { ca }),
    proxies: { ...(http && { http }), ...(https && { https }), ...(no && { no }) },
    directory,
  };
}

/** PEM text, or the path of a file that holds it. */
async function readCertificate(given: string, directory: string): Promise<string> {
  if (given === '' || given.includes('-----BEGIN')) return given;
  const path = resolve(directory, given);
  const text = await readFile(path, 'utf8').catch((cause: unknown) => {
    throw new AlbaError('usage', `the CA certificate ${path} cannot be read: ${messageOf(cause)}`, { cause });
  });
  if (text.includes('-----BEGIN CERTIFICATE-----')) return text;
  throw new AlbaError(
    'usage',
    `the CA certificate ${path} holds none in PEM form: expected -----BEGIN CERTIFICATE-----`,
  );
}
