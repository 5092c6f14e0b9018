import { readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { AlbaError, messageOf } from '../errors.ts';
import type { Proxies } from '../network/proxy.ts';

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
  /**
   * Origins that the workflow itself names. A registry that is reached over plain http, by an address that says so, is
   * shown who we are only if it is one of them; none if not given.
   */
  readonly trustedOrigins?: ReadonlySet<string>;
  /** The path of docker's config.json. */
  readonly dockerConfig: string;
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

type Environment = Readonly<Record<string, string | undefined>>;

/** The connection that inputs and environment describe. */
export async function readConnection(
  { username, password, githubToken, caCertificate }: ConnectionInput,
  env: Environment,
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
    dockerConfig: join(env.DOCKER_CONFIG || join(homedir(), '.docker'), 'config.json'),
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
