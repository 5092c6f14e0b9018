import * as v from 'valibot';
import { type RetryContext, retrying } from '../../concurrency/retry.ts';
import { AlbaError } from '../../errors.ts';
import { Api, type ApiAnswer, type ApiOptions } from '../../network/http/api.ts';
import { HttpError, passesAfter, transientStatuses } from '../../network/http/error.ts';
import type { HttpRequest } from '../../network/http/http.ts';
import { limitedFor } from '../../network/http/rate-limit.ts';
import { defaultRetries } from '../../network/http/timeouts.ts';
import { parseJson } from '../../oci/manifest.ts';
import { readNumberedPages } from '../numbered-pages.ts';
import type { PasswordCredentials } from '../registry/credentials.ts';
import { readSaid } from '../registry/said.ts';
import { parseSecretJson } from '../registry/secret-json.ts';

const home = new URL('https://hub.docker.com');

/** How Docker Hub's own API is reached, for one repository, and who we are there. */
export interface HubOptions extends Omit<ApiOptions, 'home'>, RetryContext {
  /** `org/app` */
  readonly repository: string;
  /** Undefined where we are nobody, who may still read what is public. */
  readonly login: PasswordCredentials | undefined;
}

const tokenSchema = v.object({ access_token: v.pipe(v.string(), v.minLength(1)) });
const tagSchema = v.object({
  name: v.string(),
  tag_last_pushed: v.nullish(v.string()),
  last_updated: v.nullish(v.string()),
});
const pageSchema = v.object({ next: v.nullish(v.string()), results: v.nullish(v.array(tagSchema), []) });
const perPage = 100;

/** The tags of a repository by Docker Hub's API (docs.docker.com, "Docker Hub API"): the registry deletes nothing. */
export class HubApi {
  readonly #options: HubOptions;
  readonly #api: Api;
  #token: Promise<string> | undefined;

  constructor(options: HubOptions) {
    this.#options = options;
    this.#api = new Api({ ...options, home });
  }

  /** When each tag was pushed last, where that is told. */
  async pushTimes(): Promise<Map<string, Date>> {
    const { repository } = this.#options;
    const what = `the tags at ${home.host}`;
    // Only whether there is a next page is taken from an answer, never its address: what asks for it holds a token.
    const read = async (page: number) => {
      const to = `repositories/${repository}/tags?page_size=${perPage}&page=${page}`;
      const answer = await this.#call('GET', to, []);
      const { next, results: items } = parseJson(pageSchema, answer.body, what);
      return { items, isLast: !next || items.length === 0 };
    };
    const tags = await readNumberedPages(`docker.io/${repository}: ${what}`, read, ({ name }) => name);
    return new Map(
      tags.flatMap(({ name, tag_last_pushed, last_updated }) => {
        const at = new Date(tag_last_pushed ?? last_updated ?? Number.NaN);
        return Number.isNaN(at.getTime()) ? [] : [[name, at] as const];
      }),
    );
  }

  /** Deletes a tag; one that is gone already is fine. */
  async deleteTag(tag: string): Promise<void> {
    const { repository, login } = this.#options;
    if (!login) throw new AlbaError('auth', `docker.io/${repository}: ${noLogin}`);
    await this.#call('DELETE', `repositories/${repository}/tags/${tag}/`, [404]);
  }

  close(): Promise<void> {
    return this.#api.close();
  }

  /** Tokens live some minutes: one that is refused is asked for anew, once. */
  async #call(method: 'GET' | 'DELETE', to: string, accept: readonly number[]): Promise<ApiAnswer> {
    const first = await this.#send(method, to);
    if (first.status !== 401 || !this.#options.login) return this.#checked(first, method, accept);
    this.#token = undefined;
    return this.#checked(await this.#send(method, to), method, accept);
  }

  async #send(method: 'GET' | 'DELETE', to: string): Promise<ApiAnswer> {
    const { login } = this.#options;
    this.#token ??= login && this.#signIn(login);
    const token = await this.#token;
    const headers = { accept: 'application/json', ...(token && { authorization: `Bearer ${token}` }) };
    return this.#ask({ method, url: new URL(`/v2/${to}`, home), headers });
  }

  async #signIn({ username, password, origin }: PasswordCredentials): Promise<string> {
    const body = Buffer.from(JSON.stringify({ identifier: username, secret: password }));
    const headers = { accept: 'application/json', 'content-type': 'application/json' };
    const answer = await this.#ask({ method: 'POST', url: new URL('/v2/auth/token', home), headers, body });
    if (answer.status < 400) {
      return parseSecretJson(tokenSchema, `${answer.body}`, `the token from ${home.host}`).access_token;
    }
    throw new AlbaError(
      'auth',
      `${home.host} answered ${answer.status} to the login of ${username} from ${origin}: is the password, or the access token, right and not expired?`,
    );
  }

  #ask(request: HttpRequest): Promise<ApiAnswer> {
    const { progress, signal, fault } = this.#options;
    const what = `${request.method} ${request.url.origin}${request.url.pathname}`;
    const ask = async (): Promise<ApiAnswer> => {
      const answer = await this.#api.ask({
        ...request,
        headers: { ...request.headers, 'user-agent': 'alba' },
      });
      const limited = limitedFor(answer, '');
      if (limited === undefined && !transientStatuses.includes(answer.status)) return answer;
      const wait =
        limited === undefined ? '' : `: too many requests, it asks to wait ${Math.ceil(limited / 1_000)} s`;
      throw new HttpError(fault, `${what} answered ${answer.status}${wait}`, {
        ...{ status: answer.status, transient: true },
        ...(limited !== undefined && { retryAfter: limited }),
      });
    };
    return retrying(ask, { asked: request.url.host, progress, signal, retries: defaultRetries, passesAfter });
  }

  #checked(answer: ApiAnswer, method: string, accept: readonly number[]): ApiAnswer {
    const { status, body } = answer;
    if (status < 400 || accept.includes(status)) return answer;
    const { repository, login } = this.#options;
    const said = readSaid(`${body}`)
      .text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
      .slice(0, 300);
    const isOfRights = status === 401 || status === 403;
    const remedy = login ? rightsFor(method, login) : noLogin;
    const hint = isOfRights ? remedy : 'is there a repository of this name?';
    throw new AlbaError(
      isOfRights ? 'auth' : 'target',
      `docker.io/${repository}: ${home.host} answered ${status}${said && ` (${said})`}; ${hint}`,
    );
  }
}

const noLogin =
  'Docker Hub takes a login for this: give username and password, an access token with read, write and delete, or docker login before';

function rightsFor(method: string, { username, origin }: PasswordCredentials): string {
  const rights = method === 'GET' ? 'read' : 'read, write and delete';
  return `${username} from ${origin} needs an access token with ${rights}, and that right on the repository`;
}
