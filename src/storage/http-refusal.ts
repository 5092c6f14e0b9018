import { STATUS_CODES } from 'node:http';
import { HttpError, transientStatuses } from '../network/http/error.ts';
import { shownUrl } from '../network/http/host.ts';
import type { HttpResponse } from '../network/http/http.ts';
import { parseRetryAfter, serverTime } from '../network/http/retry-after.ts';

/** What an error says of who we were. */
interface Tried {
  /** Where the login is from that was sent; undefined where there was none. */
  readonly login: string | undefined;
  /** Where one was looked for and not found, in words. */
  readonly missed: readonly string[];
}

/** Whether a server wants a name and a password (RFC 7617). */
export function isAskedForPassword(response: HttpResponse): boolean {
  return response.status === 401 && /(?:^|,)\s*basic\b/i.test(challengeOf(response));
}

/** The error that an answer tells of. What a web server says besides is a page, which is not told. */
export function refusalOf(response: HttpResponse, tried: Tried): HttpError {
  const { request, status } = response;
  const answer = `${request.method} ${shownUrl(request.url)} answered ${status} ${STATUS_CODES[status] ?? ''}`;
  const retryAfter = parseRetryAfter(response.header('retry-after'), '', serverTime(response));
  return new HttpError(
    status === 401 || status === 403 ? 'auth' : 'source',
    [answer.trim(), hintOf(response, tried)].filter(Boolean).join('; '),
    {
      status,
      transient: transientStatuses.includes(status),
      ...(retryAfter !== undefined && { retryAfter }),
    },
  );
}

function hintOf(response: HttpResponse, { login, missed }: Tried): string {
  const { request, status } = response;
  const how = login === undefined ? 'without a login' : `with ${login}`;
  if (status === 401 && /(?:^|,)\s*bearer\b/i.test(challengeOf(response))) {
    return `it wants a token, as registries do: if it is one, write docker://${request.url.host}/…`;
  }
  if (status === 401 && login !== undefined) return `tried ${how}: check that it is right, for this server`;
  if (status === 401) {
    const looked = missed.length > 0 ? `; looked in ${missed.join(', ')}` : '';
    return `give username and password${looked}`;
  }
  if (status === 403) return `tried ${how}: is it there, and may it be read?`;
  if (status === 400 && request.url.protocol === 'http:') return 'if the server speaks https, write https://';
  return status >= 300 && status < 400 ? 'redirects that lead nowhere' : '';
}

function challengeOf(response: HttpResponse): string {
  return response.header('www-authenticate') ?? '';
}
