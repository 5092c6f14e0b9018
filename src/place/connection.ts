import { AlbaError } from '../errors.ts';
import type { Certificates } from '../network/certificates.ts';
import type { Proxies } from '../network/proxy.ts';
import type { CredentialPlace } from '../repository/registry/stored-credentials.ts';
import { type CertificateInput, readCertificates } from './certificates.ts';
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
  /** The workflow's token, who it acts for, and where GitHub's API is; offered to that and its registry, and to ghcr.io with its API alone. */
  readonly workflow?: { readonly token: string; readonly actor?: string; readonly api?: URL };
  /**
   * Origins that the workflow itself names. A registry that is reached over plain http, by an address that says so, is
   * shown who we are only if it is one of them; none if not given.
   */
  readonly trustedOrigins?: ReadonlySet<string>;
  /** Where docker and podman store credentials, in the order in which they are asked. */
  readonly stored: readonly CredentialPlace[];
  readonly certificates: Certificates;
  readonly proxies: Proxies;
  /** Where relative paths begin. */
  readonly directory: string;
}

/** What a door was told about credentials and trust; empty texts are as good as none. */
export interface ConnectionInput extends CertificateInput {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly githubToken?: string | undefined;
}

/** The connection that inputs and environment describe. */
export async function readConnection(
  { username, password, githubToken, ...given }: ConnectionInput,
  env: Readonly<Record<string, string | undefined>>,
  directory: string,
): Promise<Connection> {
  checkLogin(username, password);
  const [http, https, no] = ['http_proxy', 'https_proxy', 'no_proxy'].map(
    (name) => env[name] || env[name.toUpperCase()],
  );
  return {
    ...(username && password && { login: { username, password } }),
    ...(githubToken && {
      workflow: {
        token: githubToken,
        ...(env.GITHUB_ACTOR && { actor: env.GITHUB_ACTOR }),
        ...(env.GITHUB_API_URL && { api: readApi(env.GITHUB_API_URL) }),
      },
    }),
    stored: credentialPlaces(env),
    certificates: await readCertificates(given, env, directory),
    proxies: { ...(http && { http }), ...(https && { https }), ...(no && { no }) },
    directory,
  };
}

function readApi(text: string): URL {
  if (URL.canParse(text) && /^https?:/i.test(text)) return new URL(text);
  throw new AlbaError('usage', 'GITHUB_API_URL is no URL of http: expected such as https://api.github.com');
}

function checkLogin(username: string | undefined, password: string | undefined): void {
  if (!username === !password) return;
  throw new AlbaError(
    'usage',
    username
      ? 'password is missing beside the username: give both or neither; is the secret that should hold it empty?'
      : 'username is missing beside the password: give --username (the input username); where the password is a token, any name may do',
  );
}
