import { AlbaError } from '../errors.ts';
import { isLoopbackHost } from '../network/address.ts';
import {
  type CredentialSource,
  firstCredentials,
  passwordCredentials,
} from '../repository/registry/credentials.ts';
import { storedCredentials } from '../repository/registry/stored-credentials.ts';
import type { HttpLogin, HttpOptions } from '../storage/http-client.ts';
import type { Connection, Login } from './connection.ts';

/** What is known of logins. */
type Known = Partial<Pick<Connection, 'login' | 'stored' | 'trustedOrigins'>>;

/**
 * Who we are at a web server: by the login of its URL, else by the one that is given for this host, else by what docker or
 * podman stored for it, if it asks. Over plain http it is shown none but that of its URL, unless it is on loopback or trusted:
 * whoever listens would have it.
 */
export function webLogin(
  { origin, host, hostname, protocol }: URL,
  own: Login | undefined,
  { login, stored = [], trustedOrigins }: Known,
): Pick<HttpOptions, 'login' | 'findLogin'> {
  if (own) return { login: { ...own, origin: 'the login of its URL' }, findLogin: async () => undefined };
  const given = login?.registry === host ? login : undefined;
  const sources = [
    ...(given
      ? [passwordCredentials(given.username, given.password, 'the username and password given')]
      : []),
    storedCredentials(stored),
  ];
  const isExposed = protocol === 'http:' && !isLoopbackHost(hostname) && !trustedOrigins?.has(origin);
  const find = async (missed: (place: string) => void): Promise<HttpLogin | undefined> => {
    const found = await findPassword(sources, host, missed);
    if (!found || !isExposed) return found;
    throw new AlbaError(
      'auth',
      `an artifact alone names ${origin}: the credentials from ${found.origin} are not sent over plain http; write https://, or name ${origin} in trusted-endpoints`,
    );
  };
  if (!given || isExposed) return { findLogin: find };
  return { login: { ...given, origin: 'the username and password given' }, findLogin: find };
}

async function findPassword(
  sources: readonly CredentialSource[],
  registry: string,
  missed: (place: string) => void,
): Promise<HttpLogin | undefined> {
  const found = await firstCredentials(sources)({ registry, repository: '', access: 'pull', missed });
  return found?.kind === 'password' ? found : undefined;
}
