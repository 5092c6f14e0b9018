import { AlbaError } from '../../errors.ts';
import { isLoopbackHost } from '../../network/address.ts';
import { shownUrl, urlFrom } from '../../network/http/host.ts';
import type { HttpResponse } from '../../network/http/http.ts';
import { keepSecret } from '../../progress/secrets.ts';
import { type Challenge, parseChallenges } from './challenge.ts';
import type { CredentialSource, Credentials } from './credentials.ts';
import { type Access, mergeScopes } from './scope.ts';
import { basic, type Token, type TokenRequest } from './token.ts';

/** What it takes to sign in. */
export interface AuthorizerOptions {
  readonly registry: string;
  readonly repository: string;
  readonly access: Access;
  /** The registry's origin. */
  readonly home: URL;
  readonly credentials: CredentialSource;
  /** Asks a token service once, following its redirects. */
  readonly fetchToken: (request: TokenRequest) => Promise<Token>;
  /** Told where credentials were found, and where not. */
  readonly debug: (text: string) => void;
}

/** Knows what to put into `Authorization`, once a registry has said what it wants there. */
export class Authorizer {
  readonly #options: AuthorizerOptions;
  readonly #tokens = new Map<string, Promise<Token>>();
  /** What a registry asked for beyond what we would: some file a repository under another name. */
  readonly #asked = new Map<string, string>();
  #challenges: readonly Challenge[] | undefined;
  #challenge: Challenge | undefined;
  #credentials: Promise<Credentials | undefined> | undefined;
  #tried = 'no credentials';
  readonly #missed: string[] = [];
  readonly #secrets = new Set<string>();

  constructor(options: AuthorizerOptions) {
    this.#options = options;
  }

  /** Which credentials were used so far, for messages. */
  get tried(): string {
    return this.#tried;
  }

  /** How the registry wanted to be signed in to when it last asked; undefined before. */
  get challenges(): readonly Challenge[] | undefined {
    return this.#challenges;
  }

  /** Where credentials were looked for in vain, for messages. */
  get missed(): readonly string[] {
    return this.#missed;
  }

  /** What was sent to say who we are, for messages to leave out. */
  get secrets(): readonly string[] {
    return [...this.#secrets];
  }

  /** The header for these scopes; undefined before the first challenge, or where we are nobody. */
  async header(scopes: readonly string[]): Promise<string | undefined> {
    if (!this.#challenge) return undefined;
    if (this.#challenge.scheme === 'bearer') return `Bearer ${(await this.#token(scopes)).value}`;
    const credentials = await this.#find();
    return credentials?.kind === 'password' ? basic(credentials) : undefined;
  }

  /** Answers a 401: another header than the one that was rejected, or undefined when there is none. */
  async renew(
    response: Pick<HttpResponse, 'header'>,
    scopes: readonly string[],
    rejected: string | undefined,
  ): Promise<string | undefined> {
    const challenges = parseChallenges(response.header('www-authenticate') ?? '');
    this.#challenges = challenges;
    const find = (scheme: string) => challenges.find((challenge) => challenge.scheme === scheme);
    const challenge = find('bearer') ?? find('basic');
    if (!challenge) return undefined;
    const key = scopes.join(' ');
    this.#challenge = challenge;
    this.#asked.set(key, challenge.parameters.get('scope') ?? '');
    const known = this.#tokens.get(key);
    const token = await known?.catch(() => undefined);
    if (token && `Bearer ${token.value}` === rejected) this.#forget(key, known);
    const header = await this.header(scopes);
    return header === rejected ? undefined : header;
  }

  /** One request for all who ask at the same time. */
  async #token(scopes: readonly string[]): Promise<Token> {
    const key = scopes.join(' ');
    const known = this.#tokens.get(key);
    if (known) {
      const token = await known;
      if (token.expires > Date.now()) return token;
      this.#forget(key, known);
      return this.#token(scopes);
    }
    const fresh = this.#request(scopes, key);
    this.#tokens.set(key, fresh);
    fresh.catch(() => this.#forget(key, fresh));
    return fresh;
  }

  #forget(key: string, token: Promise<Token> | undefined): void {
    if (this.#tokens.get(key) === token) this.#tokens.delete(key);
  }

  async #request(scopes: readonly string[], key: string): Promise<Token> {
    const parameters = this.#challenge?.parameters;
    const asked = this.#asked.get(key)?.split(' ').filter(Boolean) ?? [];
    const credentials = await this.#find();
    const token = await this.#options.fetchToken({
      realm: this.#realm(parameters?.get('realm') ?? '', credentials !== undefined),
      service: parameters?.get('service'),
      scopes: mergeScopes([...scopes, ...asked]),
      credentials,
    });
    this.#keep(token.value);
    return token;
  }

  /**
   * Where tokens come from; credentials go there, so it is no less private than the registry itself. It may be any host, as that of
   * Docker Hub is, but plain http was allowed for the host of the registry alone.
   */
  #realm(text: string, isShown: boolean): URL {
    const { registry, home } = this.#options;
    const realm = urlFrom(home, text);
    if (!realm || text === '') {
      throw new AlbaError(
        'auth',
        `${registry} wants a token, but names no URL to get one from: is it a registry?`,
      );
    }
    if (realm.protocol === 'https:' || isLoopbackHost(realm.hostname)) return realm;
    const isPrivate = home.protocol === 'https:';
    if (!isPrivate && (realm.hostname === home.hostname || !isShown)) return realm;
    const why = isPrivate
      ? 'credentials are not sent over plain http'
      : 'credentials are not sent over plain http to another host';
    const where = shownUrl(realm);
    throw new AlbaError(
      'auth',
      `${registry} wants a token from ${where}: ${why}; its token service has to speak https`,
    );
  }

  #keep(secret: string): void {
    this.#secrets.add(secret);
    keepSecret(secret);
  }

  async #find(): Promise<Credentials | undefined> {
    this.#credentials ??= this.#look();
    return this.#credentials;
  }

  async #look(): Promise<Credentials | undefined> {
    const { registry, repository, access, credentials, debug } = this.#options;
    const missed = (place: string): void => {
      this.#missed.push(place);
      debug(`no credentials for ${registry}: ${place}`);
    };
    const found = await credentials({ registry, repository, access, missed });
    if (!found) return undefined;
    this.#tried = `the credentials from ${found.origin}`;
    debug(`${this.#tried} are for ${registry}`);
    this.#keep(found.kind === 'identity' ? found.token : found.password);
    if (found.kind === 'password') this.#secrets.add(basic(found).replace('Basic ', ''));
    return found;
  }
}
