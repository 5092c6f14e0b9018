import { createHash } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import * as v from 'valibot';
import { type RetryContext, type RetryOptions, retrying } from '../../concurrency/retry.ts';
import type { Open } from '../../content/content.ts';
import { AlbaError, messageOf } from '../../errors.ts';
import type { Digest } from '../../oci/digest.ts';
import { Api, type ApiOptions } from '../http/api.ts';
import { HttpError, passesAfter, transientStatuses } from '../http/error.ts';
import { limitedFor } from '../http/rate-limit.ts';
import { defaultRetries } from '../http/timeouts.ts';

/** What GitHub's API answered: something, or a refusal in its own words. */
export interface GitHubAnswer {
  readonly status: number;
  readonly data: unknown;
  /** Its words where it refuses (from 400 on), else empty. */
  readonly said: string;
}

/** What a route is filled in with, the rest being the body; `data` is a body that is no JSON. */
export type GitHubParameters = Readonly<
  Record<string, string | number | boolean | UploadBody | Readonly<Record<string, string>>>
>;

/** Bytes that are sent as they are; opened anew each time. */
export class UploadBody {
  /** In bytes. */
  readonly size: number;
  readonly open: Open;

  constructor(size: number, open: Open) {
    this.size = size;
    this.open = open;
  }
}

/** GitHub's REST API, asked by one token. */
export interface GitHubApi {
  /** Where it answers, for messages. */
  readonly home: URL;
  /** Asks by a route such as `GET /orgs/{org}/packages`; limits are waited for, and what may pass is tried again. */
  request(route: string, parameters?: GitHubParameters): Promise<GitHubAnswer>;
  /** The same once, for what must not be done twice: what may pass is thrown, and `retry` says how it is tried again. */
  requestOnce(route: string, parameters?: GitHubParameters): Promise<GitHubAnswer>;
  readonly retry: RetryOptions;
  /** The SHA-256 of what a path of the API, such as `/repos/org/app/releases/assets/1`, leads to; undefined where there is nothing. */
  digestAt(path: string): Promise<Digest | undefined>;
  close(): Promise<void>;
}

/** How GitHub's API is reached, and who we are there. */
export interface GitHubOptions extends ApiOptions, RetryContext {
  readonly token: string;
}

/** Of what `@octokit/request` throws. */
const refusalSchema = v.object({
  status: v.number(),
  response: v.object({ headers: v.record(v.string(), v.unknown()), data: v.unknown() }),
});
const saidSchema = v.object({ message: v.string() });
const sentSchema = v.object({
  method: v.picklist(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
  headers: v.record(v.string(), v.string()),
  body: v.nullish(v.union([v.string(), v.instance(UploadBody)])),
});
/** What of an answer's headers is of use. */
const told = ['content-type', 'retry-after', 'x-ratelimit-remaining', 'x-ratelimit-reset'];

/** Opens GitHub's API by its own client, loaded when it is asked for: a push does not wait for it. */
export async function openGitHub({ token, progress, signal, ...reached }: GitHubOptions): Promise<GitHubApi> {
  const { getOctokit } = await import('@actions/github').catch((cause: unknown) => {
    const why = `the client of GitHub's API does not start: ${messageOf(cause)}`;
    throw new AlbaError('usage', `${why}; HTTPS_PROXY has to be a proxy of http, not of SOCKS`, { cause });
  });
  const { home, fault } = reached;
  const api = new Api(reached);
  const silent = () => {};
  const debug = (text: string) => progress.debug(text);
  const octokit = getOctokit(token, {
    baseUrl: home.href.replace(/\/$/, ''),
    userAgent: 'alba',
    log: { debug: silent, info: silent, warn: debug, error: debug },
    request: { fetch: (url: string, sent: unknown) => fetchBy(api, url, sent) },
  });
  const ask = async (route: string, parameters: GitHubParameters = {}) => {
    try {
      const { status, data } = await octokit.request(route, { ...parameters });
      return { status, data, said: '' };
    } catch (thrown) {
      return refusalIn(thrown, route, home, fault);
    }
  };
  const retry = { asked: home.host, progress, signal, retries: defaultRetries, passesAfter };
  const download = async (path: string): Promise<Digest | undefined> => {
    const hash = createHash('sha256');
    const url = new URL(`${home.href.replace(/\/$/, '')}${path}`);
    const headers = {
      accept: 'application/octet-stream',
      ...{ authorization: `token ${token}`, 'user-agent': 'alba' },
    };
    const status = await api.download({ method: 'GET', url, headers }, (chunk) => hash.update(chunk));
    if (status === 200) return `sha256:${hash.digest('hex')}`;
    if (status === 404) return undefined;
    const transient = transientStatuses.includes(status);
    throw new HttpError(fault, `GET ${path} at ${home.host} answered ${status}`, { status, transient });
  };
  return {
    home,
    retry,
    request: (route, parameters) => retrying(() => ask(route, parameters), retry),
    requestOnce: ask,
    digestAt: (path) => retrying(() => download(path), retry),
    close: () => api.close(),
  };
}

async function fetchBy(api: Api, url: string, sent: unknown): Promise<Response> {
  const { method, headers, body } = v.parse(sentSchema, sent);
  const answer = await api.ask({
    ...{ method, url: new URL(url), headers },
    ...(body && { body: typeof body === 'string' ? Buffer.from(body) : body }),
  });
  const given = told.flatMap((name) => {
    const value = answer.header(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  const hasBody = ![204, 205, 304].includes(answer.status);
  return new Response(hasBody ? new Uint8Array(answer.body) : null, {
    status: answer.status,
    headers: Object.fromEntries(given),
  });
}

/** What a refusal says; throws what is none, and an HttpError where it may pass. */
function refusalIn(thrown: unknown, route: string, home: URL, fault: ApiOptions['fault']): GitHubAnswer {
  const refused = v.safeParse(refusalSchema, thrown);
  if (!refused.success) {
    const cause = thrown instanceof Error ? thrown.cause : undefined;
    throw cause instanceof AlbaError ? cause : thrown;
  }
  const { status, response } = refused.output;
  const told = v.safeParse(saidSchema, response.data);
  const said = told.success ? told.output.message.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').slice(0, 300) : '';
  const header = (name: string): string | undefined => {
    const value = response.headers[name];
    return value === undefined ? undefined : `${value}`;
  };
  const limited = limitedFor({ status, header }, said);
  if (limited === undefined && !transientStatuses.includes(status)) return { status, data: undefined, said };
  const answer = `${route} at ${home.host} answered ${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const wait =
    limited === undefined ? '' : `; too many requests, it asks to wait ${Math.ceil(limited / 1_000)} s`;
  throw new HttpError(fault, `${answer}${said && `: ${said}`}${wait}`, {
    ...{ status, transient: true },
    ...(limited !== undefined && { retryAfter: limited }),
  });
}
